"""Which project and which of its files a command works on, and how their paths are shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from running import GOVERNOR, OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAULTS = {
    "plans/council.2023.yaml": OFFICE["plans/council.2023.yaml"].replace("self: 100", "self: 95"),
    "plans/deep/governor.2023.yaml": GOVERNOR["plans/governor.2023.yaml"].replace("self: 70", "self: 75"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a fault in each of two reports, below a folder that is none."""
    governor = {"plans/deep/governor.yaml": GOVERNOR["plans/governor.yaml"]}
    return write(tmp_path / "above" / "project", OFFICE, governor, FAULTS)


def found(planctl: Callable[..., Ran], *paths: str, cwd: Path) -> list[str]:
    told = planctl("check", "--format", "json", *paths, cwd=cwd)
    assert told.code in {0, 1}
    return list(dict.fromkeys(one["path"] for one in json.loads(told.out)["findings"]))


COUNCIL, DEEP = "plans/council.2023.yaml", "plans/deep/governor.2023.yaml"


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        ((), [COUNCIL, DEEP]),
        ((".",), [COUNCIL, DEEP]),
        (("plans",), [COUNCIL, DEEP]),
        (("plans/",), [COUNCIL, DEEP]),
        (("plans/deep",), [DEEP]),
        (("./plans/../plans/deep/governor.2023.yaml",), [DEEP]),
        (("plans/council.2023.yaml", "plans/deep"), [COUNCIL, DEEP]),
        (("plans/council.yaml",), []),
        (("planctl.yaml",), []),
        (("planctl.yaml", "."), [COUNCIL, DEEP]),
    ],
    ids=repr,
)
def test_paths_choose_whose_findings_are_shown(
    planctl: Callable[..., Ran], project: Path, paths: tuple[str, ...], shown: list[str]
) -> None:
    assert found(planctl, *paths, cwd=project) == shown


def test_from_a_folder_below_the_project_is_found_upwards(planctl: Callable[..., Ran], project: Path) -> None:
    assert found(planctl, cwd=project / "plans" / "deep") == [COUNCIL, DEEP]
    assert found(planctl, ".", cwd=project / "plans" / "deep") == [DEEP]
    assert found(planctl, "..", cwd=project / "plans" / "deep") == [COUNCIL, DEEP]
    assert found(planctl, "../council.2023.yaml", cwd=project / "plans" / "deep") == [COUNCIL]


def test_from_above_paths_are_shown_from_where_one_stands(planctl: Callable[..., Ran], project: Path) -> None:
    assert found(planctl, "project", cwd=project.parent) == [f"project/{COUNCIL}", f"project/{DEEP}"]
    assert found(planctl, "project/plans/deep", cwd=project.parent) == [f"project/{DEEP}"]


def test_from_beside_paths_are_shown_from_the_project(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path
) -> None:
    beside = tmp_path / "beside"
    beside.mkdir()

    assert found(planctl, str(project), cwd=beside) == [COUNCIL, DEEP]
    assert found(planctl, "../above/project/plans/deep", cwd=beside) == [DEEP]


def test_a_way_up_and_down_again_leads_to_the_other_project(planctl: Callable[..., Ran], project: Path) -> None:
    other = write(project.parent / "other", OFFICE)

    assert found(planctl, "../project/plans/deep", cwd=other) == [DEEP]
    assert found(planctl, "../other", cwd=project) == []


def test_a_folder_above_the_project_is_not_taken_for_it(planctl: Callable[..., Ran], project: Path) -> None:
    told = planctl("check", "..", cwd=project)

    assert told == Ran(2, "", f"planctl: no planctl.yaml in {project.parent.as_posix()} or above it\n")


def test_a_project_reached_through_a_link_is_the_same_project(planctl: Callable[..., Ran], project: Path) -> None:
    link = project.parent / "link"
    link.symlink_to(project, target_is_directory=True)

    assert found(planctl, "../link/plans/deep", cwd=project) == [DEEP]
    assert found(planctl, "link", "project/plans/deep", cwd=project.parent) == [f"project/{COUNCIL}", f"project/{DEEP}"]


def test_a_link_within_the_project_shows_its_own_findings_and_its_targets(
    planctl: Callable[..., Ran], project: Path
) -> None:
    (project / "plans" / "link.yaml").symlink_to("council.2023.yaml")

    assert {COUNCIL, "plans/link.yaml"} <= set(found(planctl, "plans/link.yaml", cwd=project))


def test_a_link_out_of_the_project_is_a_finding_and_no_crash(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path
) -> None:
    write(tmp_path, {"outside.yaml": "form: resolutions\n"})
    (project / "plans" / "link.yaml").symlink_to(tmp_path / "outside.yaml")

    told = planctl("check", "plans/link.yaml", cwd=project)

    assert told.out.splitlines()[0].startswith("plans/link.yaml:1:1: warning: link-leaves-project:")


def test_paths_of_two_projects_are_refused(planctl: Callable[..., Ran], project: Path) -> None:
    write(project.parent / "other", OFFICE)

    told = planctl("check", "project", "other", cwd=project.parent)

    assert told == Ran(2, "", "planctl: the paths lie in different projects\n")


def test_a_file_that_is_no_plan_is_not_passed_as_checked(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"notes.txt": "…"})

    told = planctl("check", "notes.txt", cwd=project)

    assert told == Ran(2, "", "planctl: there is nothing to check here: these are no files of a plan\n")


def test_scoring_a_report_whose_plan_is_wrong_says_so(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.yaml": OFFICE["plans/council.yaml"].replace("[legal]", "[legall]", 1)})

    told = planctl("score", "--format", "json", "plans/council.2023.yaml", cwd=tmp_path)

    assert (told.code, json.loads(told.out)) == (1, {"documents": []})
    assert told.err.splitlines() == ["council 2023 has errors and is left out", "`planctl check` shows them"]


def test_scoring_one_report_is_not_disturbed_by_another_one(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, GOVERNOR, {"plans/governor.2023.yaml": "actuals: governor\nperiod: 2023\nitems: [\n"})

    told = planctl("score", "--format", "json", "plans/council.yaml", cwd=tmp_path)

    assert (told.code, told.err) == (0, "")
    assert [one["id"] for one in json.loads(told.out)["documents"]] == ["council"]


def test_a_folder_in_the_place_of_a_report_is_told(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)
    (tmp_path / "plans/council.2023.yaml").unlink()
    (tmp_path / "plans/council.2023.yaml").mkdir()

    told = planctl("check", cwd=tmp_path)

    assert (told.code, told.out.splitlines()[0].partition(": this")[0]) == (
        0,
        "plans/council.2023.yaml:1:1: warning: folder-named-yaml",
    )


def test_a_folder_in_the_place_of_the_project_file_is_told(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "planctl.yaml").mkdir()

    told = planctl("check", cwd=tmp_path)

    path = (tmp_path / "planctl.yaml").as_posix()
    assert told == Ran(2, "", f"planctl: {path} is a folder, where the file of a project belongs\n")
