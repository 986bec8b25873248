from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.jobs import read
from planctl.survey.reading import Reading
from planctl.work.packing import unpacked
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, load
from small_projects import content_of_reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.diagnostics import Diagnostic

PROOF = ONE_ENTRY + "    evidence: [{file: evidence/photo.jpg}, {file: evidence/act.pdf}]\n"
FILES = {"planctl.yaml": SETTINGS, PLAN: ONE_CLAUSE, ACTUALS: PROOF.replace("self: 100", "self: 95")}


def found_in(files: Mapping[str, str], *, known: Mapping[str, bool] | None = None) -> tuple[Diagnostic, ...]:
    """Return what the one parcel of these files gives as found."""
    [reading], contents = unpacked(read.carried_out(content_of_reading(files, known=known)))
    assert contents == {}
    return Reading.of_plain(reading).findings


def test_the_findings_are_those_of_the_folder(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)

    found = found_in(FILES)

    assert found == project.findings
    assert len(found) == 3


def test_a_file_that_is_known_to_exist_is_not_missed() -> None:
    found = found_in(FILES, known={"evidence/act.pdf": True})

    assert [dict(one.values) for one in found if one.code == "missing-evidence"] == [{"file": "evidence/photo.jpg"}]


def test_the_same_content_gives_the_same_bytes() -> None:
    content = content_of_reading(FILES)

    assert read.carried_out(content) == read.carried_out(content)


def test_broken_files_are_findings_and_no_errors() -> None:
    found = found_in({**FILES, PLAN: "form: [", ACTUALS: "\0"})

    assert "error" in {one.severity.value for one in found}
