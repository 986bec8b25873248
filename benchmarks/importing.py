"""How fast office files are read and imported, next to the libraries that people would read them with.

    python benchmarks/importing.py [--docx 100 1000] [--xlsx 10000] [--rounds 7] [--growth 1000 5000 20000]

A .docx beside python-docx, which opens it and reads the text of every row; an .xlsx beside one full load by openpyxl.
`recognised` is read and taken for a plan with its entries; `imported` is that written as YAML and checked as well.
Ratios are medians of ratios within interleaved rounds; nothing is asserted.
"""

from __future__ import annotations

import argparse
import random
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import docx
import openpyxl
import xlsxwriter
from timing import interleave, timed

from planctl.authoring.drafted import drafted
from planctl.forms import FORMS
from planctl.garbage import collector_off
from planctl.importer import read
from planctl.importer.recognition import recognised
from planctl.incoming.arrival import Order
from planctl.incoming.arriving import arrive

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ("хөтөлбөрийн", "хүрээнд", "ажил", "зохион", "байгуулж", "үр", "дүнг", "тайлагнасан", "сум", "төсөв")
HEADINGS = ("№", "Арга хэмжээ", "Хугацаа", "Шалгуур үзүүлэлт", "Суурь түвшин", "Хүрэх түвшин", "Явц", "Үнэлгээ")


def rows_of(count: int) -> list[tuple[str, ...]]:
    """Return rows with narratives of several paragraphs, the same each time."""
    chance = random.Random(1)  # noqa: S311  # no secret

    def words(number: int) -> str:
        return " ".join(chance.choices(WORDS, k=number)).capitalize()

    return [
        (
            str(number),
            words(12),
            "I-IV улирал",
            words(6),
            str(chance.randrange(100)),
            str(chance.randrange(100)),
            "\n".join(words(25) for _ in range(3)),
            f"{chance.choice((100, 90, 70, 50))}%",
        )
        for number in range(1, count + 1)
    ]


def word_file(count: int) -> bytes:
    document = docx.Document()
    document.add_heading("Биелэлтийн тайлан")
    table = document.add_table(count + 1, len(HEADINGS))
    for row, texts in zip(table._tbl.tr_lst, [HEADINGS, *rows_of(count)], strict=True):  # noqa: SLF001  # cells are slow
        for cell, text in zip(row.tc_lst, texts, strict=True):
            first, *others = text.split("\n")
            cell.p_lst[0].add_r().text = first
            for line in others:
                cell.add_p().add_r().text = line
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def excel_file(count: int) -> bytes:
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = workbook.add_worksheet("Биелэлт")
    percent = workbook.add_format({"num_format": "0%"})
    sheet.write_row(0, 0, HEADINGS)
    for at, texts in enumerate(rows_of(count), start=1):
        sheet.write_number(at, 0, at)
        sheet.write_row(at, 1, texts[1:4])
        sheet.write_number(at, 4, int(texts[4]))
        sheet.write_number(at, 5, int(texts[5]))
        sheet.write_string(at, 6, texts[6])
        sheet.write_number(at, 7, int(texts[7].removesuffix("%")) / 100, percent)
    workbook.close()
    return target.getvalue()


def by_python_docx(content: bytes) -> list[list[str]]:
    document = docx.Document(BytesIO(content))
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def by_openpyxl(content: bytes) -> object:
    return openpyxl.load_workbook(BytesIO(content))


def recognise(content: bytes, name: str) -> object:
    with collector_off():
        paper = recognised(read(content, name)).paper
        compose = FORMS[paper.form].draft if paper else None
        return drafted(paper, compose(paper), id_="plan", units={}) if paper and compose else None


def bring_in(content: bytes, name: str) -> object:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return arrive([(path, name)], Path(folder, "office"), Order(period="2024"))


def compare(content: bytes, library: str, way: Callable[[], object], *, name: str, rounds: int) -> None:
    ways = {
        library: way,
        "read": lambda: read(content, name),
        "recognised": lambda: recognise(content, name),
        "imported": lambda: bring_in(content, name),
    }
    timings = interleave(ways, rounds=rounds)
    print(f"\n{name}, {len(content):,} bytes")
    for one in ways:
        print(f"  {one:<12} {timings.median(one) * 1000:>9.1f} ms {timings.ratio(one, to=library):>6.2f} x {library}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docx", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--xlsx", type=int, nargs="*", default=[10_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--growth", type=int, nargs="*", default=[1_000, 5_000, 20_000])
    options = parser.parse_args()
    for rows in options.docx:
        content = word_file(rows)
        way = partial(by_python_docx, content)
        compare(content, "python-docx", way, name=f"{rows:,}-rows.docx", rounds=options.rounds)
    for rows in options.xlsx:
        content = excel_file(rows)
        way = partial(by_openpyxl, content)
        compare(content, "openpyxl", way, name=f"{rows:,}-rows.xlsx", rounds=options.rounds)
    print("\ngrowth")
    for rows in options.growth:
        for name, made in (("a.docx", word_file), ("a.xlsx", excel_file)):
            content = made(rows - 1)
            seconds = timed(lambda c=content, n=name: read(c, n))
            print(f"  {name[2:]} {rows:>7,} rows {seconds:>7.2f} s {seconds / rows * 1e6:>7.0f} µs a row")


if __name__ == "__main__":
    main()
