"""The hooks that other repositories name in .pre-commit-config.yaml, run by pre-commit on a scratch repository.

pre-commit would install planctl into an environment of its own first, which takes a network. A copy of the hooks that
finds planctl on the path instead is run; what pre-commit makes of the shipped file is asked of pre-commit itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forking import program
from repositories import Scratch
from running import OFFICE

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
CONFIG = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks: [{{id: planctl-check}}, {{id: planctl-fmt}}]
"""
FAULTY = OFFICE["plans/council.2023.yaml"].replace("self: 70", "self: 71")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts that stand for programs are the shell's")


@pytest.fixture
def committing(tmp_path: Path) -> Callable[[dict[str, str | bytes | None]], subprocess.CompletedProcess[bytes]]:
    """A function that stages files in an office's repository and runs the hooks as a commit would."""
    hooks = Scratch.begin(tmp_path / "hooks")
    text = MANIFEST.read_text(encoding="utf-8")
    rev = hooks.commit({MANIFEST.name: text.replace("language: python", "language: system")})
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs)
    office = Scratch.begin(tmp_path / "the office's plans")
    office.commit({**OFFICE, ".pre-commit-config.yaml": CONFIG.format(repo=hooks.folder, rev=rev)})
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    env |= {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "kept"),
        "PLANCTL_LANG": "en",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }

    def commit(files: dict[str, str | bytes | None]) -> subprocess.CompletedProcess[bytes]:
        office.write(files)
        office.git("add", "--all")
        command = [*PRE_COMMIT, "run", "--color", "never"]
        return subprocess.run(command, cwd=office.folder, env=env, capture_output=True, check=False, timeout=120)

    return commit


def test_pre_commit_takes_the_file_of_hooks() -> None:
    command = [*PRE_COMMIT, "validate-manifest", str(MANIFEST)]

    assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0


def test_the_hooks_are_run_in_an_environment_of_their_own() -> None:
    assert MANIFEST.read_text(encoding="utf-8").count("  language: python\n") == 2


def test_a_good_commit_passes_and_what_is_no_yaml_is_not_written_anew(
    committing: Callable[[dict[str, str | bytes | None]], subprocess.CompletedProcess[bytes]],
) -> None:
    told = committing({"notes.txt": "a\n"})

    lines = [line.replace(".", "") for line in told.stdout.decode().splitlines() if not line.startswith("[INFO]")]
    assert (told.returncode, lines) == (0, ["planctl checkPassed", "planctl fmt --check(no files to check)Skipped"])


def test_a_finding_keeps_a_commit_from_being_made(
    committing: Callable[[dict[str, str | bytes | None]], subprocess.CompletedProcess[bytes]],
) -> None:
    told = committing({"plans/council.2023.yaml": FAULTY})

    assert told.returncode == 1
    assert "error: score-not-in-rubric: " in told.stdout.decode()


def test_a_file_that_is_gone_is_missed(
    committing: Callable[[dict[str, str | bytes | None]], subprocess.CompletedProcess[bytes]],
) -> None:
    told = committing({"plans/council.yaml": None})

    assert told.returncode == 1
    assert "error: unknown-plan: " in told.stdout.decode()


def test_a_file_that_fmt_would_write_otherwise_keeps_a_commit_from_being_made(
    committing: Callable[[dict[str, str | bytes | None]], subprocess.CompletedProcess[bytes]],
) -> None:
    told = committing(
        {"plans/council.yaml": OFFICE["plans/council.yaml"].replace("units: [legal]", "units: [ legal ]")}
    )

    assert told.returncode == 1
    assert "plans/council.yaml" in told.stdout.decode()
