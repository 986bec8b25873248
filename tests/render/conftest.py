"""LibreOffice, started once for all files of a kind that a test run looks at."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Converted = dict[str, "Path"]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, bytes], str], Converted]:
    """A function that saves files under these names and returns what LibreOffice makes of each."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path_factory.mktemp('office') / 'profile').as_uri()}"

    def convert(files: Mapping[str, bytes], form: str) -> Converted:
        folder = tmp_path_factory.mktemp("converted")
        sources = [folder / name for name in files]
        for source in sources:
            source.write_bytes(files[source.name])
        command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        ending = form.partition(":")[0]
        return {source.name: source.with_suffix(f".{ending}") for source in sources}

    return convert
