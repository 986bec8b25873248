"""CSV files in the encodings and with the separators that programs in offices write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packages import said, texts

from papers import placed_signs
from planctl.errors import PlanctlError
from planctl.importer import read

if TYPE_CHECKING:
    from planctl.importer.office_file import OfficeFile

TABLE = "№;Арга хэмжээ;Үнэлгээ\n1;Хөдөө аж ахуйн үйлдвэрлэлийг дэмжих;0,9\n"
ROWS = [["№", "Арга хэмжээ", "Үнэлгээ"], ["1", "Хөдөө аж ахуйн үйлдвэрлэлийг дэмжих", "0,9"]]


def read_csv(content: bytes | str) -> OfficeFile:
    found = read(content.encode() if isinstance(content, str) else content, "a.csv")
    assert found.signs == placed_signs(found)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_its_encoding(encoding: str) -> None:
    found = read_csv(TABLE.encode(encoding))

    assert (texts(found.tables[0]), said(found)) == (ROWS, [])


def test_an_old_encoding_is_told_by_its_words_and_its_letters_mended() -> None:
    old = TABLE.translate(str.maketrans("өүӨҮ", "єїЄЇ")).encode("cp1251")

    found = read_csv(old)

    assert (texts(found.tables[0]), said(found)) == (ROWS, [("encoding-guessed", "")])


def test_letters_that_were_lost_are_said() -> None:
    found = read_csv("№;Арга хэмжээ\n1;Х?д?? орон нутгийн х?гжлийг дэмжсэн ?р д?н гарсан уу?\n")

    assert [(one.code, dict(one.values)) for one in found.remarks] == [("letters-lost-in-file", {"count": "3"})]


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_sign_between_cells_is_the_one_that_parts_them_evenly(sign: str) -> None:
    rows = [["№", "Ажил", "Явц"], ["1", f'"Мал{sign} тариа"', "хийв"], ["2", "Зам; гүүр, хашаа", "хийв"]]
    if sign in ";,":
        rows[2][1] = "Зам"
    found = read_csv("\n".join(sign.join(row) for row in rows))

    assert [row[0] for row in texts(found.tables[0])] == ["№", "1", "2"]
    assert texts(found.tables[0])[1][1:] == [f"Мал{sign} тариа".replace("\t", " "), "хийв"]


def test_a_line_that_names_the_sign_is_believed() -> None:
    assert texts(read_csv("sep=|\nа,б|в\n").tables[0]) == [["а,б", "в"]]


def test_quoted_cells_hold_lines_and_quotation_marks() -> None:
    found = read_csv('№,Явц\r\n1,"Дараах:\r\n- нэг ""хоёр"""\r\n\r\n2,\r\n')

    assert [(row.number, [cell.text for cell in row.cells]) for row in found.tables[0].rows] == [
        (1, ["№", "Явц"]),
        (2, ["1", 'Дараах:\n- нэг "хоёр"']),
        (4, ["2"]),
    ]
    assert str(found.tables[0].rows[1].cells[1].place) == "row 2, column 2"


def test_a_quotation_mark_that_does_not_end_is_one_clear_line() -> None:
    with pytest.raises(PlanctlError, match="a quotation mark that begins in row 2 does not end"):
        read_csv('№,Явц\n1,"хийв\n' + "2,хийв\n" * 500)
    with pytest.raises(PlanctlError, match="a quotation mark that begins in row 2 does not end"):
        read_csv('№,Явц\n1,"хийв' + "а" * 200_000)


def test_a_word_without_end_is_one_clear_line() -> None:
    with pytest.raises(PlanctlError, match=r"^a\.csv: row 2 is longer than any row of a table"):
        read_csv("Ажил\n" + "а" * 3_000_000)


def test_a_file_of_one_column_is_a_table_of_one_column() -> None:
    assert texts(read_csv("Ажил\nЗам засав\n").tables[0]) == [["Ажил"], ["Зам засав"]]
