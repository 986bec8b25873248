"""What a check has read no build reads again, and the other way round; what both say and leave is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planctl.cli import parcels
from planctl.jobs import read as of_read
from planctl.parcels.claims import claims_of
from planctl.survey import survey as of_survey
from planctl.work.packing import unpacked
from running import ACTUALS, GOVERNOR, OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planctl.parcels.claims import Claims

CHECK = ("check", "--format", "json", "--jobs", "1")
BUILD = ("build", "--format", "docx,html,md", "--sheets", "all", "--jobs", "1")
EVIDENCE = ACTUALS.replace("self: 100", "self: 100\n    evidence: [{file: a photo.jpg}, {file: b.pdf}]")
ACCEPTED = """\
accepted:
  - {code: unexplained-difference, at: governor#duty-2, reason: Хурлаар ярьсан., until: 2999-01-01}
  - {code: no-date, at: governor, reason: Хурлаар ярьсан., until: 2999-01-01}
"""
OF_COUNCIL = ["plans/council.2023.yaml", "plans/council.yaml"]
EVERY = [*OF_COUNCIL, "plans/governor.2023.yaml", "plans/governor.yaml"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two plans, checked by parcels, with findings of each kind: of a parcel, accepted, and of all parcels."""
    monkeypatch.setattr(parcels, "FEWEST_FILES", 0)
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))
    faulty = GOVERNOR["plans/governor.2023.yaml"].replace("    reason: Хяналтын дүнгээр.\n", "")
    files: dict[str, str | bytes] = {
        "plans/governor.2023.yaml": faulty,
        "plans/council.2023.yaml": EVIDENCE,
        "b.pdf": b"b",
    }
    return write(tmp_path / "project", OFFICE, GOVERNOR, files, {"accepted.yaml": ACCEPTED})


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of files that are opened for what they say they are, and read in parcels, from now on."""
    opened: list[str] = []
    carried_out = of_read.carried_out

    def noted_task(content: bytes) -> bytes:
        told, _files = unpacked(content)
        opened.extend(path for parcel in told["parcels"] for path in parcel["paths"])
        return carried_out(content)

    def noted_look(path: str, text: str | None) -> Claims:
        opened.append(path)
        return claims_of(path, text)

    monkeypatch.setattr(of_read, "carried_out", noted_task)
    monkeypatch.setattr(of_survey, "claims_of", noted_look)
    return opened


def told_anew(planctl: Callable[..., Ran], project: Path, *command: str) -> Ran:
    """Return what a command tells that knows of nothing; a build leaves its files in `reference`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANCTL_NO_CACHE", "1")
        return planctl(*command, *(("--out", str(project / "reference")) if command == BUILD else ()), cwd=project)


def built(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


CHANGES: dict[str, tuple[Callable[[Path], Any], set[str]]] = {
    "nothing": (lambda _project: None, set()),
    "a report": (
        lambda project: write(project, {"plans/council.2023.yaml": EVIDENCE.replace("self: 70", "self: 90")}),
        set(OF_COUNCIL),
    ),
    "a file named as evidence": (lambda project: write(project, {"a photo.jpg": b"a"}), set(OF_COUNCIL)),
    "the settings": (
        lambda project: write(project, {"planctl.yaml": f"{OFFICE['planctl.yaml']}# он\n"}),
        {"planctl.yaml", *EVERY},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("first", "second"), [(CHECK, BUILD), (BUILD, CHECK)], ids=["check-build", "build-check"])
def test_only_what_has_changed_is_read_again(  # noqa: PLR0913, PLR0917  # each is a fixture or a parameter
    planctl: Callable[..., Ran],
    project: Path,
    read: list[str],
    first: tuple[str, ...],
    second: tuple[str, ...],
    change: str,
) -> None:
    make, wanted = CHANGES[change]
    planctl(*first, cwd=project)
    assert {*EVERY} <= {*read}
    make(project)
    read.clear()

    told = planctl(*second, cwd=project)

    assert {*read} == wanted
    anew = told_anew(planctl, project, *second)
    assert (told.code, told.out, told.err.replace("/build", "/reference")) == (anew.code, anew.out, anew.err)
    if second == BUILD:
        assert built(project / "build") == built(project / "reference")


def test_a_build_that_takes_nothing_over_reads_all_anew(
    planctl: Callable[..., Ran], project: Path, read: list[str]
) -> None:
    planctl(*CHECK, cwd=project)
    read.clear()

    planctl(*BUILD, "--no-cache", cwd=project)

    assert {*read} == {"planctl.yaml", "accepted.yaml", *EVERY}


def test_in_another_language_a_check_reads_again_and_built_files_stand(
    planctl: Callable[..., Ran], project: Path, read: list[str]
) -> None:
    planctl(*BUILD, cwd=project, lang="en")
    read.clear()

    told = planctl(*BUILD, "--why", cwd=project, lang="mn")

    assert {*read} == {*EVERY}
    assert {line.partition(": ")[2] for line in told.out.splitlines()} == {"өөрчлөгдөөгүй"}
