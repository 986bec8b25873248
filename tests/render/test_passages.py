"""Texts in front of the tables: they stand in every format, as paragraphs and lists, and a template must show them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sheets import two_tables

import planctl
from planctl.render import Template, html, markdown, word
from planctl.render.page_text import shown_lines
from planctl.report.prose import blocks
from planctl.report.sheet import Passage

TEMPLATES = Path(planctl.__file__).parent / "templates"
TEXT = """\
Эхний *хэсэг*.

Хоёр дахь хэсэг.

- нэгдүгээр
  - дотор нь
- хоёрдугаар

1. нэг
2. хоёр
"""
SHEET = replace(
    two_tables(),
    passages=(Passage("Үндэслэл", blocks(TEXT)), Passage("Зорилго", blocks("Дэмжих <b>"))),
)


def template(name: str) -> Template:
    return Template(f"templates/{name}", (TEMPLATES / name).read_bytes())


def test_word_has_them_before_the_first_table_with_lists_of_their_own() -> None:
    content = word.render(SHEET, template("sheet.docx")).content

    assert content is not None
    told = [(one.style.name if one.style else "", one.text) for one in Document(BytesIO(content)).paragraphs]
    start = told.index(("Тайлан: бичвэрийн гарчиг", "Үндэслэл"))
    assert told[start + 1 : start + 10] == [
        ("Тайлан: бичвэр", "Эхний *хэсэг*."),
        ("Тайлан: бичвэр", "Хоёр дахь хэсэг."),
        ("Тайлан: цэгтэй 1", "нэгдүгээр"),
        ("Тайлан: цэгтэй 2", "дотор нь"),
        ("Тайлан: цэгтэй 1", "хоёрдугаар"),
        ("Тайлан: дугаартай 1", "нэг"),
        ("Тайлан: дугаартай 1", "хоёр"),
        ("Тайлан: бичвэрийн гарчиг", "Зорилго"),
        ("Тайлан: бичвэр", "Дэмжих <b>"),
    ]


def test_html_has_them_before_the_first_table() -> None:
    content = html.render(SHEET, template("sheet.html")).content

    assert content is not None
    page = content.decode()
    assert page.index("<h2>Үндэслэл</h2>") < page.index("Дэмжих &lt;b&gt;") < page.index("<table")
    lines = shown_lines(page)
    assert [one for one in ("Эхний *хэсэг*.", "дотор нь", "хоёр") if one not in lines] == []


def test_markdown_has_headings_paragraphs_and_lists() -> None:
    content = markdown.render(SHEET).content

    assert content is not None
    assert (
        "## Үндэслэл\n\nЭхний \\*хэсэг\\*.\n\nХоёр дахь хэсэг.\n\n"
        "- нэгдүгээр\n    - дотор нь\n- хоёрдугаар\n1. нэг\n2. хоёр\n\n"
        "## Зорилго\n\nДэмжих \\<b\\>\n\n"
    ) in content.decode()


@pytest.mark.parametrize("name", ["sheet.html"])
def test_a_template_without_them_is_refused(name: str) -> None:
    own = template(name)
    source = own.content.decode().replace("{{ prose(passage) }}", "")

    rendered = html.render(SHEET, Template(own.path, source.encode()))

    assert rendered.content is None
    assert {found.code for found in rendered.findings} == {"template-loses-value"}
