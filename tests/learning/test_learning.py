"""A template learned from a filled-in sheet: what was imported from the sheet builds the same page again."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.oxml.ns import qn

import filled_in
from office_sheet import looks, page
from planctl.forms.paper import Line
from planctl.importer import read
from planctl.importer.recognition import recognised
from planctl.pipeline import load

from running import Ran
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path



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
