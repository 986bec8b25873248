"""Building on the workers of a scheduler: the same files as in this process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from clusters import machines

from running import ACTUALS, OFFICE, PLAN, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are ended by signals of other systems")


def test_the_workers_of_a_scheduler_build_what_this_process_builds(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = {"planctl.yaml": OFFICE["planctl.yaml"], "proofs/a.txt": "a"}
    for at in range(4):
        report = ACTUALS.replace(
            "    self: 100", "    evidence: [{title: Гэрэл зураг, file: proofs/a.txt}]\n    self: 100"
        )
        files[f"plans/d{at}.yaml"] = PLAN.replace("id: council", f"id: d{at}").replace("waste", f"w{at}")
        files[f"plans/d{at}.2023.yaml"] = report.replace("council", f"d{at}").replace("waste", f"w{at}")
    project = write(tmp_path / "project", files)

    (tmp_path / "machines").mkdir()
    with machines(tmp_path / "machines", workers=1) as there:
        told = planctl("build", "--format", "docx,html", "--scheduler", there.address, cwd=project)
    here = planctl("build", "--format", "docx,html", "--jobs", "1", "--out", "here", cwd=project)

    assert told == Ran(0, "", f"24 files written to {(project / 'build').as_posix()}\n")
    assert here.code == 0
    assert {path.name: path.read_bytes() for path in (project / "build").iterdir()} == {
        path.name: path.read_bytes() for path in (project / "here").iterdir()
    }
