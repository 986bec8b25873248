"""When a measure is due: every spelling of offices, what it prints, and when its span begins and ends."""

from __future__ import annotations

from datetime import date

import pytest

from planctl.forms.timing import timing_of


def told(text: str) -> tuple[str, str, str, str] | None:
    timing = timing_of(text)
    if timing is None:
        return None
    return timing.kind, str(timing), timing.begins(2025).isoformat(), timing.ends(2025).isoformat()


@pytest.mark.parametrize(
    ("written", "printed", "begins", "ends"),
    [
        ("I-IV", "I-IV улиралд", "2025-01-01", "2025-12-31"),
        ("I-IV улиралд", "I-IV улиралд", "2025-01-01", "2025-12-31"),
        ("I-IV-р улиралд", "I-IV-р улиралд", "2025-01-01", "2025-12-31"),
        ("II- IV улиралд", "II-IV улиралд", "2025-04-01", "2025-12-31"),
        ("I", "I улиралд", "2025-01-01", "2025-03-31"),
        ("I, II", "I, II улиралд", "2025-01-01", "2025-06-30"),
        ("I,II улиралд", "I, II улиралд", "2025-01-01", "2025-06-30"),
        ("II-IV", "II-IV улиралд", "2025-04-01", "2025-12-31"),
        ("I-II", "I-II улиралд", "2025-01-01", "2025-06-30"),
        ("II улирал", "II улирал", "2025-04-01", "2025-06-30"),
        ("I ба III улиралд", "I ба III улиралд", "2025-01-01", "2025-09-30"),
        ("iii-iv", "III-IV улиралд", "2025-07-01", "2025-12-31"),
        ("ІІ улиралд", "II улиралд", "2025-04-01", "2025-06-30"),
        ("I–IV", "I-IV улиралд", "2025-01-01", "2025-12-31"),
    ],
)
def test_quarters_print_as_offices_write_them(written: str, printed: str, begins: str, ends: str) -> None:
    assert told(written) == ("quarters", printed, begins, ends)


@pytest.mark.parametrize(
    ("written", "kind", "begins", "ends"),
    [
        ("Сар бүр", "monthly", "2025-01-01", "2025-12-31"),
        ("Улирал бүр", "monthly", "2025-01-01", "2025-12-31"),
        ("Жилийн турш", "monthly", "2025-01-01", "2025-12-31"),
        ("Тухай бүр", "as-needed", "2025-01-01", "2025-12-31"),
        ("1-р улирал", "quarters", "2025-01-01", "2025-03-31"),
        ("2-3 улиралд", "quarters", "2025-04-01", "2025-09-30"),
        ("Эхний хагас жил", "months", "2025-01-01", "2025-06-30"),
        ("II хагас жил", "months", "2025-07-01", "2025-12-31"),
        ("03", "months", "2025-03-01", "2025-03-31"),
        ("02-07", "months", "2025-02-01", "2025-07-31"),
        ("3-7 сар", "months", "2025-03-01", "2025-07-31"),
        ("5 дугаар сард", "months", "2025-05-01", "2025-05-31"),
        ("2025-06-30", "days", "2025-06-30", "2025-06-30"),
        ("2025-03-01 - 2025-06-30", "days", "2025-03-01", "2025-06-30"),
        ("2025-03 - 2025-09", "days", "2025-03-01", "2025-09-30"),
    ],
)
def test_months_and_days_print_as_written(written: str, kind: str, begins: str, ends: str) -> None:
    assert told(written) == (kind, written, begins, ends)


@pytest.mark.parametrize(
    "written", ["", "V", "IV-I", "13", "7-3 сар", "2025-13-01", "2025-06-30 - 2025-03-01", "удахгүй"]
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert timing_of(written) is None


def test_months_alone_have_two_digits() -> None:
    assert [str(timing_of(text)) for text in ("3", "2-7")] == ["03", "02-07"]


def test_days_keep_their_year_whatever_the_plan_s() -> None:
    timing = timing_of("2024-06-30")

    assert timing is not None
    assert (timing.begins(2025), timing.ends(2025)) == (date(2024, 6, 30), date(2024, 6, 30))
