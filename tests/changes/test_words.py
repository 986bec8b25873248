"""A reworded text, word by word, as a person would mark it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planctl.changes.words import marked, shortened, worded


def by_words(before: str, after: str) -> str:
    """Return the runs in one line: [-what went-]{+what came+}."""
    return "".join(map(marked, worded(before, after)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Худаг гаргах", "Худаг гаргах", "Худаг гаргах"),
        ("Багт худаг гаргах", "Багт гүн худаг гаргах", "Багт {+гүн +}худаг гаргах"),
        ("Өвс тэжээл бэлтгэх, хадгалах", "Өвс тэжээл бэлтгэх", "Өвс тэжээл бэлтгэх[-, хадгалах-]"),
        (
            "Иргэдэд сургалт зохион байгуулж, тайлагнана.",
            "Иргэдэд семинар зохион байгуулж, тайлагнана.",
            "Иргэдэд [-сургалт-]{+семинар+} зохион байгуулж, тайлагнана.",
        ),
        (
            "Нийт 12 өрхийг малжуулж 3 худаг гаргав.",
            "Нийт 15 өрхийг малжуулж 4 худаг гаргав.",
            "Нийт [-12-]{+15+} өрхийг малжуулж [-3-]{+4+} худаг гаргав.",
        ),
        (
            "Хөтөлбөрийн хэрэгжилтийг жил бүр тайлагнах ажлыг хариуцна",
            "Хөтөлбөрийн санхүүжилтийг улирал бүр хэлэлцэх ажлыг хариуцна",
            "Хөтөлбөрийн [-хэрэгжилтийг жил бүр тайлагнах-]{+санхүүжилтийг улирал бүр хэлэлцэх+} ажлыг хариуцна",
        ),
        ("Зам засав.", "Цэцэрлэгт хүрээлэн байгуулах", "[-Зам засав.-]{+Цэцэрлэгт хүрээлэн байгуулах+}"),
        ("Мод тарив.\nЗам засав.", "Мод тарив. Зам засав.", "Мод тарив.[-\n-]{+ +}Зам засав."),
    ],
)
def test_what_went_and_what_came_is_marked_in_whole_words(before: str, after: str, told: str) -> None:
    assert by_words(before, after) == told


@given(st.text("аөү ,.\n1", max_size=60), st.text("аөү ,.\n1", max_size=60))
@settings(max_examples=200, deadline=None)
def test_both_texts_can_be_read_from_the_runs(before: str, after: str) -> None:
    runs = worded(before, after)

    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
    assert all(run.text for run in runs)


def test_what_is_far_from_a_change_is_left_out() -> None:
    words = " ".join(f"үг{number}" for number in range(40))
    runs = shortened(worded(f"{words} нэг {words} дуусав", f"{words} хоёр {words} дуусав"), words=2)

    assert [run.text for run in runs] == ["… үг38 үг39 ", "нэг", "хоёр", " үг0 үг1 …"]


def test_a_very_long_text_is_compared_by_sentences() -> None:
    lines = [f"{number} дүгээр ажлыг хийж гүйцэтгэв.\n" for number in range(3000)]
    other = [*lines[:1500], "Шинэ ажил.\n", *lines[1501:]]

    runs = worded("".join(lines), "".join(other))

    assert [(run.kind, run.text) for run in runs if run.kind != "same"] == [
        ("removed", lines[1500].strip()),
        ("added", "Шинэ ажил."),
    ]
