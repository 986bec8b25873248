"""Places in office files, told as people find them."""

from __future__ import annotations

import pytest

from planctl.diagnostics import Span
from planctl.place import Place, letters_of


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place("Биелэлт", row=7, column=2), "Биелэлт!B7"),
        (Place("Биелэлт 2023", row=7, column=28), "'Биелэлт 2023'!AB7"),
        (Place("Өвөл'23"), "'Өвөл''23'"),
        (Place("Биелэлт", column=3), "Биелэлт!C"),
        (Place("Биелэлт", part="header", paragraph=1), "Биелэлт, page header"),
        (Place(table=2, row=5, column=3), "table 2, row 5, column 3"),
        (Place(table=2, row=5), "table 2, row 5"),
        (Place(paragraph=4), "paragraph 4"),
        (Place(part="footer", paragraph=1), "page footer, paragraph 1"),
        (Place(row=3, column=1), "row 3, column 1"),
    ],
)
def test_a_place_is_told_in_the_words_of_its_program(place: Place, told: str) -> None:
    assert str(place) == told


def test_a_finding_names_the_cell_where_a_file_has_no_lines() -> None:
    assert str(Span("тайлан.docx", within=Place(table=1, row=2))) == "тайлан.docx: table 1, row 2"
    assert str(Span("plans/a.yaml", 6, 11)) == "plans/a.yaml:6:11"


def test_columns_are_lettered_as_in_a_worksheet() -> None:
    assert [letters_of(number) for number in (0, 1, 26, 27, 702, 703, 16384)] == [
        "",
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
