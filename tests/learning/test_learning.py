"""A template learned from a filled-in sheet: what was imported from the sheet builds the same page again."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import filled_in
import pytest
from docx import Document
from docx.oxml.ns import qn
from office_sheet import looks, page

from planctl.forms.paper import Line
from planctl.importer import read
from planctl.importer.recognition import recognised
from planctl.pipeline import load
from running import OFFICE, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Ran


def built(planctl: Callable[..., Ran], folder: Path, content: bytes, *options: str) -> bytes:
    """Return the sheet that is built of what was imported from an office's, with the template learned from it."""
    (folder / "sheet.docx").write_bytes(content)
    assert planctl("import", "sheet.docx", cwd=folder).code == 0
    learned = planctl("template", "learn", "sheet.docx", *options, cwd=folder)
    assert learned.code == 0, learned.err
    made = planctl("build", "--format", "docx", cwd=folder)
    assert made.code == 0, made.err
    return (folder / "build" / "sheet.2023.table.docx").read_bytes()


@pytest.mark.parametrize(
    "filled_in_sheet", [filled_in.register, filled_in.action_plan, filled_in.performance_plan, filled_in.programme]
)
def test_the_same_page_comes_of_what_was_imported_and_learned(
    filled_in_sheet: Callable[[], bytes], planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    office = filled_in_sheet()

    made = built(planctl, tmp_path, office)

    assert page(made) == page(office)
    assert looks(made) == looks(office)
    header = Document(BytesIO(made)).sections[0].header._element
    assert header.find(f".//{qn('w:drawing')}") is not None


def test_every_row_that_is_built_leads_back_to_its_item(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    made = built(planctl, tmp_path, filled_in.performance_plan())

    paper = recognised(read(made, "made.docx")).paper

    assert paper is not None
    addresses = [line.address for table in paper.tables for line in table.lines if isinstance(line, Line)]
    assert addresses == [f"sheet#{id_}" for id_ in load(tmp_path).portfolio.plans["sheet"].items]


def test_lists_of_word_sums_and_signatures_side_by_side_are_learned(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    office = filled_in.lists_and_signatures_side_by_side()

    made = built(planctl, tmp_path, office)

    letterhead, title, table, signatures = page(made)
    assert [letterhead, title] == page(office)[:2]
    assert table == page(office)[2][:-1]  # the row of sums is planctl's own to count
    assert signatures == page(office)[3]
    assert list_styles(made) == list_styles(office)


def list_styles(content: bytes) -> list[tuple[str, str]]:
    """Return the items of lists of a document with their styles."""
    return [
        (paragraph.style.name, paragraph.text)
        for table in Document(BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        if paragraph.style.name.startswith("List")
    ]


def test_a_table_that_goes_on_with_another_is_one_table(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    made = built(planctl, tmp_path, filled_in.parted())

    first, second = (shown for shown in page(filled_in.parted()) if isinstance(shown, list))
    assert [shown for shown in page(made) if isinstance(shown, list)] == [[*first, *second[1:]]]


def test_tracked_changes_are_accepted_and_content_controls_opened(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    made = built(planctl, tmp_path, filled_in.tracked())

    shown = page(filled_in.tracked())
    assert page(made) == shown
    assert shown[1] == "2023 оны 12 дугаар сарын 25"


def test_a_plan_as_approved_is_learned_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "sheet.docx").write_bytes(filled_in.approved_plan())
    planctl("import", "sheet.docx", cwd=tmp_path)

    learned = planctl("template", "learn", "sheet.docx", "--name", "office/plan", cwd=tmp_path)

    assert (learned.code, learned.out) == (0, "")
    assert "  action-plan/plan.docx: templates/office/plan.docx\n" in (tmp_path / "planctl.yaml").read_text("utf-8")
    assert planctl("build", "--format", "docx", cwd=tmp_path).code == 0
    made = (tmp_path / "build" / "sheet.plan.docx").read_bytes()
    assert page(made)[:-1] == page(filled_in.approved_plan())[:-1]  # the end mark is the official one


# What it says


def test_it_says_line_by_line_what_it_did(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"sheet.docx": filled_in.register()})

    told = planctl("template", "learn", "sheet.docx", cwd=tmp_path)

    assert (told.code, told.out) == (0, "")
    assert told.err.splitlines() == [
        "sheet.docx: a sheet of the form resolutions, for the template resolutions/table.docx",
        "table 1: the table of items",
        "paragraph 4: the title → {{ sheet.heading.title }}",
        "paragraph 1: the reference → {{ sheet.heading.reference }}",
        "{{ sheet.heading.draft }} was put above the title; it shows only where there is one",
        "paragraph 6: the date → {{ sheet.heading.date }}",
        "paragraph 6: the place → {{ sheet.heading.place }}",
        (
            "paragraph 9: the signatures → "
            "{{ signature.caption }}, {{ signature.post }}, {{ signature.name }}, repeated for each who signs"
        ),
        "table 1, row 2: the numbers of the columns stay",
        "table 1: the column “Шийдвэр Д/д” → {{ band.decision_number }}",
        "table 1: the column “Заалт Д/д” → {{ row.clause_number }}",
        "table 1: the column “Шийдвэрийн нэр, огноо, дугаар” → {{ band.decision }}",
        "table 1: the column “Холбогдох заалтын агуулга” → {{ row.clause }}",
        'table 1: the column “Тэмдэглэл” → {{ row.beside.get("extra:Тэмдэглэл", "") }}',
        "table 1: the column “Өөрийн үнэлгээ” → {{ row.self }}",
        "table 1: the column “Дээд шатны байгууллагын үнэлгээ” → {{ row.superior }}",
        "table 1: the column “Хэрэгжилтийн явц” → {{ row.progress }}",
        "table 1, row 4: the row of an item",
        "table 1, row 3: a section row of level 1 → {{ band.title }}",
        "table 1: other rows of items that were taken out: 3",
        "{{ remark }} was put below the table; it shows only where there is one",
        "paragraph 8: left as it was: Энэхүү тайланг цахимаар байршуулна.",
        "the page's header and footer were left as they were",
        "wrote templates/resolutions/table.docx",
        "wrote its line under templates: in planctl.yaml",
        "0 errors",
        "0 warnings",
    ]


def test_a_dry_run_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"sheet.docx": filled_in.register()})
    before = sorted(tmp_path.rglob("*"))

    told = planctl("template", "learn", "sheet.docx", "--dry-run", cwd=tmp_path)

    assert told.code == 0
    assert "would write templates/resolutions/table.docx\n" in told.err
    assert sorted(tmp_path.rglob("*")) == before


def without_column(content: bytes, at: int) -> bytes:
    """Return a sheet whose tables have lost a column."""
    document = Document(BytesIO(content))
    for table in document.tables:
        for row in table._tbl.tr_lst:
            if len(row.tc_lst) > at:
                row.remove(row.tc_lst[at])
        grid = table._tbl.tblGrid
        grid.remove(grid.gridCol_lst[at])
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_column_that_the_office_has_not_is_missed_only_where_a_plan_fills_it(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    made = built(planctl, tmp_path, without_column(filled_in.parted(), 9))

    assert "Дээд шатны байгууллагын үнэлгээ" not in page(made)[2][0]
    told = planctl("template", "learn", "sheet.docx", cwd=tmp_path)
    assert "warning: template-hides-column" in told.out


def test_a_template_that_loses_something_of_the_projects_own_sheets_is_written_and_not_named(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "sheet.docx").write_bytes(filled_in.parted())
    planctl("import", "sheet.docx", cwd=tmp_path)
    settings = (tmp_path / "planctl.yaml").read_text("utf-8")
    (tmp_path / "fewer.docx").write_bytes(without_column(filled_in.parted(), 6))

    told = planctl("template", "learn", "fewer.docx", cwd=tmp_path)

    assert told.code == 1
    assert "the template does not show the column “Хэрэгжилтийн явц”" in told.out
    assert told.out.endswith("templates:\n  action-plan/table.docx: templates/action-plan/table.docx\n")
    assert (tmp_path / "planctl.yaml").read_text("utf-8") == settings
    assert (tmp_path / "templates" / "action-plan" / "table.docx").is_file()


# What it refuses


def with_member(content: bytes, name: str, held: bytes) -> bytes:
    """Return a Word file with one more part."""
    target = BytesIO(content)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr(name, held)
    return target.getvalue()


ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            filled_in.letter(),
            "a.docx: no table with the headings of a form, so there is nothing to repeat; name the form with --form",
        ),
        (
            filled_in.two_tables(),
            "a.docx: tables 1 and 2 are both for the items of a plan; leave one of them in it",
        ),
        (b"\xd0\x9d\xd1\x8d\xd1\x80;2\n1;2\n", "a.docx is no Word file; a template is learned from a .docx"),
        (ENCRYPTED, "a.docx is locked with a password; open it, take the password off, and save it again"),
        (
            with_member(filled_in.register(), "word/vbaProject.bin", b"macro"),
            "a.docx: the template is saved as .docm, and not as .docx",
        ),
    ],
    ids=["no table", "two tables", "a text", "encrypted", "macros"],
)
def test_what_no_template_can_be_made_of_is_refused_in_one_line(
    content: bytes, line: str, planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, OFFICE, {"a.docx": content})

    told = planctl("template", "learn", "a.docx", cwd=tmp_path)

    assert (told.code, told.out, told.err) == (2, "", f"planctl: {line}\n")
    assert not (tmp_path / "templates").exists()


def test_text_that_looks_like_a_broken_tag_is_refused_in_one_line(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    document = Document(BytesIO(filled_in.register()))
    document.add_paragraph("{% for")
    target = BytesIO()
    document.save(target)
    write(tmp_path, OFFICE, {"a.docx": target.getvalue()})

    told = planctl("template", "learn", "a.docx", cwd=tmp_path)

    assert told.code == 2
    assert told.err.count("planctl: ") == 1
    assert "no template came of it, as it cannot be filled in" in told.err
    assert not (tmp_path / "templates").exists()


def test_a_file_that_differs_is_not_overwritten(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"a.docx": filled_in.register(), "templates/resolutions/table.docx": b"mine"})

    told = planctl("template", "learn", "a.docx", cwd=tmp_path)

    assert told.code == 2
    assert told.err.endswith(
        "templates/resolutions/table.docx is there already and differs; move it away, or name another with --name\n"
    )
    assert (tmp_path / "templates" / "resolutions" / "table.docx").read_bytes() == b"mine"
    assert (tmp_path / "planctl.yaml").read_text("utf-8") == OFFICE["planctl.yaml"]


def test_learning_once_more_changes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"a.docx": filled_in.register()})
    planctl("template", "learn", "a.docx", cwd=tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    told = planctl("template", "learn", "a.docx", cwd=tmp_path)

    assert told.code == 0
    assert "templates/resolutions/table.docx was so already\n" in told.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["../outside", "/absolute", "C:\\place"])
def test_a_template_lies_in_the_projects_own_folder(name: str, planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"a.docx": filled_in.register()})

    told = planctl("template", "learn", "a.docx", "--name", name, cwd=tmp_path)

    assert told.code == 2
    assert told.err == f"planctl: “{name}” is no name of a template; it lies in templates/, as NAME.docx\n"


def test_a_table_that_the_sheet_has_not_is_put_below_it(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office = filled_in.performance_plan()
    document = Document(BytesIO(office))
    second = document.tables[1]._tbl
    second.getprevious().getparent().remove(second.getprevious())
    second.getparent().remove(second)
    target = BytesIO()
    document.save(target)
    (tmp_path / "sheet.docx").write_bytes(office)
    (tmp_path / "first.docx").write_bytes(target.getvalue())
    planctl("import", "sheet.docx", cwd=tmp_path)

    learned = planctl("template", "learn", "first.docx", cwd=tmp_path)

    assert learned.code == 0, learned.out
    assert planctl("build", "--format", "docx", cwd=tmp_path).code == 0
    made = page((tmp_path / "build" / "sheet.2023.table.docx").read_bytes())
    titles = [shown for shown in made if isinstance(shown, str)]
    tables = [shown for shown in made if isinstance(shown, list)]
    assert "Мэдлэг, ур чадвараа дээшлүүлэх зорилт, арга хэмжээний биелэлт" in titles
    assert tables == [shown for shown in page(office) if isinstance(shown, list)]
