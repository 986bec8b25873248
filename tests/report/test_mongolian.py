"""Dates, ordinals, periods and titles as official Mongolian writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planctl.alphabet import alphabetical
from planctl.forms.period import period_of
from planctl.report.mongolian import (
    date_in_sentence,
    decimal_comma,
    filled_in,
    heading_date,
    ordinal,
    period_genitive,
    summary_of,
    with_period,
)

FRONT_ENDS = {0, 1, 4, 9, 40, 90}
"""Numbers whose last spoken word has front vowels: тэг, нэг, дөрөв, ес, дөч, ер."""


def test_an_ordinal_goes_by_the_last_spoken_word() -> None:
    spoken_last = {number: number if number < 10 or number % 10 == 0 else number % 10 for number in range(100)}

    assert {number: ordinal(number) for number in range(100)} == {
        number: f"{number} {'дүгээр' if last in FRONT_ENDS else 'дугаар'}" for number, last in spoken_last.items()
    }


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (100, "100 дугаар"),
        (140, "140 дүгээр"),
        (374, "374 дүгээр"),
        (390, "390 дүгээр"),
        (400, "400 дугаар"),
        (900, "900 дугаар"),
        (1000, "1000 дугаар"),
        (1001, "1001 дүгээр"),
        (4000, "4000 дугаар"),
    ],
)
def test_hundreds_and_thousands_have_back_vowels(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_months_have_two_digits() -> None:
    front = {1, 4, 9, 11}

    assert [heading_date(date(2023, month, 5)) for month in range(1, 13)] == [
        f"2023 оны {month:02} {'дүгээр' if month in front else 'дугаар'} сарын 05" for month in range(1, 13)
    ]


def test_a_day_in_a_sentence_has_its_suffix_by_its_last_digit() -> None:
    suffixes = {
        day: date_in_sentence(date(2023, 12, day)).removeprefix(f"2023 оны 12 дугаар сарын {day:02}-")
        for day in range(1, 32)
    }

    front = {1, 4, 9, 11, 14, 19, 21, 24, 29, 31}
    assert suffixes == {day: "ний өдөр" if day in front else "ны өдөр" for day in range(1, 32)}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2023", "2023 оны жилийн эцсийн"),
        ("2023-H1", "2023 оны эхний хагас жилийн"),
        ("2023-H2", "2023 оны сүүлийн хагас жилийн"),
        ("2023-Q1", "2023 оны I улирлын"),
        ("2023-Q2", "2023 оны II улирлын"),
        ("2023-Q3", "2023 оны III улирлын"),
        ("2023-Q4", "2023 оны IV улирлын"),
    ],
)
def test_a_period_stands_in_the_genitive(written: str, words: str) -> None:
    period = period_of(written)

    assert period is not None
    assert period_genitive(period) == words
    assert with_period("Хурлын {period} тогтоолын хэрэгжилт", period) == f"Хурлын {words} тогтоолын хэрэгжилт"
    assert with_period("Тогтоолын хэрэгжилт", period) == f"{words} Тогтоолын хэрэгжилт"
    assert filled_in("Тогтоолын хэрэгжилт", period) == "Тогтоолын хэрэгжилт"


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Тогтоолын хэрэгжилт", "Тогтоолын хэрэгжилтийн товчоо"),
        ("Төлөвлөгөөний биелэлт", "Төлөвлөгөөний биелэлтийн товчоо"),
        ("Жилийн тайлан", "Жилийн тайлангийн товчоо"),
        ("Хэрэгжилт", "хэрэгжилтийн товчоо"),
        ("Тогтоолын явц", "Тогтоолын явц. Товчоо"),
    ],
)
def test_the_summary_of_a_report_is_named_after_it(title: str, summary: str) -> None:
    assert summary_of(title) == summary


@pytest.mark.parametrize(("number", "text"), [("82.2", "82,2"), ("89.0", "89,0"), ("89", "89"), ("1E+2", "100")])
def test_the_decimal_sign_is_a_comma(number: str, text: str) -> None:
    assert decimal_comma(Decimal(number)) == text


def test_names_sort_by_the_mongolian_alphabet_whatever_their_case() -> None:
    ordered = [
        "",
        "1 баг",
        "2 баг",
        "Аймаг",
        "ахуй",
        "Ерөнхий",
        "ёс",
        "Жолооч",
        "Ийм",
        "Йод",
        "Нам",
        "Орон",
        "Орон нутаг",
        "Оюун",
        "Өвөл",
        "өрх",
        "Пүрэв",
        "Сум",
        "Сүү",
        "Уул",
        "үнэ",
        "Фонд",
        "Ямаа",
    ]

    backwards = ordered[::-1]
    backwards.sort(key=alphabetical)
    assert backwards == ordered
