"""`planctl import`: what comes of office files on disk, and what a person is told of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from papers import excel, table, word
from planctl.incoming import arriving
from running import Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Planctl = Callable[..., Ran]

RESOLUTIONS = word(
    ("СУМЫН ИТХ-ЫН ТОГТООЛЫН 2023 ОНЫ ХЭРЭГЖИЛТ", "cb"),
    "2023-12-25\tЦагаан-Овоо",
    table("""
Шийдвэр Д/д | Заалт Д/д | Шийдвэрийн нэр, огноо, дугаар | Холбогдох заалтын агуулга | Явц | Өөрийн үнэлгээ
1 | 2 | 3 | 4 | 5 | 6
1 | 1 | Мод тарих тухай 2023-04-10 №15 | Мод тарих | Тарив. | 95
^ | 2 | ^ | Хашаалах | Хашаалав. | 100
 |  | Дундаж |  |  | 97,5
"""),
    "Хянасан: Дарга ....... Д.Бат",
    "оОо",
)
MEASURES = excel(
    ["Цагаан-Овоо сумын 2024 оны арга хэмжээний төлөвлөгөө"],
    ["Д/д", "Арга хэмжээ", "Хугацаа", "Хүрэх үр дүн", "Хариуцах", "Өнгө"],
    [1, "Сургууль засах", "I-IV", "Засвар", "ЗДТГ", "улаан"],
    [2, "Сургалт", "II", "5 сургалт", "Сургууль, ЗДТГ", "ногоон"],
)
NO_TABLE = (
    "planctl: ../in/notes.docx: no table with the headings of a form; name them with --map, or the form with --form"
)
NOTES = word("Хурлын тэмдэглэл", [["Нэр", "Утас"], ["Дорж", "99"]])


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return an empty folder for a project, with the office's files in the folder `in` beside it."""
    files = {
        "in/тогтоол 2023.docx": RESOLUTIONS,
        "in/ажил.xlsx": MEASURES,
        "in/notes.docx": NOTES,
        "in/bad.docx": b"PK\x03\x04 no more",
    }
    write(tmp_path, files)
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


def texts(folder: Path) -> dict[str, str]:
    return {one.relative_to(folder).as_posix(): one.read_text("utf-8") for one in folder.rglob("*") if one.is_file()}


def test_a_report_becomes_a_plan_and_actuals_in_a_new_project(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", "../in/тогтоол 2023.docx", cwd=office)

    assert ran.code == 1
    assert texts(office) == {
        "planctl.yaml": "planctl: 1\nplace: Цагаан-Овоо\n",
        "plans/togtool.yaml": """\
form: resolutions
id: togtool
title: СУМЫН ИТХ-ЫН ТОГТООЛЫН {year} ХЭРЭГЖИЛТ
sections:
  - title: Шийдвэр
    decisions:
      - number: 15
        date: 2023-04-10
        title: Мод тарих тухай
        clauses:
          - id: mod-tarikh
            text: Мод тарих
          - id: khashaalakh
            text: Хашаалах
""",
        "plans/togtool.2023.yaml": """\
actuals: togtool
period: 2023
date: 2023-12-25
place: Цагаан-Овоо
signatories:
  - caption: Хянасан
    post: Дарга
    name: Д.Бат
items:
  mod-tarikh:
    progress: Тарив.
    self: 95
  khashaalakh:
    progress: Хашаалав.
    self: 100
""",
    }
    assert ran.err.splitlines() == [
        "../in/тогтоол 2023.docx: a report of the form resolutions, 2023",
        "  wrote plans/togtool.yaml",
        "  wrote plans/togtool.2023.yaml",
        "  7 cells went into fields",
        "  3 numbers that planctl counts itself",
        "  2 cells of totals, which planctl works out itself",
        "  249 characters in the file, 0 of them left over",
        "1 error",
        "0 warnings",
    ]
    assert ran.out.splitlines() == [
        "plans/togtool.2023.yaml:12:11: error: score-not-in-rubric: 95 is not a level of the rubric",
        "    use one of: 100, 90, 70, 50, 30, 0",
        "    ../in/тогтоол 2023.docx: table 1, row 3, column 6",
    ]


def test_a_folder_is_read_whole_and_each_bad_file_is_one_line(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", "../in", cwd=office)

    refused = [line for line in ran.err.splitlines() if line.startswith("planctl: ")]
    assert ran.code == 1
    assert refused == [
        "planctl: ../in/bad.docx is damaged and cannot be read; open it in its own program and save it anew",
        NO_TABLE,
    ]
    assert ran.err.splitlines()[-1] == "2 of 4 files were read: 4 items, 0 texts left over"
    assert sorted(texts(office)) == ["planctl.yaml", "plans/plan.yaml", "plans/togtool.2023.yaml", "plans/togtool.yaml"]


@pytest.mark.parametrize("name", ["bad.docx", "notes.docx", "нэргүй.docx"])
def test_a_single_bad_file_ends_with_one_line(planctl: Planctl, office: Path, name: str) -> None:
    ran = planctl("import", f"../in/{name}", cwd=office)

    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert texts(office) == {}


def test_a_paper_of_a_form_without_a_way_back_is_told_in_one_line(
    planctl: Planctl, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "DRAFTS", {})

    ran = planctl("import", "../in/тогтоол 2023.docx", cwd=office)

    refusal = "../in/тогтоол 2023.docx is a paper of the form resolutions, which `planctl import` takes no papers of"
    assert (ran, texts(office)) == (Ran(2, "", f"planctl: {refusal}\n"), {})


def test_units_that_papers_name_are_put_into_a_new_project(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", "../in/ажил.xlsx", cwd=office)

    assert ran.code == 0
    assert texts(office) == {
        "planctl.yaml": "planctl: 1\nunits:\n  zdtg:\n    name: ЗДТГ\n  surguul:\n    name: Сургууль\n",
        "plans/plan.yaml": """\
form: action-plan
id: plan
title: Цагаан-Овоо сумын {year} арга хэмжээний төлөвлөгөө
year: 2024
sections:
  - title: Арга хэмжээ
    measures:
      - id: surguul-zasakh
        text: Сургууль засах
        period: I-IV
        indicators:
          - name: "-"
            target: Засвар
        units: [zdtg]
        extra:
          Өнгө: улаан
      - id: surgalt
        text: Сургалт
        period: II
        indicators:
          - name: "-"
            unit: сургалт
            target: 5 сургалт
        units: [surguul, zdtg]
        extra:
          Өнгө: ногоон
""",
    }


def test_the_same_file_once_more_changes_nothing_and_is_said_to(planctl: Planctl, office: Path) -> None:
    planctl("import", "../in/ажил.xlsx", cwd=office)
    before = texts(office)

    ran = planctl("import", "../in/ажил.xlsx", cwd=office)

    assert (ran.code, texts(office)) == (0, before)
    assert ran.err.splitlines()[1] == "  plans/plan.yaml is there already and says the same"


def test_a_file_that_differs_is_never_written_over_and_the_others_are_written(planctl: Planctl, office: Path) -> None:
    write(office, {"planctl.yaml": "planctl: 1\n", "plans/plan.yaml": "form: action-plan\n"})

    ran = planctl("import", "../in/ажил.xlsx", "../in/тогтоол 2023.docx", cwd=office)

    assert ran.code == 1
    assert ran.err.splitlines()[0] == (
        "planctl: ../in/ажил.xlsx: plans/plan.yaml is there already and says something else; "
        "--update changes it, --out names another"
    )
    assert texts(office)["plans/plan.yaml"] == "form: action-plan\n"
    assert "plans/togtool.yaml" in texts(office)


def test_a_dry_run_shows_all_and_writes_nothing(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", "../in/ажил.xlsx", "--dry-run", cwd=office)

    assert (ran.code, texts(office)) == (0, {})
    assert ran.err.splitlines()[1] == "  would write plans/plan.yaml"


def test_out_names_the_plan(planctl: Planctl, office: Path) -> None:
    planctl("import", "../in/ажил.xlsx", "--out", "plans/works.yaml", cwd=office)

    assert texts(office)["plans/works.yaml"].startswith("form: action-plan\nid: works\n")


def test_out_names_the_folder_of_a_project(planctl: Planctl, office: Path) -> None:
    planctl("import", "../in/ажил.xlsx", "--out", "сум", cwd=office)

    assert sorted(texts(office)) == ["сум/planctl.yaml", "сум/plans/plan.yaml"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--out", "plans/a.yaml", "../in/notes.docx"], "--out names one plan, and there are several files"),
        (["--out", "a.yaml"], "a.yaml is no place of a plan; name one such as plans/ID.yaml"),
        (["--form", "novel"], "there is no form “novel”"),
        (["--map", "Өнгө"], "“Өнгө” is no pair such as HEADING=FIELD"),
        (["--map", "Өнгө=colour"], "“colour” is no field of a form"),
        (["--map", "none.yaml"], "none.yaml"),
    ],
)
def test_what_cannot_be_meant_is_one_line(planctl: Planctl, office: Path, arguments: list[str], told: str) -> None:
    ran = planctl("import", "../in/ажил.xlsx", *arguments, cwd=office)

    assert (ran.code, len(ran.err.splitlines()), texts(office)) == (2, 1, {})
    assert told in ran.err


def test_an_empty_folder_is_said_to_have_no_files(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", ".", cwd=office)

    assert (ran.code, ran.err) == (2, "planctl: . has no Word, Excel, LibreOffice or CSV files\n")


def test_a_heading_is_what_the_map_says(planctl: Planctl, office: Path) -> None:
    write(office, {"map.yaml": "Өнгө: basis\nХүрэх үр дүн: extra\n"})

    planctl("import", "../in/ажил.xlsx", "--map", "map.yaml", cwd=office)

    written = texts(office)["plans/plan.yaml"]
    assert "basis: улаан" in written
    assert "extra:\n          Хүрэх үр дүн: Засвар" in written


def test_a_report_without_a_period_asks_for_it(planctl: Planctl, office: Path) -> None:
    paper = word("Ажлын биелэлт", [["№", "Арга хэмжээ", "Биелэлт", "Хувь"], ["1", "Зам", "Засав.", "100"]])
    write(office, {"../in/works.docx": paper})

    asked = planctl("import", "../in/works.docx", cwd=office)
    told = planctl("import", "../in/works.docx", "--period", "2024-H1", cwd=office)

    assert (asked.code, asked.err) == (
        2,
        "planctl: ../in/works.docx does not say its period; name it with --period\n",
    )
    assert (told.code, sorted(texts(office))) == (0, ["planctl.yaml", "plans/works.2024-H1.yaml", "plans/works.yaml"])


def test_json_tells_of_every_text_where_it_went(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", "../in/тогтоол 2023.docx", "../in/bad.docx", "--format", "json", cwd=office)

    report: dict[str, Any] = json.loads(ran.out)
    first, second = report["files"]
    where = {one["place"]: (one["use"], one["to"]) for one in first["texts"]}
    assert list(first) == [
        *("file", "form", "kind", "period", "wrote", "standing", "items", "characters", "uses", "own_fields", "texts"),
        *("remarks", "refusal"),
    ]
    assert first["characters"] == {"in": 249, "left": 0}
    assert where["table 1, row 3, column 6"] == ("cell", ["togtool actuals: items.mod-tarikh.self"])
    assert where["table 1, row 5, column 6"] == ("total", [])
    assert len(first["texts"]) == sum(first["uses"].values())
    assert (second["wrote"], second["refusal"]) == (
        [],
        "../in/bad.docx is damaged and cannot be read; open it in its own program and save it anew",
    )
    assert report["findings"] == [
        {
            "path": "plans/togtool.2023.yaml",
            "line": 12,
            "code": "score-not-in-rubric",
            "severity": "error",
            "message": "95 is not a level of the rubric",
            "file": "../in/тогтоол 2023.docx",
            "place": "table 1, row 3, column 6",
        }
    ]


def test_two_files_of_one_name_become_two_plans(planctl: Planctl, office: Path) -> None:
    write(office, {"../in/a/ажлын.xlsx": MEASURES, "../in/b/ажлын.xlsx": MEASURES})

    ran = planctl("import", "../in/a", "../in/b", cwd=office)

    assert ran.code == 0
    assert sorted(texts(office)) == ["planctl.yaml", "plans/ajlyn-2.yaml", "plans/ajlyn.yaml"]


def test_what_was_written_passes_check(planctl: Planctl, office: Path) -> None:
    planctl("import", "../in/ажил.xlsx", cwd=office)

    assert planctl("check", cwd=office).code == 0
    assert planctl("fmt", "--check", cwd=office).code == 0


COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
ROWS = b"1;\xd0\x97\xd0\xb0\xd0\xbc;100\n" * 20_001


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("locked.docx", COMPOUND + "EncryptedPackage\0".encode("utf-16-le"), "is locked with a password"),
        ("old.doc", COMPOUND + "WordDocument\0".encode("utf-16-le"), "is an old Word file (.doc)"),
        ("cut.xlsx", MEASURES[:2000], "is damaged"),
        ("empty.csv", b"", "is empty"),
        ("long.csv", ROWS, "20,000"),
    ],
)
def test_what_strangers_send_is_one_line_and_leaves_nothing(
    planctl: Planctl, office: Path, name: str, content: bytes, told: str
) -> None:
    write(office, {f"../in/{name}": content})

    ran = planctl("import", f"../in/{name}", cwd=office)

    assert (ran.code, ran.out, len(ran.err.splitlines()), texts(office)) == (2, "", 1, {})
    assert told in ran.err


def test_formulas_that_nobody_worked_out_are_told_with_their_cells(planctl: Planctl, office: Path) -> None:
    paper = excel(["2024 оны ажлын биелэлт"], ["№", "Арга хэмжээ", "Хэрэгжилт", "Хувь"], [1, "Зам", "Засав.", "=90+10"])
    write(office, {"../in/works.xlsx": paper})

    ran = planctl("import", "../in/works.xlsx", cwd=office)

    assert ran.out.splitlines()[:2] == [
        (
            "../in/works.xlsx: Sheet!D3: warning: formula-without-value: "
            "the formula =90+10 has no value in the file; the cell was read as empty"
        ),
        "    open the file in Excel or LibreOffice, save it, and read it again",
    ]


def test_values_that_the_scale_does_not_have_come_in_as_they_are(planctl: Planctl, office: Path) -> None:
    rows = table("""
Шийдвэр Д/д | Заалт Д/д | Шийдвэрийн нэр, огноо, дугаар | Холбогдох заалтын агуулга | Явц | Өөрийн үнэлгээ | Дээд шатны үнэлгээ
1 | 1 | А тухай 2023-13-45 №1 | Нэг | Хийв | 130% | бүрэн
2 | 2 | Б тухай №2 | Хоёр |  |  |
""")  # noqa: E501
    write(office, {"../in/тогтоол 2023.docx": word(("ТОГТООЛЫН 2023 ОНЫ ХЭРЭГЖИЛТ", "cb"), rows)})

    ran = planctl("import", "../in/тогтоол 2023.docx", "--format", "json", cwd=office)

    assert "    self: 130\n    superior: бүрэн\n" in texts(office)["plans/togtool.2023.yaml"]
    assert "title: А тухай 2023-13-45\n" in texts(office)["plans/togtool.yaml"]
    assert [(one["code"], one["place"]) for one in json.loads(ran.out)["findings"]] == [
        ("score-not-in-rubric", "table 1, row 2, column 6"),
        ("not-a-score", "table 1, row 2, column 7"),
        ("missing-entry", "table 1, row 3, column 4"),
    ]


def test_an_old_file_in_a_folder_is_told_and_not_passed_over(planctl: Planctl, office: Path) -> None:
    write(office.parent, {"old/тайлан.rtf": b"{\\rtf1 a}", "old/тогтоол 2023.docx": RESOLUTIONS})

    ran = planctl("import", "../old", cwd=office)

    assert ran.code == 1
    assert "planctl: ../old/тайлан.rtf is an RTF file; open it in Word" in ran.err
    assert "1 of 2 files were read" in ran.err


def test_own_fields_and_headings_that_no_file_has_are_told(planctl: Planctl, office: Path) -> None:
    ran = planctl("import", "../in/ажил.xlsx", "--map", "Санамж=reason", cwd=office)

    assert "  “Өнгө” became a field of your own; `--map` says what a heading means\n" in ran.err
    assert "no file has the heading “Санамж” of --map\n" in ran.err


def test_a_folder_that_is_named_is_a_project_of_its_own(planctl: Planctl, office: Path) -> None:
    write(office, {"planctl.yaml": "planctl: 1\n"})
    (office / "new").mkdir()

    ran = planctl("import", "../in/ажил.xlsx", "--out", "new", cwd=office)

    assert f"the project is at {(office / 'new').as_posix()}" in ran.err
    assert (office / "new" / "planctl.yaml").exists()
    assert not (office / "plans").exists()
