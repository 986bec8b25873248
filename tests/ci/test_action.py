"""The GitHub Action: what a job tells of a project, on the lines, in its summary and in one comment."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from actions import ACTION, ROOT, Job

from repositories import Scratch
from running import OFFICE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the runner in small runs on systems with bash alone"),
    pytest.mark.skipif(not (shutil.which("bash") and shutil.which("jq")), reason="bash and jq are not installed"),
]

ACTUALS = OFFICE["plans/council.2023.yaml"]
FAULTY = {"plans/council.2023.yaml": ACTUALS.replace("self: 70", "self: 71")}
MARKER = "<!-- planctl diff -->"
OUTCOME = "Tell the outcome"
OTHERS = ("Check", "Build", "Keep the sheets", "Write the summary")
"""The steps that have no part in comparing and commenting."""


@pytest.fixture
def repository(tmp_path: Path) -> Scratch:
    """A repository whose first commit is a project without a finding."""
    scratch = Scratch.begin(tmp_path / "folder of plans")
    scratch.commit(dict(OFFICE))
    return scratch


def pull_request(base: str, head: str) -> dict[str, Any]:
    return {"pull_request": {"number": 12, "base": {"sha": base}, "head": {"sha": head}}}


def changed(repository: Scratch) -> dict[str, Any]:
    """A pull request in which a score falls."""
    base = repository.git("rev-parse", "HEAD").strip()
    head = repository.commit({"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 90")})
    return pull_request(base, head)


def test_a_push_is_checked_built_and_summed_up(repository: Scratch, tmp_path: Path) -> None:
    job = Job(repository.folder, tmp_path / "temp")

    done = job.run(language="mn")

    assert {name: step.code for name, step in done.items()} == dict.fromkeys(
        [
            "Set up Python",
            "Install planctl",
            "Check",
            "Build",
            "Keep the sheets",
            "Write the summary",
            OUTCOME,
        ],
        0,
    )
    assert job.summary.startswith("## planctl\n\n    0 алдаа\n    0 анхааруулга\n\n| ")
    assert "| Аймгийн ИТХ-ын тогтоолын хэрэгжилт (council) | 2023 |" in job.summary
    kept = done["Keep the sheets"].given
    assert kept["name"] == "planctl-Linux"
    assert f"{kept['path']}/council.2023.table.docx" in map(str, (tmp_path / "temp").rglob("*.docx"))
    assert (tmp_path / "temp" / "pip").read_text().splitlines()[-1] == str(ROOT)


def test_what_is_to_be_installed_can_be_named(repository: Scratch, tmp_path: Path) -> None:
    job = Job(repository.folder, tmp_path / "temp")

    done = job.run(install="wheels/planctl.whl", python_version="", build="false", language="en")

    assert "Set up Python" not in done
    assert "Build" not in done
    assert (tmp_path / "temp" / "pip").read_text().splitlines()[-1] == "wheels/planctl.whl"
    assert "| plan | period |" in job.summary


def test_a_finding_stands_beside_its_line_and_fails_the_job_at_the_end(repository: Scratch, tmp_path: Path) -> None:
    repository.commit(FAULTY)
    job = Job(repository.folder, tmp_path / "temp")

    done = job.run(language="en")

    assert "::error file=plans/council.2023.yaml,line=13,col=" in done["Check"].told
    assert (done["Check"].code, done[OUTCOME].code) == (0, 1)
    assert "::error title=planctl check::planctl check ended with exit code 1\n" in done[OUTCOME].told
    assert "\n    1 error\n" in job.summary


def test_what_a_plan_says_is_no_command_to_the_runner(repository: Scratch, tmp_path: Path) -> None:
    repository.commit({"plans/::warning ::x.yaml": "form: [\n"})
    job = Job(repository.folder / "plans", tmp_path / "temp")

    told = job.run(path="..", without=("Check", "Write the summary"))["Build"].told

    quoted = re.search(r"\A::stop-commands::(\S+)\n(.*)\n::\1::\n\Z", told, re.DOTALL)
    assert quoted
    assert "::warning ::x.yaml" in quoted[2]


@pytest.mark.parametrize(
    "step", [one for one in ACTION["runs"]["steps"] if "run" in one], ids=lambda step: step["name"]
)
def test_no_script_is_written_by_what_it_is_given(step: dict[str, Any]) -> None:
    assert "${{" not in step["run"]


def test_an_input_is_never_carried_out(repository: Scratch, tmp_path: Path) -> None:
    job = Job(repository.folder, tmp_path / "temp", pull_request("HEAD", "HEAD"))
    trick = '"; touch pwned; echo "$(touch pwned)`touch pwned`'

    job.run(period=trick, sheets=trick, formats=trick, language=trick, fail_on=trick, strict=trick)

    assert not list(tmp_path.rglob("pwned"))


def test_a_pull_request_gets_one_comment_which_is_updated(repository: Scratch, tmp_path: Path) -> None:
    event = changed(repository)
    job = Job(repository.folder, tmp_path / "temp", event)
    job.say(f"{MARKER}\nmine")

    Job(repository.folder, tmp_path / "temp", event).run(without=OTHERS)
    repository.commit({"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 70")})
    later = Job(repository.folder, tmp_path / "temp", pull_request(event["pull_request"]["base"]["sha"], "HEAD"))
    done = later.run(without=("Build", "Keep the sheets"))

    assert done[OUTCOME].code == 0
    others, comment = later.comments
    assert others == f"{MARKER}\nmine"
    assert comment.startswith(f"{MARKER}\n")
    assert "waste-1" in comment
    assert comment.removeprefix(f"{MARKER}\n") in later.summary


def test_a_pull_request_that_changes_no_plan_gets_no_comment(repository: Scratch, tmp_path: Path) -> None:
    base = repository.git("rev-parse", "HEAD").strip()
    head = repository.commit({"notes.txt": "a"})
    job = Job(repository.folder, tmp_path / "temp", pull_request(base, head))

    done = job.run(without=OTHERS)

    assert done[OUTCOME].code == 0
    assert job.comments == []


def test_each_folder_of_plans_has_a_comment_of_its_own(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "office")
    base = scratch.commit({f"{place}/{path}": text for place in ("a", "b -->") for path, text in OFFICE.items()})
    lower = ACTUALS.replace("self: 100", "self: 90")
    head = scratch.commit({f"{place}/plans/council.2023.yaml": lower for place in ("a", "b -->")})
    job = Job(scratch.folder, tmp_path / "temp", pull_request(base, head))

    for place in ("a", "b -->", "a"):
        job.run(path=place, without=OTHERS)

    assert [comment.splitlines()[0] for comment in job.comments] == [
        "<!-- planctl diff a -->",
        "<!-- planctl diff b > -->",
    ]


def test_a_token_that_may_not_write_is_told_and_fails_nothing(repository: Scratch, tmp_path: Path) -> None:
    refuses = {"GH_REFUSES": "Resource not accessible by integration (HTTP 403)"}
    job = Job(repository.folder, tmp_path / "temp", changed(repository), refuses)

    done = job.run(build="false")

    assert done["Comment on the pull request"].told.startswith("::notice title=planctl::The comment was not written; ")
    assert "Resource not accessible by integration (HTTP 403)" in done["Comment on the pull request"].told
    assert done[OUTCOME].code == 0
    assert "waste-1" in job.summary


def test_a_comment_that_is_not_wanted_is_not_written(repository: Scratch, tmp_path: Path) -> None:
    job = Job(repository.folder, tmp_path / "temp", changed(repository))

    done = job.run(comment="false", without=OTHERS)

    assert "Comment on the pull request" not in done
    assert not (tmp_path / "temp" / "gh-calls").exists()


def test_a_class_of_changes_can_fail_the_job(repository: Scratch, tmp_path: Path) -> None:
    job = Job(repository.folder, tmp_path / "temp", changed(repository))

    done = job.run(fail_on="any", without=OTHERS)

    assert done[OUTCOME].told == "::error title=planctl diff::planctl diff ended with exit code 1\n"
    assert (done[OUTCOME].code, len(job.comments)) == (1, 1)


@pytest.mark.parametrize(("fail_on", "code"), [("", 0), ("any", 2)])
def test_a_base_that_was_not_fetched_is_a_warning_unless_it_decides(
    repository: Scratch, tmp_path: Path, fail_on: str, code: int
) -> None:
    job = Job(repository.folder, tmp_path / "temp", pull_request("0" * 40, "HEAD"))

    done = job.run(fail_on=fail_on, without=OTHERS)

    assert "::warning title=planctl diff::planctl: " in done["Compare with the base"].told
    assert (done[OUTCOME].code, job.comments) == (code, [])


def test_a_pull_request_can_be_told_of_what_it_brings_alone(repository: Scratch, tmp_path: Path) -> None:
    base = repository.commit(FAULTY)
    head = repository.commit({"notes.txt": "a"})
    job = Job(repository.folder, tmp_path / "temp", pull_request(base, head))

    done = job.run(changed_only="true", without=OTHERS[1:])

    assert "::error" not in done["Check"].told
    assert done[OUTCOME].code == 0
