"""`planctl template check`: what a template lacks is told by its parts, and all of it at once."""

from __future__ import annotations

import re
import zipfile
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planctl.codes import rendering
from planctl.codes.rendering import PARTS
from planctl.output import pdf
from planctl.render.package import packed, unpacked
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = resources.files("planctl") / "templates"
PATHS = {"summary.docx": "templates/summary.docx", "resolutions/table.docx": "templates/table.docx"}
ONE_TRIED = "1 template was tried on a sample\n"
FINE = f"{ONE_TRIED}0 errors\n0 warnings\n"


def shipped(name: str) -> bytes:
    return SHIPPED.joinpath(*name.split("/")).read_bytes()


def changed(name: str, *pairs: tuple[str, str], member: str = "word/document.xml") -> bytes:
    """The Word template that planctl brings along, with texts in it replaced, at their first place only."""
    members = unpacked(shipped(name))
    text = members[member].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    members[member] = text.encode()
    return packed(members)


def page(*pairs: tuple[str, str]) -> bytes:
    """The HTML template, with texts in it replaced."""
    text = shipped("sheet.html").decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def named(**templates: str) -> str:
    lines = "".join(f"  {name.replace('__', '/').replace('_', '.')}: {path}\n" for name, path in templates.items())
    return f"{OFFICE['planctl.yaml']}templates:\n{lines}"


@pytest.fixture
def checked(planctl: Callable[..., Ran], tmp_path: Path) -> Callable[[str, bytes], Ran]:
    """A function that checks an office's own template of a name."""

    def check(name: str, content: bytes) -> Ran:
        path = f"templates/own{Path(name).suffix}"
        write(
            tmp_path, OFFICE, {"planctl.yaml": f"{OFFICE['planctl.yaml']}templates:\n  {name}: {path}\n", path: content}
        )
        return planctl("template", "check", cwd=tmp_path)

    return check


def told(ran: Ran) -> list[str]:
    """The findings as `line code: message`, without their hints."""
    findings = [line for line in ran.out.splitlines() if not line.startswith("    ")]
    return [re.sub(r"^\S+?:(\d+):1: (?:error|warning): ", r"\1 ", line) for line in findings]


# Templates without a fault


@pytest.mark.parametrize(
    "name", ["sheet.docx", "sheet.html", "summary.docx", "resolutions/table.docx", "action-plan/table.html"]
)
def test_the_templates_that_planctl_brings_along_have_no_fault(
    planctl: Callable[..., Ran], tmp_path: Path, name: str
) -> None:
    write(tmp_path, OFFICE)

    ran = planctl("template", "check", name, cwd=tmp_path)

    assert ran == Ran(0, "", FINE)


def test_a_general_template_can_stand_for_the_table_of_any_form(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {"own/sheet.docx": shipped("sheet.docx")})

    for name in ("resolutions/table", "action-plan/table", "action-plan/plan", "performance-plan/table", "summary"):
        assert planctl("template", "check", "own/sheet.docx", "--as", name, cwd=tmp_path) == Ran(0, "", FINE)


def test_a_general_template_need_not_show_what_a_sheet_s_own_template_shows(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    settings = named(sheet_docx="a.docx", sheet_html="b.html", summary_html="c.html")
    files = {
        "a.docx": changed("sheet.docx", ("{{ sheet.tally.closing }}", "")),
        "b.html": page(("{{ tally.closing }}", "")),
    }
    write(tmp_path, OFFICE, {"planctl.yaml": settings, "c.html": page()}, files)

    assert planctl("template", "check", cwd=tmp_path) == Ran(
        0, "", FINE.replace(ONE_TRIED, "3 templates were tried on samples\n")
    )


def test_without_an_own_template_there_is_nothing_to_check(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    ran = planctl("template", "check", cwd=tmp_path)

    assert ran == Ran(0, "", "planctl.yaml names no templates of the office's own\n")


def test_all_that_planctl_yaml_names_are_checked(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    settings = named(summary_docx="a.docx", sheet_html="b.html")
    write(tmp_path, OFFICE, {"planctl.yaml": settings, "a.docx": changed("summary.docx"), "b.html": page()})

    assert planctl("template", "check", cwd=tmp_path).err.startswith("2 templates were tried on samples\n")


def test_a_check_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)
    before = sorted(tmp_path.rglob("*"))

    planctl("template", "check", "summary.docx", cwd=tmp_path)

    assert sorted(tmp_path.rglob("*")) == before


# Faults of tags


def test_every_field_that_does_not_exist_is_told_at_once_and_what_is_not_shown_besides(
    checked: Callable[[str, bytes], Ran],
) -> None:
    content = changed(
        "summary.docx",
        ("{{ sheet.heading.date }}", "{{ sheet.heading.day }}"),
        ("{{ share.printed }}", "{{ share.pritned }}"),
        ("{{ signature.name }}", ""),
    )

    ran = checked("summary.docx", content)

    assert ran.code == 1
    lines = [line.split(": ", 1)[0] for line in told(ran)]
    assert lines == [
        *["1 template-hides-part"] * 3,
        "10 template-unknown-field",
        f"{lines[-1].split()[0]} template-unknown-field",
    ]
    assert "“day”, which does not exist, in the paragraph “{{ sheet.heading.day }}" in ran.out
    assert "“pritned”, which does not exist, in the paragraph “{{ share.pritned }}”" in ran.out
    assert "the template does not show the date" in ran.out
    assert "the template does not show the counts of the summary" in ran.out
    assert "the template does not show the signatures" in ran.out


def test_a_tag_that_is_not_closed_hides_the_rest_and_that_is_said(checked: Callable[[str, bytes], Ran]) -> None:
    ran = checked("summary.docx", changed("summary.docx", ("{%p endfor %}", ""), ("{{ signature.name }}", "")))

    (line,) = told(ran)
    assert line.startswith("4 template-unclosed-tag: a loop or a condition")
    assert line.endswith("“{%p for line in sheet.heading.title %}”")
    assert "templates/own.docx: which parts it does not show can be told once this is mended\n" in ran.err
    assert ran.code == 1


def test_every_tag_with_a_broken_brace_is_told_at_once(checked: Callable[[str, bytes], Ran]) -> None:
    pairs = (
        ("{{ sheet.tally.title }}", "{{ sheet.tally.title }"),
        ("{{ sheet.tally.closing }}", "{ sheet.tally.closing }}"),
    )

    ran = checked("summary.docx", changed("summary.docx", *pairs))

    assert [line.split(" ")[1] for line in told(ran)] == ["template-unfinished-tag:"] * 2
    assert "“{{ sheet.tally.title }”" in ran.out
    assert "“{ sheet.tally.closing }}”" in ran.out


def test_a_fault_of_a_loop_is_told_after_those_of_values_before_it(checked: Callable[[str, bytes], Ran]) -> None:
    pairs = (
        ("{{ sheet.heading.place }}", "{{ sheet.heading.palce }}"),
        ("in sheet.tally.levels %}", "in sheet.tally.lvels %}"),
    )

    ran = checked("summary.docx", changed("summary.docx", *pairs))

    assert [line.split(" ")[1] for line in told(ran)] == ["template-unknown-field:"] * 2
    assert "“palce”" in ran.out
    assert "“lvels”" in ran.out
    assert "can be told once this is mended" in ran.err


# Parts that are not shown

WORD_PARTS: list[tuple[str, str, str, str]] = [
    ("resolutions/table.docx", "{{ sheet.heading.reference }}", "reference", "word/document.xml"),
    ("resolutions/table.docx", "{{ line }}", "title", "word/document.xml"),
    ("resolutions/table.docx", "{{ sheet.heading.date }}", "date", "word/document.xml"),
    ("resolutions/table.docx", "{{ sheet.heading.place }}", "place", "word/document.xml"),
    ("resolutions/table.docx", "{{ sheet.heading.draft }}", "draft", "word/header1.xml"),
    ("resolutions/table.docx", "{{ band.title }}", "sections", "word/document.xml"),
    ("resolutions/table.docx", "{{ signature.caption }}", "signatures", "word/document.xml"),
    ("resolutions/table.docx", "{{ signature.post }}", "signatures", "word/document.xml"),
    ("summary.docx", "{{ sheet.heading.note }}", "note", "word/document.xml"),
    ("summary.docx", "{{ sheet.tally.title }}", "tally-title", "word/document.xml"),
    ("summary.docx", "{{ sheet.tally.total_label }}", "tally-total", "word/document.xml"),
    ("summary.docx", "{{ sheet.tally.total }}", "tally-total", "word/document.xml"),
    ("summary.docx", "{{ sheet.tally.of_which }}", "tally-total", "word/document.xml"),
    ("summary.docx", "{{ level.name }}", "tally-levels", "word/document.xml"),
    ("summary.docx", "{{ share.percent }}", "tally-percents", "word/document.xml"),
    ("summary.docx", "{{ share.printed }}", "tally-counts", "word/document.xml"),
    ("summary.docx", "{{ state.label }}", "tally-states", "word/document.xml"),
    ("summary.docx", "{{ state.printed }}", "tally-states", "word/document.xml"),
    ("summary.docx", "{{ sheet.tally.closing }}", "closing", "word/document.xml"),
    ("summary.docx", "{{ remark }}", "remarks", "word/document.xml"),
    ("summary.docx", "{{ sheet.end_mark }}", "end-mark", "word/document.xml"),
    ("summary.docx", "{{ head.text }}", "annex-headings", "word/document.xml"),
    ("summary.docx", "{{ table.title }}", "table-title", "word/document.xml"),
    ("sheet.docx", "{{ passage.title }}", "passages", "word/document.xml"),
]


@pytest.mark.parametrize(("name", "tag", "part", "member"), WORD_PARTS)
def test_a_part_that_a_word_template_leaves_out_is_named(
    checked: Callable[[str, bytes], Ran], name: str, tag: str, part: str, member: str
) -> None:
    ran = checked(name, changed(name, (tag, ""), member=member))

    assert told(ran) == [f"1 template-hides-part: the template does not show {PARTS[part]}"]
    assert ran.code == 1


def test_every_part_has_a_case() -> None:
    assert {part for _name, _tag, part, _member in WORD_PARTS} == set(PARTS)


@pytest.mark.parametrize(
    ("tag", "column"),
    [
        ("{{ band.decision_number }}", "Шийдвэр Д/д"),
        ("{{ row.clause_number }}", "Заалт Д/д"),
        ("{{ band.decision }}", "Шийдвэрийн нэр, огноо, дугаар"),
        ("{{ row.clause }}", "Холбогдох заалтын агуулга"),
        ("{{ row.self }}", "Өөрийн үнэлгээ"),
        ("{{ row.superior }}", "Дээд шатны байгууллагын үнэлгээ"),
    ],
)
def test_a_column_that_a_word_template_leaves_out_is_named_with_its_tag(
    checked: Callable[[str, bytes], Ran], tag: str, column: str
) -> None:
    ran = checked("resolutions/table.docx", changed("resolutions/table.docx", (tag, "")))

    assert ran.out == (
        "templates/own.docx:1:1: error: template-hides-column: the template does not show the column "
        f"“{column}” (resolutions/table)\n    put {tag} into its cell of the repeated row\n"
    )


def test_a_kind_of_paragraph_that_is_left_out_is_told_by_an_example(checked: Callable[[str, bytes], Ran]) -> None:
    old = 'block.kind == "number" and block.level == 2 %}'
    members = unpacked(changed("resolutions/table.docx"))
    text = members["word/document.xml"].decode()
    at = text.index("{{ block.text }}", text.index(old))
    members["word/document.xml"] = (text[:at] + text[at + len("{{ block.text }}") :]).encode()

    ran = checked("resolutions/table.docx", packed(members))

    assert told(ran) == [
        "1 template-hides-column: the template does not show the column “Хэрэгжилтийн явц” (resolutions/table)"
    ]
    assert "    a part of it is there, but of the sample it does not show “Жишээ дэд алхам 31”\n" in ran.out


def test_a_table_that_is_not_shown_at_all_is_one_finding(checked: Callable[[str, bytes], Ran]) -> None:
    content = changed("summary.docx", ("for table in sheet.annexes", "for table in sheet.tables"))

    ran = checked("summary.docx", content)

    assert told(ran) == [
        "1 template-hides-table: the template does not show the table “Бүлгээр” at all",
        "1 template-hides-table: the template does not show the table “Хариуцагчаар” at all",
    ]


def test_a_heading_that_is_worded_otherwise_and_rows_without_a_bookmark_are_warnings(
    checked: Callable[[str, bytes], Ran],
) -> None:
    content = changed("resolutions/table.docx", ("Заалт Д/д", "Дугаар"), ("{{r anchor(row) }}", ""))

    ran = checked("resolutions/table.docx", content)

    assert told(ran) == [
        "1 template-hides-heading: the heading “Заалт Д/д” (resolutions/table) stands nowhere in the template",
        "1 template-no-anchor: 8 rows of the built document carry no bookmark of their item",
    ]
    assert (ran.code, ran.err) == (0, f"{ONE_TRIED}0 errors\n2 warnings\n")


def test_a_heading_may_be_in_capitals_and_on_several_lines(checked: Callable[[str, bytes], Ran]) -> None:
    content = changed("resolutions/table.docx", ("Заалт Д/д", "ЗААЛТ</w:t><w:br/><w:t>Д/Д"))

    assert checked("resolutions/table.docx", content) == Ran(0, "", FINE)


def test_the_weight_of_a_warning_is_that_of_planctl_yaml(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    settings = named(resolutions__table_docx="t.docx") + "severities: {template-hides-heading: error}\n"
    content = changed("resolutions/table.docx", ("Заалт Д/д", "Дугаар"))
    write(tmp_path, OFFICE, {"planctl.yaml": settings, "t.docx": content})

    ran = planctl("template", "check", cwd=tmp_path)

    assert (ran.code, ran.out.split(" ")[1]) == (1, "error:")


def test_what_the_check_calls_an_error_a_build_refuses_too(
    planctl: Callable[..., Ran], checked: Callable[[str, bytes], Ran], tmp_path: Path
) -> None:
    assert checked("summary.docx", changed("summary.docx", ("{{ signature.name }}", ""))).code == 1

    built = planctl("build", "--format", "docx", cwd=tmp_path)

    assert built.code == 1
    assert "template-loses-value" in built.err


def test_parts_are_named_in_mongolian_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    content = changed("summary.docx", ("{{ signature.name }}", ""))
    write(tmp_path, OFFICE, {"planctl.yaml": named(summary_docx="a.docx"), "a.docx": content})

    ran = planctl("template", "check", cwd=tmp_path, lang="mn")

    assert "signatures" not in ran.out.split("\n")[0]
    assert "гарын үсэг" in ran.out


# HTML


@pytest.mark.parametrize(
    ("tag", "part"),
    [
        ("{{ signature.name }}", "signatures"),
        ("{{ sheet.heading.date }}", "date"),
        ("{{ sheet.heading.place }}", "place"),
        ("{{ remark }}", "remarks"),
        ("{{ tally.closing }}", "closing"),
        ("{{ share.printed }}", "tally-counts"),
        ("{{ sheet.end_mark }}", "end-mark"),
    ],
)
def test_a_part_that_an_html_template_leaves_out_is_named(
    checked: Callable[[str, bytes], Ran], tag: str, part: str
) -> None:
    ran = checked("sheet.html", page((tag, "")))

    assert told(ran) == [f"1 template-hides-part: the template does not show {PARTS[part]}"]


def test_a_column_that_an_html_template_leaves_out_is_named(checked: Callable[[str, bytes], Ran]) -> None:
    old = "{{ entry(column, row[column.key]) }}"

    ran = checked("resolutions/table.html", page((old, f'{{% if column.key != "self" %}}{old}{{% endif %}}')))

    assert told(ran) == [
        "1 template-hides-column: the template does not show the column “Өөрийн үнэлгээ” (resolutions/table)"
    ]


def test_unknown_fields_on_one_line_of_html_are_all_told(checked: Callable[[str, bytes], Ran]) -> None:
    old = '<div class="dateline"><span>{{ sheet.heading.date }}</span> <span>{{ sheet.heading.place }}</span></div>'

    ran = checked("summary.html", page((old, old.replace(".date", ".day").replace(".place", ".palce"))))

    assert [re.sub(r"^\d+ ([^:]+):.*?“(.*?)”.*", r"\1 \2", line) for line in told(ran) if "unknown" in line] == [
        "template-unknown-field day",
        "template-unknown-field palce",
    ]
    assert "does not show the date" in ran.out
    assert "does not show the place" in ran.out


def test_html_that_is_no_text_is_a_finding(checked: Callable[[str, bytes], Ran]) -> None:
    ran = checked("sheet.html", "<p>\nНэр".encode("cp1251"))

    assert [line.split(":")[0] for line in told(ran)] == ["2 not-utf8"]


# Files


def test_an_old_doc_with_another_ending_is_told(checked: Callable[[str, bytes], Ran]) -> None:
    ran = checked("summary.docx", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))

    assert told(ran) == ["1 template-not-docx: the template is saved as .doc, and not as .docx"]


def test_a_file_that_is_not_there_is_told_and_the_others_are_checked(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    settings = named(summary_docx="gone.docx", sheet_html="b.html")
    write(tmp_path, OFFICE, {"planctl.yaml": settings, "b.html": page()})

    ran = planctl("template", "check", cwd=tmp_path)

    assert ran.code == 2
    assert ran.err == f"{FINE}planctl: the template gone.docx cannot be read: No such file or directory\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["nope.docx"], "there is no template and no file “nope.docx”; `planctl template list` shows the templates"),
        (["own.docx"], "say with --as which template own.docx is to stand for, such as --as summary.docx"),
        (
            ["nope", "--pdf", "s.pdf"],
            "there is no template and no file “nope”; `planctl template list` shows the templates",
        ),
        (["own.docx", "--as", "sumary.docx"], "no sheet is made from a template of the name “sumary.docx”"),
        (["own.docx", "--as", "summary.xlsx"], "no sheet is made from a template of the name “summary.xlsx.docx”"),
    ],
)
def test_what_cannot_be_checked_is_told_in_one_line(
    planctl: Callable[..., Ran], tmp_path: Path, arguments: list[str], problem: str
) -> None:
    write(tmp_path, OFFICE, {"own.docx": changed("summary.docx")})

    assert planctl("template", "check", *arguments, cwd=tmp_path) == Ran(2, "", f"planctl: {problem}\n")


@pytest.mark.parametrize("path", ["templates/summary.docx", "other/summary.docx", "templates/letterhead.docx"])
def test_a_file_is_known_by_planctl_yaml_or_by_the_end_of_its_path(
    planctl: Callable[..., Ran], tmp_path: Path, path: str
) -> None:
    settings = named(summary_docx="templates/letterhead.docx")
    content = changed("summary.docx", ("{{ remark }}", ""))
    write(tmp_path, OFFICE, {"planctl.yaml": settings, path: content, "inner/x": ""})

    ran = planctl("template", "check", f"../{path}", cwd=tmp_path / "inner")

    assert ran.code == 1
    assert ran.out.startswith(f"{path}:1:1: error: template-hides-part")


def test_a_file_outside_of_a_project_is_checked_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {"resolutions/table.docx": changed("resolutions/table.docx", ("{{ row.self }}", ""))})

    ran = planctl("template", "check", "resolutions/table.docx", cwd=tmp_path)

    assert ran.code == 1
    assert told(ran) == [
        "1 template-hides-column: the template does not show the column “Өөрийн үнэлгээ” (resolutions/table)"
    ]


# The sample


def test_a_sample_sheet_is_written_as_the_template_would_make_it(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    word = planctl("template", "check", "resolutions/table.docx", "--sample", "out/s.docx", cwd=tmp_path)
    html = planctl("template", "check", "sheet.html", "--sample", "s.html", cwd=tmp_path)

    assert (word.code, word.err) == (0, f"{FINE}wrote out/s.docx\n")
    with zipfile.ZipFile(tmp_path / "out" / "s.docx") as package:
        assert "Жишээ: холбогдох заалтын агуулга 31" in package.read("word/document.xml").decode()
    assert html.code == 0
    assert "Жишээ" in (tmp_path / "s.html").read_text(encoding="utf-8")


def test_a_sample_is_printed_as_pdf_where_libreoffice_is(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def printing(sheets: list[Path]) -> list[bytes]:
        assert [zipfile.is_zipfile(BytesIO(sheet.read_bytes())) for sheet in sheets] == [True]
        return [b"%PDF- made"]

    monkeypatch.setattr(pdf, "converted", printing)
    write(tmp_path, OFFICE)

    ran = planctl("template", "check", "summary.docx", "--pdf", "s.pdf", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, f"{FINE}wrote s.pdf\n")
    assert (tmp_path / "s.pdf").read_bytes() == b"%PDF- made"


def test_without_libreoffice_the_check_is_made_and_the_pdf_is_not(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pdf.CHOSEN, "no-such-program")
    write(tmp_path, OFFICE)

    ran = planctl("template", "check", "summary.docx", "--pdf", "s.pdf", cwd=tmp_path)

    assert ran.code == 2
    assert ran.err.startswith(f"{FINE}planctl: LibreOffice, which makes the PDFs, was not found")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--sample", "s.docx"], "--sample: name the one template that the sample sheet is to be made from"),
        (
            ["summary.docx", "sheet.docx", "--pdf", "s.pdf"],
            "--pdf: name the one template that the sample sheet is to be",
        ),
        (["sheet.html", "--pdf", "s.pdf"], "--pdf: a PDF is made from a Word template"),
    ],
)
def test_a_sample_is_made_from_one_template(
    planctl: Callable[..., Ran], tmp_path: Path, arguments: list[str], problem: str
) -> None:
    write(tmp_path, OFFICE)

    ran = planctl("template", "check", *arguments, cwd=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"planctl: {problem}")


def test_the_template_itself_is_never_overwritten_by_its_sample(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    content = changed("summary.docx")
    write(tmp_path, OFFICE, {"planctl.yaml": named(summary_docx="a.docx"), "a.docx": content})

    ran = planctl("template", "check", "--sample", "a.docx", cwd=tmp_path)

    assert (ran.code, ran.err) == (2, f"{FINE}planctl: a.docx is the template itself; name another file\n")
    assert (tmp_path / "a.docx").read_bytes() == content


def test_no_sample_is_written_of_a_template_with_errors(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    content = changed("summary.docx", ("{{ remark }}", ""))
    write(tmp_path, OFFICE, {"planctl.yaml": named(summary_docx="a.docx"), "a.docx": content})

    ran = planctl("template", "check", "--sample", "s.docx", cwd=tmp_path)

    assert ran.code == 1
    assert ran.err.endswith("no sample sheet was made, because of its template\n")
    assert not (tmp_path / "s.docx").exists()


# The codes


def test_every_code_of_what_is_hidden_stands_in_a_case_above() -> None:
    hidden = {code.name for code in rendering.CODES if code.name.startswith("template-hides-")}

    assert hidden == {f"template-hides-{what}" for what in ("part", "column", "table", "heading")}
