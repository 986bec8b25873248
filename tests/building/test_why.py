"""What is built again and why: a change touches what rests on it, and nothing else."""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

from planctl import __version__, versions
from planctl.building import ending, sheets
from planctl.building.asking import Asking
from planctl.building.due import look
from planctl.building.shown import digests_of
from planctl.making import Making
from planctl.output.template_store import shipped_content
from planctl.render import FORMATS
from planctl.source.reader import read
from running import ACTUALS, GOVERNOR, OFFICE, PLAN, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planctl.building.due import Look
    from planctl.report.sheet import Sheet
    from planctl.source.document import SourceText
    from planctl.source.reader import Reading
    from planctl.subjects import Subject

TEMPLATE = shipped_content("sheet.html")
OWN = "templates: {resolutions/table.html: forms/table.html}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two plans with a template of its own, built once in three formats."""
    write(tmp_path / "project", OFFICE, GOVERNOR, {"forms/table.html": TEMPLATE})
    settings = tmp_path / "project" / "planctl.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    return tmp_path / "project"


@pytest.fixture
def why(planctl: Callable[..., Ran], project: Path) -> Callable[..., dict[str, set[str]]]:
    """Build and return the reasons, each with the files; after a first build that nothing is asked of."""
    options = ("build", "--format", "html,md", "--why")
    planctl(*options, cwd=project)

    def asked(*more: str, lang: str = "en") -> dict[str, set[str]]:
        told = planctl(*options, *more, cwd=project, lang=lang)
        reasons: dict[str, set[str]] = {}
        for line in told.out.splitlines():
            path, _colon, reason = line.partition(": ")
            reasons.setdefault(reason, set()).add(path)
        return reasons

    return asked


def files(*documents: str, sheets: str = "table summary-self summary-superior", formats: str = "html md") -> set[str]:
    return {f"{one}.2023.{sheet}.{kind}" for one in documents for sheet in sheets.split() for kind in formats.split()}


ALL = files("council", "governor")


def change(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_what_nobody_touched_is_unchanged(why: Callable[..., dict[str, set[str]]]) -> None:
    assert why() == {"unchanged": ALL}


def test_a_first_build_has_no_record_of_another(planctl: Callable[..., Ran], project: Path) -> None:
    told = planctl("build", "--format", "md", "--why", "plans/council.yaml", cwd=project)

    assert told.out == "".join(
        f"{path}: there is no record of an earlier build\n" for path in sorted(files("council", formats="md"))
    )


def test_a_changed_file_touches_its_document(why: Callable[..., dict[str, set[str]]], project: Path) -> None:
    change(project, "plans/council.2023.yaml", "5 удаа", "6 удаа")

    tables = files("council", sheets="table")
    assert why() == {
        "plans/council.2023.yaml changed": tables,
        "plans/council.2023.yaml changed; made again, and the same as before": files("council") - tables,
        "unchanged": files("governor"),
    }


def test_a_remark_touches_nothing(why: Callable[..., dict[str, set[str]]], project: Path) -> None:
    change(project, "plans/council.2023.yaml", "items:", "items:  # нэгжүүдээс")

    same = "unchanged: what it rests on was changed, but not what it shows"
    assert why() == {same: files("council"), "unchanged": files("governor")}


def test_a_changed_template_touches_its_sheet_in_its_format(
    why: Callable[..., dict[str, set[str]]], project: Path
) -> None:
    change(project, "forms/table.html", "</body>", "Тайлан</body>")

    built = files("council", "governor", sheets="table", formats="html")
    assert why() == {"the template forms/table.html changed": built, "unchanged": ALL - built}


def test_the_settings_touch_only_what_shows_them(why: Callable[..., dict[str, set[str]]], project: Path) -> None:
    change(project, "planctl.yaml", "rubric: mn-2020", "rubric: mn-2020\nlanguage: en")

    assert why() == {"unchanged: what it rests on was changed, but not what it shows": ALL}


def test_what_is_missing_or_edited_is_built_again(why: Callable[..., dict[str, set[str]]], project: Path) -> None:
    (project / "build/council.2023.table.md").unlink()
    change(project, "build/governor.2023.table.md", "|", "!")

    touched = {"council.2023.table.md", "governor.2023.table.md"}
    assert why() == {
        "it was missing": {"council.2023.table.md"},
        "it was changed in the folder": {"governor.2023.table.md"},
        "unchanged": ALL - touched,
    }


def test_a_file_with_other_times_and_the_same_content_stands(
    why: Callable[..., dict[str, set[str]]], project: Path
) -> None:
    for path in (project / "build").iterdir():
        os.utime(path, (1, 1))

    assert why() == {"unchanged": ALL}


def test_what_was_not_asked_for_before_is_new(why: Callable[..., dict[str, set[str]]], project: Path) -> None:
    write(project, {"plans/third.yaml": PLAN.replace("id: council", "id: third").replace("waste", "third")})
    write(project, {"plans/third.2023.yaml": ACTUALS.replace("council", "third").replace("waste", "third")})

    assert why() == {"new": files("third"), "unchanged": ALL}


def test_another_day_on_the_sheets_touches_those_that_show_it(why: Callable[..., dict[str, set[str]]]) -> None:
    told = why("--as-of", "2024-01-31")

    assert told == {"another --as-of": ALL}


def test_a_library_touches_its_format(why: Callable[..., dict[str, set[str]]], monkeypatch: pytest.MonkeyPatch) -> None:
    of_html = files("council", "governor", formats="html")
    of_format = versions.of_format
    libraries = {"md": {}, "html": {"Jinja2": "99"}}
    monkeypatch.setattr(versions, "of_format", lambda name: {**of_format(name), **libraries[name]})
    of_library = why("--jobs", "1")

    assert of_library == {
        f"the library Jinja2 99 instead of {version('Jinja2')}; made again, and the same as before": of_html,
        "unchanged": ALL - of_html,
    }


@pytest.fixture
def without_html(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Take a format out of the register, for this test alone."""

    def taken_out() -> None:
        monkeypatch.delitem(FORMATS, "html")
        versions.of_format.cache_clear()

    yield taken_out
    versions.of_format.cache_clear()


def test_a_format_that_only_another_planctl_has_keeps_nobody_from_building(
    planctl: Callable[..., Ran], project: Path, without_html: Callable[[], None]
) -> None:
    planctl("build", "--format", "html,md", cwd=project)
    without_html()
    change(project, "plans/council.2023.yaml", "5 удаа", "6 удаа")

    told = planctl("build", "--format", "md", "--why", cwd=project)

    assert told.code == 0
    assert "council.2023.table.md: plans/council.2023.yaml changed" in told.out.splitlines()


@pytest.fixture
def another_planctl(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, object], None]]:
    """Change what planctl tells of itself."""

    def forget() -> None:
        versions.of_reading.cache_clear()
        versions.of_format.cache_clear()

    def change_it(name: str, value: object) -> None:
        monkeypatch.setattr(name, value)
        forget()

    yield change_it
    forget()


def test_a_changed_planctl_makes_everything_again_even_what_shows_the_same(
    why: Callable[..., dict[str, set[str]]], another_planctl: Callable[[str, object], None], project: Path
) -> None:
    (project / "build/council.2023.table.md").write_bytes(b"drawn by another planctl")
    another_planctl("planctl.versions.own_files", lambda: "others")
    of_files = why("--jobs", "1")
    another_planctl("planctl.__version__", "99")
    of_version = why("--jobs=1")

    edited = {"council.2023.table.md"}
    assert of_files == {
        "planctl itself was changed; made again, and the same as before": ALL - edited,
        "it was changed in the folder; planctl itself was changed": edited,
    }
    assert of_version == {f"planctl 99 instead of {__version__}; made again, and the same as before": ALL}


def test_everything_can_be_asked_for_anew(why: Callable[..., dict[str, set[str]]]) -> None:
    assert why("--no-cache") == {"everything was asked for anew; made again, and the same as before": ALL}


def test_a_file_that_is_read_with_others_now_is_neither_new_nor_gone(
    why: Callable[..., dict[str, set[str]]], project: Path
) -> None:
    change(project, "plans/governor.yaml", "тогтоолын хэрэгжилт", "тогтоолын биелэлт\nabove: [council]")
    tied = why()
    change(project, "plans/governor.yaml", "биелэлт\nabove: [council]", "хэрэгжилт")
    loose = why()

    reasons = {"plans/governor.yaml changed", "plans/governor.yaml changed; made again, and the same as before"}
    same = {"unchanged", "unchanged: what it rests on was changed, but not what it shows"}
    assert tied.keys() & reasons
    assert loose.keys() & reasons
    assert {*tied, *loose} <= reasons | same


def test_what_is_made_again_to_the_same_bytes_is_told_as_such(
    why: Callable[..., dict[str, set[str]]], project: Path, planctl: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "build/council.2023.table.md").unlink()
    monkeypatch.setenv("PLANCTL_NO_CACHE", "1")
    planctl("build", "--format", "md", cwd=project)
    monkeypatch.delenv("PLANCTL_NO_CACHE")
    change(project, "plans/council.2023.yaml", "5 удаа", "6 удаа")
    change(project, "build/council.2023.table.md", "5 удаа", "6 удаа")

    told = why()

    same = "it was changed in the folder; plans/council.2023.yaml changed; made again, and the same as before"
    assert told[same] == {"council.2023.table.md"}


def test_a_file_that_no_record_knows_is_not_new_where_it_lies_there_already(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCTL_NO_CACHE", "1")
    planctl("build", "--format", "md", cwd=project)
    monkeypatch.delenv("PLANCTL_NO_CACHE")
    planctl("build", "--format", "md", "plans/council.yaml", cwd=project)

    told = planctl("build", "--format", "md", "--why", cwd=project)

    assert {line for line in told.out.splitlines() if line.startswith("governor")} == {
        f"{path}: made again, and the same as before" for path in files("governor", formats="md")
    }


def test_of_many_files_the_reasons_are_counted(planctl: Callable[..., Ran], project: Path) -> None:
    for number in range(9):
        id_ = f"other{number}"
        write(project, {f"plans/{id_}.yaml": PLAN.replace("id: council", f"id: {id_}").replace("waste", id_)})
        write(project, {f"plans/{id_}.2023.yaml": ACTUALS.replace("council", id_).replace("waste", id_)})
    planctl("build", "--format", "html,md", "plans/council.yaml", cwd=project)

    told = planctl("build", "--format", "html,md", "--why", cwd=project)

    assert told.out == (
        "60 files: new (governor.2023.summary-self.html, governor.2023.summary-self.md,"
        " governor.2023.summary-superior.html, ...)\n"
        "6 files: unchanged (council.2023.summary-self.html, council.2023.summary-self.md,"
        " council.2023.summary-superior.html, ...)\n"
    )


# The record


def record_of(kept: Path) -> Path:
    (record,) = (kept / "build").rglob("*.json")
    return record


def with_leaf(kind: str, at: int, value: Any) -> Callable[[Any], Any]:
    """Return what puts a value into the first entry of a list of the record."""

    def damaged(whole: Any) -> Any:
        whole[kind][0][at] = value
        return whole

    return damaged


def with_output(at: int, value: Any) -> Callable[[Any], Any]:
    """Return what puts a value into what the first output is."""

    def damaged(whole: Any) -> Any:
        whole["kept"][0][6][at] = value
        return whole

    return damaged


DAMAGED: dict[str, Callable[[Any], Any]] = {
    "another version": lambda whole: {**whole, "version": 0},
    "no outputs": lambda whole: {key: value for key, value in whole.items() if key != "kept"},
    "strange outputs": lambda whole: {**whole, "kept": [["a"]]},
    "strange grounds": lambda whole: {**whole, "grounds": {"a": [1]}},
    "a list": lambda _whole: [],
    "a sheet's name that is no text": with_leaf("sheets", 5, 7),
    "a sheet's day that is no text": with_leaf("sheets", 4, ["2024"]),
    "an output's path that is no text": with_leaf("kept", 0, 7),
    "an output's grounds that are no text": with_leaf("kept", 4, None),
    "a digest that is no text": with_leaf("kept", 8, {}),
    "a stamp that is no number": with_leaf("kept", 9, ["a", 2, 3]),
    "an output's document that is no text": with_output(0, 7),
    "an output's format that is no text": with_output(3, ["md"]),
    "an output's day that is no text": with_output(6, 7),
    "no accounts": lambda whole: {key: value for key, value in whole.items() if key != "accounts"},
    "an account that is no text": lambda whole: {**whole, "accounts": {"a": [1]}},
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_record_that_nobody_wrote_is_none(
    planctl: Callable[..., Ran],
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Any], Any],
) -> None:
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))
    planctl("build", "--format", "md", cwd=project)
    record = record_of(tmp_path / "kept")
    whole = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**whole, "value": damage(whole["value"])}), encoding="utf-8")

    told = planctl("build", "--format", "md", "--why", "--jobs", "1", cwd=project)

    assert (told.code, {line.partition(": ")[2] for line in told.out.splitlines()}) == (
        0,
        {"there is no record of an earlier build; made again, and the same as before"},
    )


def test_what_a_fault_of_planctl_left_is_not_kept(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))

    def faulty(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ending, "write_manifest", lambda *_arguments, **_more: faulty())

    told = planctl("build", "--format", "md", "--jobs", "1", cwd=project)

    assert told.code == 3
    assert not list((tmp_path / "kept").glob("build/**/*.json"))


def test_the_sheets_over_all_plans_are_built_when_one_of_them_changes(
    planctl: Callable[..., Ran], project: Path
) -> None:
    options = ("build", "--format", "md", "--sheets", "units", "--why")
    planctl(*options, cwd=project)
    same = planctl(*options, cwd=project)
    change(project, "plans/council.2023.yaml", "self: 70", "self: 90")

    told = planctl(*options, cwd=project)

    assert same.out == "office.2023.units.md: unchanged\n"
    assert told.out == "office.2023.units.md: plans/council.2023.yaml changed\n"


def test_for_the_sheets_over_all_plans_no_document_is_read_again_but_the_changed_one(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("build", "--format", "md", "--sheets", "all", "--jobs", "1")
    planctl(*options, cwd=project)
    change(project, "plans/council.2023.yaml", "self: 70", "self: 90")
    loaded: set[str] = set()

    def noted(source: SourceText) -> Reading:
        loaded.add(source.path)
        return read(source)

    monkeypatch.setattr("planctl.pipeline.read", noted)
    told = planctl(*options, "--why", cwd=project)

    assert "office.2023.units.md: plans/council.2023.yaml changed" in told.out.splitlines()
    assert {path for path in loaded if path.startswith("plans/")} == {"plans/council.yaml", "plans/council.2023.yaml"}


@pytest.mark.parametrize("damaged", ["", "{}", "[[], []]", '[[], [["a"]], {}]', '[[["a", "b", "2023-X"]], [], {}]'])
def test_what_a_document_told_for_them_is_asked_again_where_it_is_damaged(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str
) -> None:
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))
    planctl("build", "--format", "md", "--sheets", "units", cwd=project)
    before = (project / "build/office.2023.units.md").read_bytes()
    record = record_of(tmp_path / "kept")
    whole = json.loads(record.read_text(encoding="utf-8"))
    whole["value"]["accounts"] = dict.fromkeys(whole["value"]["accounts"], damaged)
    record.write_text(json.dumps(whole), encoding="utf-8")
    (project / "build/office.2023.units.md").unlink()

    told = planctl("build", "--format", "md", "--sheets", "units", "--jobs", "1", cwd=project)

    assert told.code == 0
    assert (project / "build/office.2023.units.md").read_bytes() == before


def test_the_sheets_over_all_plans_are_built_again_when_a_file_was_changed_meanwhile(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("build", "--format", "md", "--sheets", "units", "--jobs", "1")
    answers = Asking.answers

    def changed_before(asking: Asking, *due: Any) -> Any:
        change(project, "plans/council.2023.yaml", "self: 70", "self: 90")
        return answers(asking, *due)

    with monkeypatch.context() as patch:
        patch.setattr(Asking, "answers", changed_before)
        planctl(*options, cwd=project)
    change(project, "plans/council.2023.yaml", "self: 90", "self: 70")

    planctl(*options, cwd=project)
    planctl(*options, "--no-cache", "--out", "clean", cwd=project)

    name = "office.2023.units.md"
    assert (project / "build" / name).read_bytes() == (project / "clean" / name).read_bytes()


def test_only_the_sheets_that_do_not_stand_are_composed_and_what_they_show_is_known(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planctl("build", "--format", "html", cwd=project)
    composed: list[str] = []
    digested: list[str] = []
    sheets_of = Making.sheets

    def noted(making: Making, subject: Subject, wanted: Any) -> tuple[Sheet, ...]:
        made = sheets_of(making, subject, wanted)
        composed.extend(sheet.stem for sheet in made)
        return made

    def noted_too(made: Any) -> list[str]:
        digested.extend(sheet.stem for sheet in made)
        return digests_of(made)

    monkeypatch.setattr(Making, "sheets", noted)
    monkeypatch.setattr(sheets, "digests_of", noted_too)
    change(project, "forms/table.html", "</body>", "Тайлан</body>")

    planctl("build", "--format", "html", "--jobs", "1", cwd=project)

    assert (composed, digested) == (["council.2023.table", "governor.2023.table"], [])


def test_a_file_that_changes_while_a_build_looks_is_not_taken_for_what_it_was(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("build", "--format", "html", "--jobs", "1")
    planctl(*options, cwd=project)
    change(project, "forms/table.html", "</body>", "Тайлан</body>")
    looked = look

    def changed_after(*arguments: Any) -> Look:
        found = looked(*arguments)
        change(project, "plans/council.2023.yaml", "5 удаа", "6 удаа")
        return found

    with monkeypatch.context() as patch:
        patch.setattr("planctl.building.build.look", changed_after)
        planctl(*options, cwd=project)
    change(project, "plans/council.2023.yaml", "6 удаа", "5 удаа")

    planctl(*options, cwd=project)
    planctl(*options, "--no-cache", "--out", "clean", cwd=project)

    name = "council.2023.table.html"
    assert (project / "build" / name).read_bytes() == (project / "clean" / name).read_bytes()
