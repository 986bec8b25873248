"""An author's text as paragraphs and lists, from which no sign of the author's is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.report.prose import blocks, line, prose
from planctl.report.sheet import EMPTY, Block, Cell


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def bullet(text: str, level: int = 1, ordinal: int = 1) -> Block:
    return Block("bullet", text, level, ordinal)


def number(ordinal: int, text: str, level: int = 1) -> Block:
    return Block("number", text, level, ordinal)


CASES: dict[str, tuple[str, list[Block]]] = {
    "a blank line parts paragraphs": (
        "Эхний догол\nмөрийн үргэлжлэл.\n\n\nДараагийн нь.",
        [paragraph("Эхний догол мөрийн үргэлжлэл."), paragraph("Дараагийн нь.")],
    ),
    "a line of blanks is blank": ("А\n   \nБ", [paragraph("А"), paragraph("Б")]),
    "bullets and bullets inside them": (
        "Дараах ажлыг хийв:\n- Цэвэрлэгээ\n  - 5 удаа\n    - хаврын\n      - цас\n- Сургалт",
        [
            paragraph("Дараах ажлыг хийв:"),
            bullet("Цэвэрлэгээ"),
            bullet("5 удаа", 2),
            bullet("хаврын", 3),
            bullet("цас", 3, 2),
            bullet("Сургалт", 1, 2),
        ],
    ),
    "a line as deep as a bullet's text goes on with it": (
        "- Цэвэрлэгээг\n  таван удаа\n  хийв\n- Сургалт",
        [bullet("Цэвэрлэгээг таван удаа хийв"), bullet("Сургалт", 1, 2)],
    ),
    "a line at the margin ends a bullet": (
        "- Цэвэрлэгээ\nНийт 5 удаа.",
        [bullet("Цэвэрлэгээ"), paragraph("Нийт 5 удаа.")],
    ),
    "a blank line ends what a bullet's line goes on with": (
        "- Цэвэрлэгээ\n\n  Дараа нь.",
        [bullet("Цэвэрлэгээ"), paragraph("Дараа нь.")],
    ),
    "bullets begin anew after a paragraph": (
        "- А\n- Б\n\nДараа нь\n\n- В",
        [bullet("А"), bullet("Б", 1, 2), paragraph("Дараа нь"), bullet("В")],
    ),
    "numbers that run one, two, three": (
        "1. Зам\n2. Гүүр\n3. Ус",
        [number(1, "Зам"), number(2, "Гүүр"), number(3, "Ус")],
    ),
    "numbers with bullets inside and a line that goes on": (
        "1. Зам\n   засав\n  - хоёр\n2. Гүүр",
        [number(1, "Зам засав"), bullet("хоёр", 2), number(2, "Гүүр")],
    ),
    "a second list of numbers": (
        "1. А\n2. Б\n\nДараа нь\n\n1. В\n2. Г",
        [number(1, "А"), number(2, "Б"), paragraph("Дараа нь"), number(1, "В"), number(2, "Г")],
    ),
    "a number by itself": ("1. Хөтөлбөрийг баталсугай.", [paragraph("1. Хөтөлбөрийг баталсугай.")]),
    "a number by itself above a list": (
        "1. Хөтөлбөр\n\n- А\n- Б",
        [paragraph("1. Хөтөлбөр"), bullet("А"), bullet("Б", 1, 2)],
    ),
    "numbers that go on after a paragraph": (
        "1. А\n2. Б\n\nДунд нь\n\n3. В\n4. Г",
        [number(1, "А"), number(2, "Б"), paragraph("Дунд нь"), paragraph("3. В"), paragraph("4. Г")],
    ),
    "numbers that skip one": ("1. А\n3. Б", [paragraph("1. А"), paragraph("3. Б")]),
    "a number that does not begin at one": ("5. А\n6. Б", [paragraph("5. А"), paragraph("6. Б")]),
    "a year": (
        "Ажлыг дуусгав\n2023. Үүнээс хойш",
        [paragraph("Ажлыг дуусгав 2023. Үүнээс хойш")],
    ),
    "signs that only look like lists": (
        "-5 хэм\n1.10 дахь заалт\n-\n2023. онд",
        [paragraph("-5 хэм 1.10 дахь заалт - 2023. онд")],
    ),
    "items with signs of the author's own": (
        "Дараах ажил:\n1) нэг\nа) хоёр\n• гурав\n– дөрөв",
        [paragraph(text) for text in ("Дараах ажил:", "1) нэг", "а) хоёр", "• гурав", "– дөрөв")],
    ),
    "a second list that begins anew": (
        "1. А\n2. Б\n\n1. В\n2. Г",
        [number(1, "А"), number(2, "Б"), number(1, "В"), number(2, "Г")],
    ),
    "a dash with blanks only": ("- \n- А", [paragraph("-"), bullet("А")]),
    "a tab counts as two blanks": ("- А\n\t- Б", [bullet("А"), bullet("Б", 2)]),
    "blanks at a line's end": ("А   \n- Б  ", [paragraph("А"), bullet("Б")]),
    "nothing": ("", []),
    "blank lines only": ("\n \n", []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_text_is_read_as_its_author_meant_it(name: str) -> None:
    text, expected = CASES[name]

    assert list(blocks(text)) == expected


def test_a_cell_of_prose_has_the_lines_of_its_blocks() -> None:
    assert prose("А\n\n- Б") == Cell("А\nБ", (paragraph("А"), bullet("Б")))
    assert prose("") == EMPTY == line("")


def test_a_short_text_keeps_its_lines_in_one_paragraph() -> None:
    assert line("Тогтоол\nДугаар 7/30") == Cell("Тогтоол\nДугаар 7/30", (paragraph("Тогтоол\nДугаар 7/30"),))


LINES = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", " ", "  ", "    "]),
        st.sampled_from(["", "- ", "1. ", "2. ", "12. ", "2023. "]),
        st.text("абв1-. ", max_size=5),
    )
)


@given(LINES)
def test_no_word_of_a_text_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)

    shown = "".join(
        (f"{block.ordinal}." if block.kind == "number" else "-" if block.kind == "bullet" else "") + block.text
        for block in blocks(text)
    )

    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


@given(LINES)
def test_numbers_of_a_list_run_from_one_and_levels_are_those_of_the_templates(lines: list[str]) -> None:
    found = blocks("\n".join(lines))

    for at, block in enumerate(found):
        assert (block.level == 0) == (block.kind == "paragraph")
        assert block.level <= 3
        if block.kind == "number" and block.ordinal > 1:
            before = next(one for one in reversed(found[:at]) if one.level <= block.level)
            assert (before.kind, before.level, before.ordinal) == ("number", block.level, block.ordinal - 1)
