from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planctl.jobs import check
from planctl.source.in_memory import InMemory
from planctl.work.packing import unpacked
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, load, places, write

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

EVIDENCE = ONE_ENTRY + "    evidence: [{file: evidence/photo.jpg}, {file: evidence/act.pdf}]\n"
FILES = {"planctl.yaml": SETTINGS, PLAN: ONE_CLAUSE, ACTUALS: EVIDENCE.replace("self: 100", "self: 95")}


def carried_out(files: dict[str, str], **options: Any) -> Any:
    content = check.content_of({path: text.encode() for path, text in files.items()}, **options)
    value, named = unpacked(check.carried_out(content))
    assert named == {}
    return value


def test_the_findings_are_those_of_the_folder(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)

    found = carried_out(FILES)["findings"]

    assert [f"{one['path']}:{one['line']}:{one['column']} {one['code']}" for one in found] == places(project)
    assert [one["values"] for one in found] == [dict(one.values) for one in project.findings]
    assert len(found) == 3


def test_a_file_that_is_known_to_exist_is_not_missed() -> None:
    found = carried_out(FILES, known=["evidence/act.pdf"])["findings"]

    assert [one["values"] for one in found if one["code"] == "missing-evidence"] == [{"file": "evidence/photo.jpg"}]


def test_the_numbers_stay_exact() -> None:
    scores = carried_out({**FILES, ACTUALS: ONE_ENTRY})["scores"]

    numbers = {
        "items": 1,
        "outcomes": {"scored": 1, "not_due": 0, "not_evaluated": 0, "excluded": 0, "missing": 0},
        "levels": {"100": 1, "90": 0, "70": 0, "50": 0, "30": 0, "0": 0},
        "mean": "100",
    }
    assert scores == [{"document": "council", "period": "2023", "evaluations": {"self": numbers}}]


def test_the_same_content_gives_the_same_bytes() -> None:
    content = check.content_of({path: text.encode() for path, text in FILES.items()}, today=date(2024, 1, 5))

    assert check.carried_out(content) == check.carried_out(content)


def test_files_in_memory_are_read_as_those_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    state = InMemory({PLAN: b"\xff\xfef\x00", "planctl.yaml": b"\xef\xbb\xbfplanctl: 1\r\n"}, {"a.pdf"}.__contains__)

    texts, found = state.sources()

    assert [(one.path, one.text) for one in texts] == [("planctl.yaml", "planctl: 1\r\n"), (PLAN, "f")]
    assert [one.code for one in found] == ["not-utf8"]
    assert [state.has_file(path) for path in (PLAN, "a.pdf", "b.pdf")] == [True, True, False]


def test_broken_files_are_findings_and_no_errors() -> None:
    found = carried_out({**FILES, PLAN: "form: [", ACTUALS: "\0"})["findings"]

    assert {one["severity"] for one in found} >= {"error"}
