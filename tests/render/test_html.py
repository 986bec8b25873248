"""HTML sheets: valid and by themselves, with every value, or a finding that names the line of the template."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sheets import (
    breakdown,
    bullet,
    draft,
    draft_summary,
    eleven_columns,
    group,
    long_narrative,
    many,
    nine_clauses,
    number,
    paragraph,
    plain,
    prose,
    row,
    summary,
    table_sheet,
    two_tables,
)

import planctl
from examples import examples
from planctl.render import Template, page_text, sandbox
from planctl.render.html import render
from planctl.render.page_text import parsed_lines, shown_lines
from planctl.render.sandbox import carried_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.report.sheet import Sheet

PATH = "templates/sheet.html"
DEFAULT = Path(planctl.__file__).parent / "templates" / "sheet.html"
SAMPLES = (nine_clauses, draft, long_narrative, summary, draft_summary, two_tables, eleven_columns)
VOID = {"br", "col", "meta"}


def default() -> Template:
    return Template(PATH, DEFAULT.read_bytes())


def page(sheet: Sheet) -> str:
    built = render(sheet, default())
    assert built.findings == ()
    assert built.content is not None
    return built.content.decode()


def problems(sheet: Sheet, source: str | bytes) -> list[tuple[str, int, dict[str, str]]]:
    content = source if isinstance(source, bytes) else source.encode()
    built = render(sheet, Template(PATH, content))
    assert (built.content is None) == bool(built.findings)
    assert {found.span.path for found in built.findings} <= {PATH}
    return [(found.code, found.span.line, dict(found.values)) for found in built.findings]


class Nesting(HTMLParser):
    """Checks that tags close in order, that lists hold items only, that ids are unique and rows are complete."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.rows: list[list[tuple[int, int]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent, values = (self.open or [""])[-1], dict(attrs)
        if (parent in {"ul", "ol"}) != (tag == "li"):
            self.faults.append(f"{tag} in {parent}")
        if parent == "p" and tag not in {"b", "br", "i", "span"}:
            self.faults.append(f"{tag} in p")
        if "id" in values:
            self.ids.append(values["id"] or "")
        if tag == "table":
            self.rows = []
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append((int(values.get("colspan") or 1), int(values.get("rowspan") or 1)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")
        if tag == "table":
            widths = self.widths()
            if len(set(widths)) != 1:
                self.faults.append(f"rows of {widths} columns")

    def widths(self) -> list[int]:
        found = [0] * len(self.rows)
        for at, cells in enumerate(self.rows):
            for columns, rows in cells:
                for below in range(at, at + rows):
                    found[below] += columns
        return found


def faults(text: str) -> list[str]:
    checker = Nesting()
    checker.feed(text)
    checker.close()
    twice = [f"id {one} twice" for one in checker.ids if checker.ids.count(one) > 1]
    return [*checker.faults, *checker.open, *twice]


# The page


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_is_valid_and_the_same_each_time(sample: Callable[[], Sheet]) -> None:
    text = page(sample())
    assert faults(text) == []
    assert text == page(sample())
    assert "\r" not in text
    assert text.startswith("<!DOCTYPE html>\n")
    assert text.endswith("</html>\n")


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_page_stands_by_itself(sample: Callable[[], Sheet]) -> None:
    text = page(sample())
    assert '<html lang="mn">' in text
    assert '<meta charset="utf-8">' in text
    assert re.findall(r"<script|<link|<img|<iframe|@import|url\(|\ssrc=|\shref=", text) == []


def test_the_checker_of_the_page_finds_faults() -> None:
    assert faults("<ul><p></p></ul>") == ["p in ul"]
    assert faults("<p><ul></ul></p>") == ["ul in p"]
    assert faults("<b><i></b></i>") == ["</b>", "</i>"]
    assert faults('<b id="a"></b><b id="a"></b>') == ["id a twice", "id a twice"]
    assert faults("<table><tr><td></td></tr><tr><td></td><td></td></tr></table>") == ["rows of [1, 2] columns"]


def test_rows_lead_back_to_their_items() -> None:
    text = page(nine_clauses())
    assert re.findall(r'<tr id="(\w+)" data-address="([^"]+)"', text) == [
        (f"itkh_{at}", f"itkh#{at}") for at in range(1, 10)
    ]


def test_a_decision_spans_its_clauses_and_a_section_the_table() -> None:
    text = page(nine_clauses())
    assert re.findall(r'rowspan="(\d+)"', text) == ["3", "3"]
    assert text.count('<th colspan="7" scope="rowgroup">') == 2
    assert text.count("<tbody>") == 2
    assert text.count('<th scope="col">') == 7
    assert text.count("<thead>") == 1


def test_lists_are_real_lists() -> None:
    progress = prose(
        paragraph("Эхлэл"),
        bullet("а"),
        bullet("б", 2),
        bullet("в", 3),
        bullet("г"),
        number(1, "нэг"),
        number(2, "хоёр"),
        number(1, "дотор", 2),
        bullet("сум", 2),
        number(3, "гурав"),
        number(1, "шинэ"),
        paragraph("Дунд"),
        number(2, "үргэлжлэл"),
        bullet("гүн", 3),
    )
    sheet = table_sheet([group(1, "Тогтоол", row(1, "Заалт", progress, (100, 100)))])
    text = re.sub(r">\s+|\s+<", lambda found: found[0].strip(), page(sheet))
    assert (
        "<p>Эхлэл</p><ul><li>а<ul><li>б<ul><li>в</li></ul></li></ul></li><li>г</li></ul>"
        "<ol><li>нэг</li><li>хоёр<ol><li>дотор</li></ol><ul><li>сум</li></ul></li><li>гурав</li></ol>"
        "<ol><li>шинэ</li></ol><p>Дунд</p>"
        '<ol start="2"><li>үргэлжлэл<ul><li>гүн</li></ul></li></ol>'
    ) in text
    assert faults(page(sheet)) == []


def test_hostile_text_survives_as_text() -> None:
    hostile = 'A & B < C <script>alert("1")</script> {{ 7*7 }} {% raw %} &amp; \' " </td> <!-- ]]> зай  хоёр'
    sheet = table_sheet([group(1, hostile, row(1, hostile, plain(hostile), (100, None)))])
    text = page(sheet)
    assert "<script" not in text
    assert faults(text) == []
    assert shown_lines(text).count(" ".join(hostile.split())) == 3


def test_level_colours_are_swatches_beside_the_printed_score() -> None:
    text = page(nine_clauses())
    cell = '<td class="score level" style="--level: #2E7D32"><i class="swatch"></i>100%</td>'
    assert text.count(cell) == 12


def test_the_draft_mark_stands_on_the_screen_and_on_each_printed_page() -> None:
    text = page(draft())
    assert '<p class="draft">ТӨСӨЛ</p>' in text
    assert '@top-right { content: "ТӨСӨЛ"' in text
    assert "ТӨСӨЛ" not in page(nine_clauses())


def test_the_summary_spans_its_levels() -> None:
    text = page(draft_summary())
    assert '<th rowspan="8" scope="rowgroup">Үүнээс</th>' in text
    lines = shown_lines(text)
    start = lines.index("Үүнээс")
    assert lines[start : start + 7] == ["Үүнээс", "Үр дүнтэй", "100%", "4", "Тодорхой үр дүнд хүрсэн", "90%", "1"]
    assert "Тайлагнаагүй" in lines


def test_a_summary_without_levels_is_valid() -> None:
    sheet = draft_summary()
    assert sheet.tally is not None
    for changes in ({"levels": ()}, {"levels": (), "states": ()}):
        text = page(replace(sheet, tally=replace(sheet.tally, **changes)))  # type: ignore[arg-type]  # fields of Tally
        assert faults(text) == []


def test_an_annex_has_its_own_table() -> None:
    text = page(replace(draft(), annexes=(breakdown(), replace(breakdown(), title="Бүлгээр"))))
    assert text.count('<section class="annex">') == 2
    assert text.count("<table") == 3


def test_the_time_grows_in_a_line_with_the_rows() -> None:
    def seconds(sheet: Sheet) -> float:
        start = process_time()
        assert render(sheet, default()).findings == ()
        return process_time() - start

    small, large = many(150), many(1_500)
    few = min(seconds(small) for _ in range(3))
    assert min(seconds(large) for _ in range(3)) < 40 * few


# The template's faults


def test_a_template_that_is_no_text_is_named() -> None:
    found = problems(nine_clauses(), b"<p>\xff</p>")
    assert found == [("not-utf8", 1, {"byte": "0xFF"})]
    assert problems(nine_clauses(), b"\xef\xbb\xbf<p>\n\n\xff</p>")[0][1] == 3


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + DEFAULT.read_bytes().replace(b"\n", b"\r\n")
    assert render(draft(), Template(PATH, content)).content == page(draft()).encode()


Fault = tuple[str, str, int, dict[str, str]]
BROKEN: list[Fault] = [
    ("<p>\n{% for line in sheet.remarks %}\n{{ line }}", "template-unclosed-tag", 2, {"end": "endfor"}),
    ("{% set a %}{% set b = 1 %}\n{% if a %}b{% endif %}", "template-unclosed-tag", 1, {"end": "endset"}),
    ("<p>\n\n{{ sheet.name | }}</p>", "template-broken-tag", 3, {}),
    ("<p>\r\n\x0c{{ sheet.name + 1 }}</p>", "template-broken-tag", 2, {}),
    ("\n\n{{ range(10 ** 9)|length }}", "template-broken-tag", 3, {}),
    ("{{ []|first }}", "template-broken-tag", 1, {}),
    ("<p>\n{% endfor %}</p>", "template-unknown-word", 2, {"word": "endfor"}),
    ("<p>\n{{ sheet.name|nothing }}</p>", "template-unknown-word", 2, {"word": "nothing"}),
    ("<p>\n{% if 1 %}{{ sheet.name is nothing }}{% endif %}</p>", "template-unknown-word", 2, {"word": "nothing"}),
    ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "template-nested-too-deep", 1, {}),
    ("<p>\n{{ sheet.nmae }}</p>", "template-unknown-field", 2, {"name": "nmae"}),
    ("<p>\n{{ sheet.heading.titel }}</p>", "template-unknown-field", 2, {"name": "titel"}),
    ("{{ progress }}", "template-unknown-field", 1, {"name": "progress"}),
    ("{{ sheet.remarks[7] }}", "template-unknown-field", 1, {"name": "7"}),
    ("<p>\n{{ sheet.__class__.__mro__ }}</p>", "template-forbidden-tag", 2, {}),
    ("{% include 'other.html' %}", "template-forbidden-tag", 1, {}),
]


@pytest.mark.parametrize(("source", "code", "line", "values"), BROKEN)
def test_a_fault_of_a_tag_is_named_with_its_line(source: str, code: str, line: int, values: dict[str, str]) -> None:
    paragraph = source.split("\n")[line - 1].strip()
    assert problems(nine_clauses(), source) == [(code, line, {"paragraph": paragraph, **values})]


ADDRESSES = [
    "{{ range }}",
    "{{ sheet.name.upper }}",
    "{{ sheet['name']['upper'] ~ '' }}",
    "{{ [sheet.name.upper] }}",
    "{{ [sheet.name.upper]|join|upper }}",
    "{{ sheet.name|attr('upper')|urlencode }}",
    "{{ '%s'|format(sheet.name.upper) }}",
    "{{ '{}'.format(sheet.name.upper) }}",
    "{% block name %}{% endblock %}{{ self.name }}",
]


@pytest.mark.parametrize("tag", ADDRESSES)
def test_a_function_is_no_value_however_it_is_printed(tag: str) -> None:
    assert problems(nine_clauses(), tag) == [("template-broken-tag", 1, {"paragraph": tag})]


@pytest.mark.parametrize(
    ("tag", "code"),
    [("{{ [1, 2]|random }}", "template-unknown-word"), ("{{ {'a': 1}.keys() - [] }}", "template-broken-tag")],
)
def test_a_tag_that_chance_decides_is_refused(tag: str, code: str) -> None:
    assert [found for found, _, _ in problems(nine_clauses(), tag)] == [code]


def test_filters_give_lists_that_can_be_printed() -> None:
    source = (
        "{{ [2, 1, 2]|unique|reverse }} {{ [[0, 'a']]|map(attribute=1) }} {{ 'ab'|reverse }} {{ [1, 2, 3]|batch(2) }}"
    )
    assert carried_out(source, {}) == "[1, 2] [&#39;a&#39;] ba [[1, 2], [3]]"


def test_what_one_sheet_sets_is_unknown_to_the_next_of_the_same_template() -> None:
    source = "{% if sheet.name == 'a' %}{% set seen = 'a' %}{% endif %}{{ seen is defined }}"

    shown = [carried_out(source, {"sheet": {"name": name}}) for name in "aba"]

    assert shown == ["True", "False", "True"]


def test_a_template_that_leaves_a_column_out_is_refused() -> None:
    source = DEFAULT.read_text(encoding="utf-8")
    without = source.replace(
        "{{ entry(column, row[column.key]) }}",
        '{% if column.key != "superior" %}{{ entry(column, row[column.key]) }}{% endif %}',
    )
    assert without != source
    found = problems(nine_clauses(), without)
    assert {code for code, _, _ in found} == {"template-loses-value"}
    # Nine scores are nowhere, although each of them also stands in another column.
    assert sorted(values["value"] for _, _, values in found) == ["0%", *["100%"] * 6, *["70%"] * 2]


def test_a_template_that_leaves_the_remarks_out_is_refused() -> None:
    source = DEFAULT.read_text(encoding="utf-8").replace("<p>{{ remark }}</p>", "")
    found = problems(draft(), source)
    assert [values["value"] for _, _, values in found] == list(draft().remarks)
    assert problems(nine_clauses(), source) == []


def test_values_in_comments_attributes_scripts_and_the_title_are_not_shown() -> None:
    places = ("<!-- {} -->", "<i title='{}'></i>", "<script>{}</script>", "<style>{}</style>", "<title>{}</title>")
    tags = "".join(place.format("{{ remark }}") for place in places)
    hidden = f"{{% for remark in sheet.remarks %}}{tags}{{% endfor %}}"
    source = DEFAULT.read_text(encoding="utf-8").replace("<p>{{ remark }}</p>", "") + hidden
    assert [values["value"] for _, _, values in problems(draft(), source)] == list(draft().remarks)


def test_an_office_may_shape_the_values_in_its_own_way() -> None:
    source = """<p>{% for line in sheet.heading.title %}{{ line }} {% endfor %}
{{ sheet.heading.date }}, {{ sheet.heading.place }}</p>
{% for table in sheet.tables %}{% for band in table.bands %}
{% if band.rows is defined %}{% for row in band.rows %}
<p>{{ band.decision_number }}. <b>{{ band.decision }}</b> {{ row.clause_number }})
{{ row.clause.text.split("\\n")|join("; ") }}
<em>{{ row.self }}</em> / <em>{{ row.superior }}</em></p>
<pre>{{ row.progress }}</pre>
{% endfor %}{% else %}<h2>{{ band.title }}</h2>{% endif %}
{% endfor %}{% endfor %}
{% for one in sheet.signatures %}<p>{{ one.caption }}: {{ one.post }} {{ one.name }}</p>{% endfor %}
<p>{{ sheet.end_mark }}"""
    assert problems(nine_clauses(), source) == []


def test_a_place_that_begins_with_a_number_stands_beside_the_date() -> None:
    sheet = nine_clauses()
    sheet = replace(sheet, heading=replace(sheet.heading, place="1 дүгээр хороо"))
    assert "2023 оны 12 дугаар сарын 25 1 дүгээр хороо" in shown_lines(page(sheet))
    joined = DEFAULT.read_text(encoding="utf-8").replace("</span> <span>", "</span><span>")
    assert "date }}</span><span>" in joined
    assert problems(sheet, joined) == []


def test_numbers_of_two_inline_tags_are_two_numbers() -> None:
    assert shown_lines("<b>25</b>1 <i>2</i><i>3</i> x<b>4</b>,<b>5</b>") == ["25 1 2 3 x4,5"]
    assert shown_lines("<p>1</p>2<br>3") == ["1", "2", "3"]


def test_without_a_template_there_is_nothing_to_render() -> None:
    with pytest.raises(TypeError):
        render(nine_clauses(), None)


# On paper


@pytest.mark.browser
@pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("pdftotext")), reason="Chromium is not installed")
def test_printed_pages_repeat_the_headings_and_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "sheet.html").write_text(page(long_narrative()), encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}/profile",
        "--no-pdf-header-footer",
    ]
    subprocess.run(
        ["chromium", *options, f"--print-to-pdf={tmp_path}/sheet.pdf", f"file://{tmp_path}/sheet.html"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    printed = subprocess.run(["pdftotext", "-layout", f"{tmp_path}/sheet.pdf", "-"], check=True, capture_output=True)
    pages = printed.stdout.decode().split("\f")[:-1]
    assert len(pages) > 5
    assert [f"{at} / {len(pages)}" in one for at, one in enumerate(pages, start=1)] == [True] * len(pages)
    # The last page may hold nothing but the signatures.
    assert ["Хэрэгжилтийн явц" in one for one in pages[:-1]] == [True] * (len(pages) - 1)


def test_values_are_read_as_the_sandbox_alone_would_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly = [page(sample()) for sample in SAMPLES]
    monkeypatch.setattr(sandbox, "_FIELDS", defaultdict(frozenset))
    assert [page(sample()) for sample in SAMPLES] == quickly


def test_what_a_tag_set_is_no_way_round_the_sandbox() -> None:
    tags = ("{{ kept.__class__ }}", "{{ kept._Namespace__attrs }}", "{{ kept.text.__class__ }}", "{{ kept.gone }}")
    found = [problems(nine_clauses(), "{% set kept = namespace(text='') %}" + tag)[0][0] for tag in tags]
    assert found == [
        "template-forbidden-tag",
        "template-forbidden-tag",
        "template-forbidden-tag",
        "template-unknown-field",
    ]


PIECES = (
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        '<i class="a b">',
        "</i>",
        "<br>",
        "<br/>",
        "<br />",
        "<P>",
        "</P >",
        "<a-b>",
        "< p>",
    ),
    *("<!-- <p> -->", "<!doctype html>", "<title>", "</title>", "<svg>", "</svg>", "<style>", "</style>", "<script>"),
    *("</script>", "<b x='>'>", '<b x=">">', "<b x=1/2>", "&lt", "&amp;", "&#50;", "&am", "p;", "<", ">", "'", '"'),
    *("Өрх", "1", "²", "25", " ", "  ", "\n", "\t", "\u00a0", "\r\n"),
)


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("<svg><svg>а</svg>б</svg>в<title>г")
@example("1<b></b><i>2</i> ²<b>3</b> Ө<b>4</b>")
@example("<style>p { x: '<p>' }</style>&am<b>p;</b>")
@example("<title><style></title>&lt")
@example("<svg><style></svg>а</style>б</svg>")
def test_lines_found_at_once_are_those_that_the_parser_finds(text: str) -> None:
    assert shown_lines(text) == parsed_lines(text)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_page_of_the_default_template_needs_no_parser(
    sample: Callable[[], Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = parsed_lines(page(sample()))
    monkeypatch.setattr(page_text, "parsed_lines", lambda _page: [])
    assert shown_lines(page(sample())) == parsed
