"""`planctl verify`: what is the same, what differs and why, what lies on the disk, and what cannot be verified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from approved import APPROVAL, FILES, REPORT, approved, changed
from planctl.output.manifest import read
from planctl.pipeline import load
from planctl.verify import Checked, State, verify
from projects import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Ran

FORMATS = ("--format", "html,md")
TABLE, SUMMARY = "council.2023.table.md", "council.2023.summary-self.md"


@pytest.fixture
def built(planctl: Callable[..., Ran], tmp_path: Path) -> Path:
    """A project with its build: six sheets as HTML and Markdown."""
    assert planctl("build", *FORMATS, cwd=write(tmp_path, FILES)).code == 0
    return tmp_path


def found(root: Path) -> dict[str, Checked]:
    whole = verify(load(root), read(root / "build/manifest.json"), folder=root / "build", progress=lambda *_done: None)
    return {one.output.path: one for one in whole.outputs}


def states(root: Path) -> dict[str, tuple[State, ...]]:
    """Return what is not the same."""
    return {path: one.states for path, one in found(root).items() if one.states != (State.SAME,)}


def test_what_was_built_is_made_again(planctl: Callable[..., Ran], built: Path) -> None:
    told = planctl("verify", cwd=built)

    assert (told.code, told.err) == (0, "6 outputs are the same\n")
    assert told.out.splitlines() == [
        f"council.2023.{sheet}.{suffix}: same"
        for sheet in ("summary-self", "summary-superior", "table")
        for suffix in ("html", "md")
    ]


def test_nothing_is_written(planctl: Callable[..., Ran], built: Path) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    planctl("verify", cwd=built)

    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_another_source_is_named_where_it_made_a_difference(planctl: Callable[..., Ran], built: Path) -> None:
    write(
        built,
        changed(
            FILES,
            REPORT,
            ("    superior: 70", "    superior: 50"),
            ("    self: 70\n", "    self: 70\n    reason: Дутуу.\n"),
        ),
    )
    told = planctl("verify", cwd=built)

    assert told.code == 1
    assert told.out.splitlines()[-2:] == [
        f"{TABLE}: differs from what the sources make now",
        f"    changed since: {REPORT}",
    ]


def test_line_ends_and_formatting_of_sources_make_no_difference(built: Path) -> None:
    path = built / REPORT
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").replace(b"self: 100", b"self: 100%"))

    assert states(built) == {}


def test_outputs_of_another_system_differ_in_line_ends_alone(built: Path) -> None:
    path = built / "build" / TABLE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert states(built) == {}


def test_what_was_changed_or_removed_on_disk_is_told(built: Path) -> None:
    (built / "build" / TABLE).write_text("нэмэлт", encoding="utf-8")
    (built / "build" / SUMMARY).unlink()

    assert states(built) == {TABLE: (State.EDITED,), SUMMARY: (State.MISSING,)}


def test_both_are_told_of_an_output_that_differs_and_was_changed(built: Path) -> None:
    write(built, changed(FILES, REPORT, ("Гурван", "Дөрвөн")))
    (built / "build" / TABLE).write_text("нэмэлт", encoding="utf-8")

    assert states(built)[TABLE] == (State.DIFFERS, State.EDITED)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x03\x04 damaged"])
def test_a_damaged_office_file_was_changed(content: bytes, planctl: Callable[..., Ran], tmp_path: Path) -> None:
    planctl("build", "--format", "xlsx", cwd=write(tmp_path, FILES))
    (tmp_path / "build" / "council.2023.table.xlsx").write_bytes(content)

    assert states(tmp_path) == {"council.2023.table.xlsx": (State.EDITED,)}


def test_what_is_no_longer_there_is_no_longer_made(built: Path) -> None:
    (built / REPORT).unlink()

    assert set(states(built).values()) == {(State.NOT_MADE,)}


def test_a_report_that_fell_below_its_approval_is_no_longer_made(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = approved(tmp_path)
    planctl("build", *FORMATS, cwd=write(tmp_path, files))
    write(tmp_path, changed(files, REPORT, ("    self: 100", "    self: 90")))
    told = planctl("verify", cwd=tmp_path)

    assert told.code == 1
    assert told.out.splitlines()[:2] == [
        "council.2023.summary-self.html: no longer made",
        "    council 2023 has errors; `planctl check` shows them",
    ]


def test_a_correction_is_one_of_the_sources(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = approved(tmp_path)
    planctl("build", *FORMATS, cwd=write(tmp_path, files))
    write(tmp_path, changed(files, REPORT, ("    self: 100", "    self: 90")))
    planctl("correct", "council", "--period", "2023", "--reason", "Алдаа", "--act", "захирамж", cwd=tmp_path)

    assert found(tmp_path)[TABLE].changed == (APPROVAL, REPORT)


def test_sheets_formats_and_dates_are_those_of_each_build(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    other = {
        "plans/second.yaml": FILES["plans/council.yaml"].replace("id: council", "id: second"),
        "plans/second.2023.yaml": FILES[REPORT].replace("council", "second"),
    }
    write(tmp_path, {**FILES, **other})
    planctl("build", *FORMATS, "--as-of", "2024-02-03", "plans/council.yaml", cwd=tmp_path)
    planctl("build", "--format", "md", "--sheets", "all", "plans/second.yaml", cwd=tmp_path)

    assert {one.as_of for one in read(tmp_path / "build/manifest.json").outputs} == {"2024-02-03", None}
    assert states(tmp_path) == {}


def test_a_manifest_alone_is_compared_with_the_sources(planctl: Callable[..., Ran], built: Path) -> None:
    target = built / "other" / "linux.json"
    target.parent.mkdir()
    target.write_bytes((built / "build/manifest.json").read_bytes())
    told = planctl("verify", "other/linux.json", cwd=built)

    assert (told.code, told.err.splitlines()[0]) == (
        0,
        "none of the outputs lies beside the manifest; it was compared with the sources only",
    )


def test_a_manifest_named_beside_its_outputs_is_compared_with_them(planctl: Callable[..., Ran], built: Path) -> None:
    (built / "build" / TABLE).unlink()
    told = planctl("verify", "build/manifest.json", cwd=built)

    assert (told.code, f"{TABLE}: missing on disk" in told.out) == (1, True)


def test_other_versions_are_named_where_something_differs(planctl: Callable[..., Ran], built: Path) -> None:
    path = built / "build/manifest.json"
    whole = json.loads(path.read_bytes())
    whole["planctl"], whole["outputs"][0]["digest"] = "0.0.1", "ab" * 32
    path.write_text(json.dumps(whole), encoding="utf-8")
    told = planctl("verify", cwd=built)

    assert told.err.startswith("built with planctl 0.0.1, made again with ")


def test_a_printed_sheet_has_the_digest_of_the_word_sheet(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    planctl("build", "--format", "docx", cwd=write(tmp_path, FILES))
    path = tmp_path / "build/manifest.json"
    whole = json.loads(path.read_bytes())
    whole["outputs"] = [
        one | {"path": one["path"].replace(".docx", ".pdf"), "format": "pdf"} for one in whole["outputs"]
    ]
    path.write_text(json.dumps(whole), encoding="utf-8")
    (tmp_path / "build/council.2023.table.pdf").write_bytes(b"%PDF-1.7")

    assert states(tmp_path) == {
        "council.2023.summary-self.pdf": (State.MISSING,),
        "council.2023.summary-superior.pdf": (State.MISSING,),
    }


UNVERIFIED = {
    "nothing built": (None, "planctl: there is no {path}; `planctl build` writes it\n"),
    "half of it": (b'{"manifest": 1', "planctl: {path} cannot be understood; is it the manifest of a build?\n"),
    "a list": (b"[]", "planctl: {path} cannot be understood; is it the manifest of a build?\n"),
    "another version": (
        b'{"manifest": 2, "planctl": "1", "libraries": {}, "outputs": []}',
        "planctl: {path} cannot be understood; is it the manifest of a build?\n",
    ),
    "a date that is none": (
        b'{"manifest": 1, "planctl": "1", "libraries": {}, "as_of": "now", "outputs": []}',
        "planctl: {path} cannot be understood; is it the manifest of a build?\n",
    ),
    "no outputs": (
        b'{"manifest": 1, "planctl": "1", "libraries": {}, "outputs": []}',
        "planctl: {path} lists no outputs, so there is nothing to verify\n",
    ),
}


@pytest.mark.parametrize("case", UNVERIFIED)
def test_what_cannot_be_verified_is_told_in_one_line(case: str, planctl: Callable[..., Ran], tmp_path: Path) -> None:
    content, line = UNVERIFIED[case]
    write(tmp_path, FILES)
    path = tmp_path / "build" / "manifest.json"
    if content is not None:
        path.parent.mkdir()
        path.write_bytes(content)
    told = planctl("verify", cwd=tmp_path)

    assert (told.code, told.out, told.err) == (2, "", line.format(path=path.as_posix()))


def test_an_output_outside_the_folder_is_nobodys(built: Path) -> None:
    path = built / "build/manifest.json"
    whole = json.loads(path.read_bytes())
    whole["outputs"][0]["path"] = f"../{REPORT}"
    path.write_text(json.dumps(whole), encoding="utf-8")

    assert states(built) == {f"../{REPORT}": (State.NOT_MADE,)}
