from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.building.outputs import Folder
from planctl.errors import PlanctlError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name", ["../out.html", "/elsewhere/out.html", "below/out.html", "c:out.html", "manifest.json", ""]
)
def test_what_is_no_built_file_is_not_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "build").mkdir()

    with pytest.raises(PlanctlError, match="is no name of a built file"):
        Folder(tmp_path / "build").write(name, b"x")

    assert [*tmp_path.rglob("*")] == [tmp_path / "build"]


def test_a_built_file_is_written(tmp_path: Path) -> None:
    changed, _digest, _stamp = Folder(tmp_path).write("council.2023.table.html", b"x")

    assert (changed, (tmp_path / "council.2023.table.html").read_bytes()) == (True, b"x")
