"""Values as offices write them: exact numbers, the signs that leave a doubt, and the words around them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.forms.quantity import Quantity, exact, is_percent, printed, quantity, scale_of_unit


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1501980", "1501980"),
        ("1,501,980", "1501980"),
        ("1 501 980", "1501980"),
        ("1\u00a0501\u00a0980", "1501980"),
        ("1'501'980", "1501980"),
        ("220.540.000", "220540000"),
        ("82,2", "82.2"),
        ("82.2", "82.2"),
        ("300,0", "300.0"),
        ("1,2010", "1.2010"),
        ("0,467", "0.467"),
        ("0.125", "0.125"),
        ("12 345,6", "12345.6"),
        ("1.234,5", "1234.5"),
        ("96,814.2", "96814.2"),
        ("2101", "2101"),
        ("-5", "-5"),
        ("−5,5", "-5.5"),
        ("75.900000000000006", "75.900000000000006"),
    ],
)
def test_a_number_whose_signs_leave_no_doubt_is_exact(written: str, number: str) -> None:
    assert quantity(written) == Quantity("number", written, Decimal(number))


@pytest.mark.parametrize("written", ["51,467", "1.201", "51, 467", "999.000", "-51,467", "51,467-аас доошгүй"])
def test_a_comma_or_point_that_may_part_thousands_or_decimals_is_ambiguous(written: str) -> None:
    assert quantity(written) == Quantity("ambiguous", written)


@pytest.mark.parametrize(
    "written",
    ["Тухай бүр", "25/18", "1,2,3", "1,23,456", "51, 467 / 5, 180", "5 дугаар тогтоол", "20 хоногоос илүү", "x"],
)
def test_what_is_no_value_stays_a_text(written: str) -> None:
    assert quantity(written) == Quantity("text", written)


@pytest.mark.parametrize("written", ["", " ", "-", "–", "—", "байхгүй"])
def test_a_dash_or_nothing_says_that_there_is_none(written: str) -> None:
    assert quantity(written) == Quantity("none", written)


@pytest.mark.parametrize(
    ("written", "kind", "number"),
    [
        ("3-аас доошгүй", "at-least", "3"),
        ("10-аас доошгүй", "at-least", "10"),
        ("50-иас доошгүй", "at-least", "50"),
        ("100-гаас дээш", "at-least", "100"),
        ("5-аас дээш", "at-least", "5"),
        ("1000 гаруй", "at-least", "1000"),
        ("≥ 3", "at-least", "3"),
        (">=3", "at-least", "3"),
        ("дор хаяж 4", "at-least", "4"),
        ("20-оос ихгүй", "at-most", "20"),
        ("≤ 20", "at-most", "20"),
    ],
)
def test_a_bound_is_read_with_its_side(written: str, kind: str, number: str) -> None:
    read = quantity(written)

    assert (read.kind, read.number, read.is_share) == (kind, Decimal(number), False)


@pytest.mark.parametrize(
    ("written", "number"), [("50.0 хувь", "50.0"), ("95,5 хувь", "95.5"), ("100%", "100"), ("98 хувьд", "98")]
)
def test_a_share_is_a_number_of_per_cent(written: str, number: str) -> None:
    assert quantity(written) == Quantity("number", written, Decimal(number), is_share=True)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("суурь түвшинг 20 хувиар нэмэгдүүлэх", "20"),
        ("Суурь түвшинг 20 хувиар нэмэгдүүлнэ.", "20"),
        ("Суурь түвшнийг 30 хувиар нэмэгдүүлсэн байна", "30"),
        ("20%-иар өсгөх", "20"),
        ("15 хувиар бууруулах", "-15"),
        ("15 хувиар бууруулж", "-15"),
        ("+20%", "20"),
        ("-15 %", "-15"),
    ],
)
def test_a_growth_or_fall_counts_from_the_baseline(written: str, number: str) -> None:
    assert quantity(written) == Quantity("change", written, Decimal(number), is_share=True)


@pytest.mark.parametrize(
    ("written", "number", "scale"),
    [("505.2 мян", "505.2", 1000), ("1,4 сая", "1.4", 10**6), ("96,814.2 тэрбум", "96814.2", 10**9)],
)
def test_thousands_and_millions_in_words_are_a_scale(written: str, number: str, scale: int) -> None:
    assert quantity(written) == Quantity("number", written, Decimal(number), scale=scale)


def test_the_unit_may_follow_the_number() -> None:
    assert quantity("45 сургалт", "сургалт") == Quantity("number", "45 сургалт", Decimal(45))
    assert quantity("45 хүн", "сургалт").kind == "text"


def test_days_and_answers_are_read() -> None:
    assert quantity("2025-06-30") == Quantity("date", "2025-06-30", day=date(2025, 6, 30))
    assert quantity("2025-02-30").kind == "text"
    assert [quantity(text).yes for text in ("тийм", "Тийм", "үгүй", "yes", "no")] == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("unit", "scale"), [("сая төгрөг", 10**6), ("мянган хүн", 1000), ("төгрөг", 1), ("", 1), ("саяхан", 1)]
)
def test_a_unit_may_begin_with_a_scale(unit: str, scale: int) -> None:
    assert scale_of_unit(unit) == scale


def test_per_cent_is_a_unit() -> None:
    assert [is_percent(unit) for unit in ("хувь", "%", "Хувь", "хүн", "")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1501980", "1\u00a0501\u00a0980"),
        ("1,501,980", "1\u00a0501\u00a0980"),
        ("2101", "2101"),
        ("82.2", "82,2"),
        ("12345.60", "12\u00a0345,60"),
        ("-12345", "-12\u00a0345"),
        ("51,467", "51,467"),
        ("1000 гаруй", "1000 гаруй"),
        ("50.0 хувь", "50.0 хувь"),
        ("1.4 сая", "1.4 сая"),
        ("-", "-"),
    ],
)
def test_a_bare_number_is_printed_in_one_way_and_words_as_written(written: str, shown: str) -> None:
    assert printed(written) == shown


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_what_is_printed_reads_back_as_the_same_number(number: Decimal) -> None:
    assert quantity(printed(f"{number}")).number == number


@given(st.text(alphabet="0123456789.,' \u00a0-−%+хувьмянсая", max_size=14))
def test_no_text_of_signs_and_digits_breaks_the_reading(text: str) -> None:
    read = quantity(text)

    assert (read.number is None) or read.kind in {"number", "at-least", "at-most", "change"}


@given(st.integers(min_value=1000, max_value=10**9))
def test_every_way_of_parting_thousands_means_the_same(number: int) -> None:
    ways = {exact(f"{number:,}".replace(",", sign)) for sign in (" ", "\u00a0", "'")} | {exact(str(number))}

    assert ways == {Decimal(number)}
