"""What git shows of a file: plans keyed by ids, Word and Excel files line by line, anything else as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from textwrap import dedent
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document as WordFile
from openpyxl import Workbook

from planctl.forms import FORMS
from planctl.pipeline import load
from planctl.plain.blocks import blocks
from planctl.plain.text import EDITION, MOST_BYTES, MOST_LINES, plain, plain_file
from planctl.source.discover import Folder
from planctl.source.document import SourceText
from planctl.source.reader import read
from projects import programme_project
from running import OFFICE, write
from test_readme import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TYPES = ("word/document.xml", "xl/workbook.xml")
DAMAGED = "this file cannot be read as Word or Excel)\n"


def shown(text: str) -> str:
    return plain(dedent(text).encode(), "a.yaml")


def test_a_plan_is_shown_by_its_ids() -> None:
    assert plain(OFFICE["plans/council.yaml"].encode(), "plans/council.yaml") == dedent("""\
        council
          form: resolutions
          title: Аймгийн ИТХ-ын тогтоолын хэрэгжилт
          id: council

        council sections: Аймгийн ИТХ-ын тогтоол
          title: Аймгийн ИТХ-ын тогтоол

        council decisions: 2021_131
          within: Аймгийн ИТХ-ын тогтоол
          number: 2021_131
          date: 2021-12-14
          title: Хог хаягдлыг бууруулах хөтөлбөр батлах тухай

        council#waste-1
          within: 2021_131
          number: 1
          text: Хөтөлбөрийн ажлыг зохион байгуулж, хэрэгжилтийг тайлагнах
          units: legal
          deadline: 2023-12-01

        council#waste-2
          within: 2021_131
          number: 2
          text: Санхүүжилтийг жил бүрийн төсөвт тусгах
          units: legal

        council#waste-3
          within: 2021_131
          number: 3
          text: Тогтоолыг баталсугай
          reported: false
        """)


def test_another_text_of_a_file_is_another_edition() -> None:
    """Where this fails, let EDITION grow: git keeps the texts that it was given under the old one."""
    plan = """\
        # remark
        form: action-plan
        id: a
        year: 2025
        sections:
          - number: 1
            title: Чиглэл
            carries_out: [b#1, b#2]
            measures:
              - id: x
                text: Ажил
                extra: {өнгө: ногоон}
                indicators:
                  - {name: Тоо, target: 5, baseline: 1}
                  - {id: y, name: Хувь, target: 10}
        """
    report = "actuals: a\nperiod: 2025\nitems:\n  x:\n    reached: {y: 7}\n    progress: |\n      Нэг\n\n      Хоёр\n"
    told = shown(plan) + shown(report) + plain(word(), "a.docx") + plain(excel(), "a.xlsx")

    assert (EDITION, sha256(told.encode()).hexdigest()[:8]) == (1, "b6a0dcad")


def test_actuals_are_shown_by_item_and_period_with_texts_line_by_line() -> None:
    assert plain(OFFICE["plans/council.2023.yaml"].encode(), "plans/council.2023.yaml") == dedent("""\
        council 2023
          actuals: council
          date: 2023-12-25
          period: 2023

        council#waste-1 2023
          self: 100
          superior: 100
          progress:
            Хөтөлбөрийн хүрээнд дараах ажлыг хийв.
            - Цэвэрлэгээ 5 удаа

        council#waste-2 2023
          self: 70
          superior: 90
          reason: Хяналтын дүнгээр.
          progress: Төсөвт тусгав.
        """)


def test_the_hand_in_which_a_file_is_written_does_not_show() -> None:
    one = shown("""\
        actuals: a
        period: 2024
        items:
          x: {self: 100, progress: "Хийв."}
        """)
    other = shown("""\
        period: "2024"
        items:
            x:
                progress: Хийв.

                self: '100'
        actuals: a
        """)

    assert one == other


def test_remarks_are_shown_below_the_rest() -> None:
    told = shown("""\
        # to be asked
        actuals: a
        period: 2024
        items:
          x:
            self: 100  # by the minutes
        """)

    assert told.endswith("  self: 100\n\n# by the minutes\n# to be asked\n")


def test_what_is_no_yaml_or_has_faults_is_shown_as_it_is_written() -> None:
    for text in ("a: [", "", "just words", "a: 1\na: 2\n", "<<<<<<< x\na: 1\n=======\na: 2\n>>>>>>> y\n"):
        assert plain(text.encode(), "a.yaml") == text


def test_what_is_shown_as_it_is_written_ends_its_lines_in_lf() -> None:
    assert plain(b"a: [\r\n\xff\r\n", "a.yaml") == "a: [\n\N{CYRILLIC SMALL LETTER YA}\n"


def test_signs_that_steer_a_terminal_are_not_handed_on() -> None:
    assert "\x1b" not in shown('form: x\nid: a\ntitle: "\\e[31mred"\n')


def test_every_item_of_every_form_is_a_block_of_its_own() -> None:
    sources = {source.path: source for source in Folder(ROOT).sources()[0]}
    plans = load(ROOT).portfolio.plans.values()

    assert {plan.form.name for plan in plans} == set(FORMS)
    for plan in plans:
        document, _findings = read(sources[plan.document.path])
        assert document is not None
        found = {block.item for block in blocks(document)}
        assert set(plan.all_items) | set(plan.parts) == found - {""}


def test_the_years_of_an_indicator_stand_under_its_id() -> None:
    document, _findings = read(SourceText("plans/makers.yaml", programme_project()["plans/makers.yaml"]))
    assert document is not None

    fairs = next(block for block in blocks(document) if block.item == "fairs")

    assert fairs.heading == "makers#fairs"
    assert any(key.startswith("parts.events.targets.") for key in fairs.values)


def test_entries_of_lists_are_known_by_their_names_or_their_places() -> None:
    told = shown("""\
        actuals: a
        period: 2024
        items:
          x:
            evidence:
              - {url: "https://example.mn/1", title: Зураг}
              - file: evidence/a.pdf
              - document: {number: 5}
              - file: evidence/a.pdf
        """)

    assert told.splitlines()[-5:] == [
        "a#x 2024",
        "  evidence.https://example.mn/1.title: Зураг",
        "  evidence.evidence/a.pdf.file: evidence/a.pdf",
        "  evidence.3.document.number: 5",
        "  evidence.4.file: evidence/a.pdf",
    ]


# Word and Excel


def word() -> bytes:
    page = WordFile()
    page.add_paragraph("Хэрэгжилтийн тайлан")
    table = page.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("1", "Ажил", "2", ""), strict=True):
        cell.text = text
    table.rows[1].cells[1].text = "Хийв.\nДуусав."
    page.add_paragraph("Төгсөв")
    held = BytesIO()
    page.save(held)
    return held.getvalue()


def excel() -> bytes:
    book = Workbook()
    book.worksheets[0].title = "Хүснэгт"
    book.worksheets[0].append(["№", "Ажил", None, 0.5])
    book.worksheets[0].append([None, None])
    book.worksheets[0].append(["=1+1", "Олон\nмөр"])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def package(**parts: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as file:
        for name, text in parts.items():
            file.writestr(dict(zip(("word", "excel"), TYPES, strict=True)).get(name, name), text)
    return held.getvalue()


def test_a_word_file_is_shown_by_paragraphs_and_rows() -> None:
    assert plain(word(), "a.docx").splitlines() == [
        "Хэрэгжилтийн тайлан",
        "1 | Ажил",
        "| 2",
        "| Хийв.",
        "  Дуусав.",
        "Төгсөв",
    ]


def test_an_excel_file_is_shown_by_sheets_and_rows() -> None:
    assert plain(excel(), "a.xlsx").splitlines() == ["[Хүснэгт]", "№ | Ажил |  | 0.5", "| Олон", "  мөр"]


ENTITY = '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'
FOREIGN = {
    "cut off": word()[:2000],
    "empty": b"",
    "no zip": b"PK\x03\x04 nothing",
    "text": b"hello",
    "other zip": package(other="x"),
    "no XML": package(word="<w"),
    "entity": package(word=ENTITY),
    "empty book": package(excel="<a/>"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_damaged_or_foreign_file_is_a_line_and_no_error(what: str) -> None:
    for name in ("a.docx", "a.xlsx"):
        (line,) = plain(FOREIGN[what], name).splitlines(keepends=True)
        assert line.endswith(DAMAGED)


def test_a_huge_file_is_shown_in_part() -> None:
    rows = "<w:p><w:r><w:t>а</w:t></w:r></w:p>" * (MOST_LINES + 10)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    told = plain(package(word=f"<w:document {space}>{rows}</w:document>"), "a.docx").splitlines()

    assert (told[-2], told[-1].endswith("… the rest is not shown")) == ("а", True)
    assert len(told) == MOST_LINES + 1


def test_a_file_beyond_all_bounds_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)

    assert plain_file(path).endswith("this file is too large to be shown)\n")


# The process that git starts


def test_git_gets_utf8_with_lf_whatever_the_terminal_is_set_to(tmp_path: Path) -> None:

    write(tmp_path, {"Залаа сум/a.yaml": b"actuals: council\r\nperiod: 2023\r\n"})

    told = subprocess.run(
        [sys.executable, "-P", "-m", "planctl", "git-text", "Залаа сум/a.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )

    assert (told.stdout, told.stderr) == (b"council 2023\n  actuals: council\n  period: 2023\n", b"")


def test_no_commands_and_no_formats_are_imported_for_it() -> None:
    code = (
        "import sys, planctl.__main__ as m; m.run(['git-text', 'no file']); "
        "sys.stdout.write(' '.join({'typer', 'pydantic', 'openpyxl', 'docx', 'rich'} & set(sys.modules)))"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == ""
    assert told.stderr.startswith("planctl: no file: ")
