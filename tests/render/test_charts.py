"""Charts: Excel's own with the right ranges and values, and SVG that is well-formed, escaped and told in words."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sheets import nine_clauses
from workbooks import faults_of_xlsx

import planctl
from planctl.render import Template, html
from planctl.render.excel import render
from planctl.render.page_text import shown_lines
from planctl.render.svg import drawn, told
from planctl.report.sheet import Block, Chart, Passage, Series

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SVG = "{http://www.w3.org/2000/svg}"
TEMPLATE = Template("templates/sheet.html", (Path(planctl.__file__).parent / "templates" / "sheet.html").read_bytes())
SALES = Chart(
    title="1. Борлуулалт <“Тал” & ко>",
    unit="сая төгрөг",
    axis="Он",
    categories=("2020 суурь", "2021", "2022"),
    series=(
        Series("Хүрсэн", "bars", (Decimal(175), Decimal("178.5"), None)),
        Series("Зорилт", "line", (None, Decimal(187), Decimal(199))),
    ),
)
SHEET = replace(nine_clauses(), charts=(SALES, replace(SALES, title="2. Ажлын байр", unit="")))


def element(text: str | bytes) -> Any:
    """Return the root of an XML text; lxml's own types let every attribute be None."""
    return etree.fromstring(text)


def parts(content: bytes, folder: str) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith(folder)}


@pytest.fixture(scope="module")
def workbook() -> bytes:
    content = render(SHEET).content
    assert content is not None
    return content


def test_a_workbook_with_charts_opens_in_silence_and_is_the_same_each_time(workbook: bytes) -> None:
    assert faults_of_xlsx(workbook) == []
    assert render(SHEET).content == workbook


def test_each_chart_names_the_ranges_of_its_numbers_and_keeps_their_values(workbook: bytes) -> None:
    charts = parts(workbook, "xl/charts/chart")
    assert sorted(charts) == ["xl/charts/chart1.xml", "xl/charts/chart2.xml"]

    root = element(charts["xl/charts/chart1.xml"])
    ranges = {
        ref.findtext(f"{CHART}f"): {
            int(point.get("idx")): point.findtext(f"{CHART}v") for point in ref.iter(f"{CHART}pt")
        }
        for ref in (*root.iter(f"{CHART}numRef"), *root.iter(f"{CHART}strRef"))
    }
    sheet = "'Графикийн тоо'!"
    assert ranges == {
        f"{sheet}$A$2": {0: "Хүрсэн"},
        f"{sheet}$A$3": {0: "Зорилт"},
        f"{sheet}$B$1:$D$1": {0: "2020 суурь", 1: "2021", 2: "2022"},
        f"{sheet}$B$2:$D$2": {0: "175", 1: "178.5"},
        f"{sheet}$B$3:$D$3": {1: "187", 2: "199"},
    }
    assert root.findtext(f".//{CHART}barChart/{CHART}ser/{CHART}tx//{CHART}f") == f"{sheet}$A$2"
    assert root.findtext(f".//{CHART}lineChart/{CHART}ser/{CHART}tx//{CHART}f") == f"{sheet}$A$3"


def test_a_chart_of_excel_is_told_apart_without_colours_and_names_its_axes(workbook: bytes) -> None:
    text = parts(workbook, "xl/charts/chart1")["xl/charts/chart1.xml"].decode()

    assert 'pattFill prst="wdUpDiag"' in text
    assert 'prstDash val="dash"' in text
    assert 'symbol val="diamond"' in text
    assert re.findall("<a:t>(.*?)</a:t>", text) == ["1. Борлуулалт &lt;“Тал” &amp; ко&gt;", "Он", "сая төгрөг"]


def test_a_sheet_without_charts_has_no_worksheet_for_them() -> None:
    content = render(nine_clauses()).content

    assert content is not None
    assert parts(content, "xl/charts/") == {}


def test_a_drawing_is_well_formed_with_a_title_a_description_and_nothing_that_runs_or_loads() -> None:
    root = element(str(drawn(SALES, "chart1")))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart1-title chart1-desc"
    assert root.findtext(f"{SVG}title") == SALES.title
    assert root.findtext(f"{SVG}desc") == (
        "сая төгрөг. Хүрсэн: 2020 суурь – 175, 2021 – 178,5. Зорилт: 2021 – 187, 2022 – 199."
    )
    names = {etree.QName(node).localname for node in root.iter()}
    assert names == {"svg", "title", "desc", "defs", "pattern", "rect", "line", "text", "polyline", "path"}
    assert not [node for node in root.iter() if any(key.startswith("on") or "href" in key for key in node.attrib)]


def test_bars_stand_as_high_as_their_values_on_one_scale_with_the_line() -> None:
    root = element(str(drawn(SALES, "c")))
    rectangles = [one for one in root.iter(f"{SVG}rect") if one.get("stroke") and one.get("width") != "24"]
    bars = [float(one.get("height")) for one in rectangles]
    line = root.find(f"{SVG}polyline")

    assert bars[0] / bars[1] == pytest.approx(175 / 178.5, abs=0.01)
    assert len(line.get("points").split()) == 2
    assert line.get("stroke-dasharray") == "5 3"


@pytest.mark.parametrize("values", [(None, None), (Decimal(0), None), (Decimal(-3), Decimal("0.004"))])
def test_nothing_reached_yet_zero_and_tiny_values_are_drawn_too(values: tuple[Decimal | None, ...]) -> None:
    chart = Chart("Х", "", "Он", ("2020", "2021"), (Series("Хүрсэн", "bars", values), Series("З", "line", values)))

    assert element(str(drawn(chart, "c"))).tag == f"{SVG}svg"
    assert told(chart).startswith(". Хүрсэн: ")


def test_a_line_is_broken_where_a_year_has_no_value() -> None:
    values = (Decimal(1), Decimal(2), None, Decimal(4), Decimal(5))
    chart = Chart("Х", "", "Он", tuple("abcde"), (Series("З", "line", values),))

    assert len(list(element(str(drawn(chart, "c"))).iter(f"{SVG}polyline"))) == 2


def test_the_page_shows_every_chart_and_takes_none_of_their_numbers_for_a_value_of_the_sheet() -> None:
    rendered = html.render(SHEET, TEMPLATE)

    assert rendered.content is not None
    page = rendered.content.decode()
    assert page.count("<svg ") == 2
    assert 'id="chart2-title"' in page
    assert "1. Борлуулалт &lt;“Тал” &amp; ко&gt;" in page
    assert "178,5" not in " ".join(shown_lines(page))


def test_texts_in_front_of_the_tables_stand_on_a_worksheet_of_their_own() -> None:
    text = Passage("Зорилго", (Block("paragraph", "Дэмжих"), Block("bullet", "нэг", 1, 1)))
    sheet = replace(nine_clauses(), passages=(text,))
    content = render(sheet).content

    assert content is not None
    assert faults_of_xlsx(content) == []
    names = re.findall('<sheet name="(.*?)"', parts(content, "xl/workbook.xml")["xl/workbook.xml"].decode())
    assert names[:2] == ["Бичвэр", "Хүснэгт"]
    texts = parts(content, "xl/worksheets/sheet1")["xl/worksheets/sheet1.xml"].decode()
    assert all(one in texts for one in ("Зорилго", "Дэмжих", "• нэг"))
