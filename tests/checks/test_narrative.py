"""Narratives held against each other, and against a reached value."""

from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction

import pytest

from planctl.checks.narrative import contradicting, copies, is_unchanged

FIRST = (
    "Аймгийн хөгжлийн төлөвлөгөөнөөс сумд хамааралтай заалтыг тусган сумын 2023 оны хөгжлийн төлөвлөгөөг ИТХ-ын 22 "
    "гишүүний хуралдаанаар хэлэлцүүлэн батлуулсан. Биелэлтийг 2023 оны 12 дугаар сарын 19-ний өдөр сумын Иргэдийн "
    "төлөөлөгчдийн 13 дугаар хуралдааны үеэр хэлэлцүүлж, нийт 37 заалтаас 28 заалтыг бүрэн хэрэгжсэн гэж дүгнэсэн."
)
OTHER = (
    "Мал хулгайлах гэмт хэргээс урьдчилан сэргийлэх талаар 4 багийн Иргэдийн нийтийн хурлаар 300-аад малчдад "
    "сурталчилж, сан байгуулах тухай хэлэлцүүлэхэд хуралд оролцогчдын 80-аас дээш хувь нь шаардлагагүй гэж үзсэн. "
    "Жилийн эцсийн байдлаар мал хулгайлах гэмт хэрэг бүртгэгдээгүй байна."
)


def found(*texts: str) -> list[tuple[str, str]]:
    return [(one.id, one.first) for one in copies((str(at), text) for at, text in enumerate(texts))]


def test_a_narrative_that_differs_in_its_tail_and_a_slip_is_a_copy() -> None:
    pasted = FIRST.replace("19-ний", "19-ны").replace("сумын Иргэдийн", "Иргэдийн") + " Сайтад байршуулсан."

    assert found(FIRST, OTHER, pasted) == [("2", "0")]


def test_each_of_several_copies_names_the_first() -> None:
    assert found(FIRST, FIRST, OTHER, FIRST) == [("1", "0"), ("3", "0")]


def test_lines_and_spaces_do_not_hide_a_copy() -> None:
    assert found(FIRST, FIRST.replace(". ", ".\n\n").replace(", ", ",  ")) == [("1", "0")]


def test_a_copy_of_the_shorter_one_within_a_longer_one_is_a_copy() -> None:
    assert found(FIRST, f"{OTHER} {FIRST} {OTHER}") == [("1", "0")]


@pytest.mark.parametrize(
    "other",
    [
        OTHER,
        f"{FIRST[:100]} {OTHER}",
        "Аймгийн хөгжлийн төлөвлөгөөнөөс сумд хамааралтай заалтыг тусган ажилласан.",
    ],
)
def test_a_shared_sentence_alone_is_no_copy(other: str) -> None:
    assert found(FIRST, other) == []


def test_short_narratives_are_alike_by_nature() -> None:
    text = "Тогтоолын хэрэгжилтийг хангах ажлыг төлөвлөгөөний дагуу зохион байгуулж, тайланг хугацаанд нь хүргүүлэв."

    assert found(text, text) == []


def test_the_share_is_that_of_the_shorter_one() -> None:
    (copy,) = copies([("a", FIRST), ("b", f"{FIRST} {OTHER}")])

    assert copy.share == Fraction(1)


def test_narratives_that_are_all_alike_take_time_in_proportion_to_them() -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        assert len(found(*[FIRST] * count)) == count - 1
        return time.process_time() - start

    few = min(seconds(1_000) for _ in range(3))
    assert min(seconds(10_000) for _ in range(2)) < 30 * few


@pytest.mark.parametrize(
    ("before", "now", "is_same"),
    [
        ("Төлөвлөсөн 5 худгийн 2-ыг барив.", "Төлөвлөсөн  5 худгийн\n2-ыг барив", True),
        ("Төлөвлөсөн 5 худгийн 2-ыг барив.", "Төлөвлөсөн 5 худгийн 3-ыг барив.", False),
        ("Эхлээгүй.", "Эхлээгүй.", False),
    ],
)
def test_a_narrative_is_unchanged_whatever_its_spaces(before: str, now: str, *, is_same: bool) -> None:
    assert is_unchanged(before, now) is is_same


@pytest.mark.parametrize(
    ("text", "reached", "unit", "named"),
    [
        ("Нийт 45 сургалт зохион байгуулав.", "40", "сургалт", "45"),
        ("Бүх 4 багт 12 сургалтыг хийв.", "9", "сургалт", "12"),
        ("Хавар 3 ажлыг, намар 2 ажил хийв.", "9", "ажил", "3 2"),
        ("1 501 980 төгрөг зарцуулав.", "1501981", "төгрөг", "1501980"),
        ("1 501 980 сая төгрөг, 82,5 сая төгрөгийг зарцуулав.", "80", "сая төгрөг", "1501980 82.5"),
    ],
)
def test_counts_of_the_unit_that_make_another_value_contradict_it(
    text: str, reached: str, unit: str, named: str
) -> None:
    found = contradicting(text, Decimal(reached), unit)

    assert " ".join(map(str, found)) == named


@pytest.mark.parametrize(
    ("text", "reached", "unit"),
    [
        ("Нийт 45 сургалт зохион байгуулав.", "45", "сургалт"),
        ("Хавар 20 сургалт, намар 25 сургалт хийв.", "45", "сургалт"),
        ("Хавар 20 сургалт, намар 25 сургалт, онлайнаар 7 сургалт хийв.", "27", "сургалт"),
        ("Сургалтад 45 хүн хамруулав.", "9", "сургалт"),
        ("500 гаруй иргэн хамрагдав; 20 иргэн", "520", "иргэн"),
        ("2023 оны 12 дугаар сард хийв.", "9", "сургалт"),
        ("51,467 иргэн хамрагдав.", "5", "иргэн"),
        ("3-5 сургалт, А/45 сургалт, 2,5-7 сургалт", "9", "сургалт"),
        ("45 сургалт", "9", ""),
    ],
)
def test_what_may_be_meant_of_the_reached_value_does_not_contradict_it(text: str, reached: str, unit: str) -> None:
    assert contradicting(text, Decimal(reached), unit) == ()
