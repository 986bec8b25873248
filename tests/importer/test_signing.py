"""Who signs, read off the page: every word of a signature is in it, or is left over."""

from __future__ import annotations

import pytest

from planctl.forms.paper import Written
from planctl.importer.signing import signatories
from planctl.place import Place


def signed(*rows: str, is_own: bool = False) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return who signs below a table, and what is left; rows of a table have "|" between their cells."""
    texts = [
        Written(cell.strip(" "), Place(table=2, row=at, column=column) if "|" in row else Place(paragraph=at))
        for at, row in enumerate(rows, start=1)
        for column, cell in enumerate(row.split("|"), start=1)
        if cell.strip()
    ]
    made, rest = signatories(texts, is_own=is_own)
    return [(str(one.caption or "-"), str(one.post or "-"), str(one.name or "-")) for one in made], [
        one.text for one in rest
    ]


NAMES = [
    *("А.Овог нэр", "Б.Энх Түвшин", "Ө.Үүрийнтуяа, доктор", "Батын Ганаа", "Боржигин овогт Дашийн Цэцэгмаа"),
    *("доктор Ц.Номин", "Г.Од (орлогч)", "Д.Бат-Эрдэнэ"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "rows",
    [
        ["Хянасан|", "Дарга||{name}"],
        ["Хянасан:|Дарга||{name}"],
        ["Хянасан:|Дарга|____________ {name}"],
        ["Хянасан:\nДарга|............ /{name}/"],
    ],
)
def test_the_cell_behind_a_post_is_the_name_whole(rows: list[str], name: str) -> None:
    assert signed(*(row.format(name=name) for row in rows)) == ([("Хянасан", "Дарга", name)], [])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "Боржигин овогт Дашийн Цэцэгмаа"])
@pytest.mark.parametrize(
    "rows",
    [["ХЯНАСАН:", "Дарга ............ {name}"], ["Хянасан: Дарга ________ {name}"], ["Хянасан: Дарга …… /{name}/"]],
)
def test_what_stands_behind_the_rule_is_the_name_whole(rows: list[str], name: str) -> None:
    got, rest = signed(*(row.format(name=name) for row in rows))

    assert ([(caption.capitalize(), post, who) for caption, post, who in got], rest) == (
        [("Хянасан", "Дарга", name)],
        [],
    )


@pytest.mark.parametrize("name", [*NAMES, "Б. Энхтүвшин", "сувд", "Г.Од /орлогч/", "С.Туяа, 2-р зэрэг", "(Ли)"])
@pytest.mark.parametrize(
    "rows", [["Нягталж үзсэн|", "Дарга||{name}"], ["Нягталж үзсэн\nДарга|______________________  {name}"]]
)
def test_a_sheet_that_planctl_built_says_who_signs_to_the_letter(rows: list[str], name: str) -> None:
    got = signed(*(row.format(name=name) for row in rows), is_own=True)

    assert got == ([("Нягталж үзсэн", "Дарга", name)], [])


def test_words_that_are_no_name_for_sure_stay_with_the_post() -> None:
    assert signed("Хянасан:", "Дарга", "Батын Ганаа", "Гаргасан:", "Мэргэжилтэн ........ Б.Наран") == (
        [("Хянасан", "Дарга Батын Ганаа", "-"), ("Гаргасан", "Мэргэжилтэн", "Б.Наран")],
        [],
    )


def test_what_stands_apart_behind_a_name_is_left() -> None:
    assert signed("Хянасан: Дарга ........ Д.Бат        2025.12.25") == (
        [("Хянасан", "Дарга", "Д.Бат")],
        ["2025.12.25"],
    )


def test_two_signatures_on_one_line_are_two() -> None:
    assert signed("Хянасан: Дарга ...... Д.Бат        Гаргасан: Мэргэжилтэн ...... С.Наран Туяа") == (
        [("Хянасан", "Дарга", "Д.Бат"), ("Гаргасан", "Мэргэжилтэн", "С.Наран Туяа")],
        [],
    )
