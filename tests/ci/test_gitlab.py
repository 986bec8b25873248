"""The script of the GitLab template, run by bash in a scratch repository as a job would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from forking import program
from repositories import Scratch
from running import OFFICE

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
TEMPLATE = YAML(typ="safe", pure=True).load(
    (ROOT / "examples" / "ci" / "gitlab" / "planctl.gitlab-ci.yml").read_text(encoding="utf-8")
)
ACTUALS = OFFICE["plans/council.2023.yaml"]

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("bash"), reason="the template is for runners with bash"
)


@pytest.fixture
def job(tmp_path: Path) -> Callable[[Scratch, str], int]:
    """A function that runs the script in a repository, in a merge request from a commit, and returns the exit code."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs)
    script = [line for line in TEMPLATE["planctl"]["script"] if "PLANCTL_INSTALL" not in line]

    def run(repository: Scratch, base: str) -> int:
        env = {
            **os.environ,
            **{name: str(value) for name, value in TEMPLATE["variables"].items()},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PLANCTL_LANG": "en",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "CI_COMMIT_SHA": repository.git("rev-parse", "HEAD").strip(),
        }
        command = ["bash", "-eo", "pipefail", "-c", "\n".join(script)]
        return subprocess.run(command, cwd=repository.folder, env=env, check=False, timeout=120).returncode

    return run


def test_a_merge_request_gets_all_its_reports(job: Callable[[Scratch, str], int], tmp_path: Path) -> None:
    repository = Scratch.begin(tmp_path / "office")
    base = repository.commit(dict(OFFICE))
    repository.commit({"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 90")})

    code = job(repository, base)

    reports = repository.folder / "planctl-report"
    assert code == 0
    assert {path.name for path in reports.iterdir()} == {
        "code-quality.json",
        "diff.md",
        "junit.xml",
        "scores.md",
        "sheets",
    }
    assert "waste-1" in (reports / "diff.md").read_text(encoding="utf-8")
    assert "**80,0**" in (reports / "scores.md").read_text(encoding="utf-8")
    assert (reports / "sheets" / "council.2023.table.docx").is_file()


def test_a_finding_fails_the_job_when_everything_is_told(job: Callable[[Scratch, str], int], tmp_path: Path) -> None:
    repository = Scratch.begin(tmp_path / "office")
    repository.commit({**OFFICE, "plans/council.2023.yaml": ACTUALS.replace("self: 70", "self: 71")})

    code = job(repository, "")

    found = json.loads((repository.folder / "planctl-report" / "code-quality.json").read_text(encoding="utf-8"))
    assert (code, [one["check_name"] for one in found]) == (1, ["score-not-in-rubric"])
    assert (repository.folder / "planctl-report" / "sheets").is_dir()
