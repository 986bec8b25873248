"""Achievement: every formula with its edges, none of which divides by zero, goes negative or guesses a direction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.forms.form import Combination
from planctl.forms.indicators import Indicator
from planctl.scoring.achievement import achievement, combined


def indicator(**fields: str) -> Indicator:
    return Indicator.model_validate({"name": "Үзүүлэлт", **fields})


def percent(reached: str, **fields: str) -> Fraction | str | None:
    part = achievement(indicator(**fields), reached)
    return part.reason or part.percent


@pytest.mark.parametrize(
    ("reached", "fields", "expected"),
    [
        # The figures of a ministry's report
        ("1000619", {"target": "708,866"}, "target-unclear"),
        ("1000619", {"target": "708866"}, 100),
        ("50", {"target": "10", "baseline": "174"}, 100),
        ("96", {"target": "95", "baseline": "86", "unit": "хувь"}, 100),
        ("1,501,233", {"target": "1,501,980"}, Fraction(1501233 * 100, 1501980)),
        ("4", {"target": "9"}, Fraction(400, 9)),
        ("24", {"target": "24", "baseline": "35"}, 100),
        ("12", {"target": "24", "baseline": "35"}, 50),
        ("25", {"target": "25", "baseline": "25"}, 100),
        ("296", {"target": "116", "baseline": "144"}, 100),
        # More, its edges
        ("0", {"target": "10"}, 0),
        ("-3", {"target": "10"}, 0),
        ("5", {"target": "0"}, "target-zero"),
        ("5", {"target": "-5"}, "target-zero"),
        ("2", {"target": "3-аас доошгүй"}, Fraction(200, 3)),
        ("900", {"target": "1000 гаруй"}, 90),
        # Growth from the baseline
        ("120", {"baseline": "100", "target": "суурь түвшинг 20 хувиар нэмэгдүүлэх"}, 100),
        ("60", {"baseline": "100", "target": "+20%"}, 50),
        ("60", {"baseline": "-", "target": "+20%"}, "no-baseline"),
        ("+10%", {"baseline": "100", "target": "+20%"}, Fraction(11000, 120)),
        # Less
        ("20", {"baseline": "30", "target": "20", "direction": "less"}, 100),
        ("15", {"baseline": "30", "target": "20", "direction": "less"}, 100),
        ("25", {"baseline": "30", "target": "20", "direction": "less"}, 80),
        ("85", {"baseline": "100", "target": "15 хувиар бууруулах"}, 100),
        ("100", {"baseline": "100", "target": "15 хувиар бууруулах"}, 85),
        ("0", {"target": "0", "direction": "less"}, 100),
        ("3", {"target": "0", "direction": "less"}, 0),
        ("0", {"target": "5", "direction": "less"}, 100),
        ("22", {"target": "20-оос ихгүй"}, Fraction(2000, 22)),
        # Hold
        ("100", {"target": "100", "direction": "hold"}, 100),
        ("90", {"target": "100", "direction": "hold"}, 90),
        ("110", {"target": "100", "direction": "hold"}, 90),
        ("300", {"target": "100", "direction": "hold"}, 0),
        ("0", {"target": "0", "direction": "hold"}, 100),
        ("1", {"target": "0", "direction": "hold"}, 0),
        # By a date, yes or no
        ("2025-06-30", {"target": "2025-06-30"}, 100),
        ("2025-07-01", {"target": "2025-06-30"}, 0),
        ("удахгүй", {"target": "2025-06-30"}, "reached-unclear"),
        ("тийм", {"target": "тийм"}, 100),
        ("үгүй", {"target": "тийм"}, 0),
        ("5", {"target": "тийм"}, "reached-unclear"),
        # The change over the planned change, where the indicator asks for it
        ("40", {"baseline": "30", "target": "50", "formula": "change"}, 50),
        ("25", {"baseline": "30", "target": "20", "formula": "change", "direction": "less"}, 50),
        ("20", {"baseline": "30", "target": "50", "formula": "change"}, 0),
        ("60", {"baseline": "30", "target": "50", "formula": "change"}, 100),
        ("30", {"baseline": "30", "target": "30", "formula": "change"}, "baseline-is-target"),
        ("30", {"baseline": "-", "target": "30", "formula": "change"}, "no-baseline"),
        # Nothing to work out
        ("-", {"target": "10"}, "not-reached"),
        ("", {"target": "10"}, "not-reached"),
        ("51,467", {"target": "60000"}, "reached-unclear"),
        ("12", {"target": "Тухай бүр"}, "target-unclear"),
        ("12", {}, "target-unclear"),
        # Units
        ("1,4 сая", {"target": "1400", "unit": "мянган төгрөг"}, 100),
        ("700", {"target": "1,4 сая", "unit": "мянган төгрөг"}, 50),
        ("50", {"target": "50 хувь", "unit": "иргэн"}, "target-unclear"),
        ("40 хувь", {"target": "80", "unit": "хувь"}, 50),
    ],
)
def test_an_achievement_follows_the_stated_rule_or_says_why_there_is_none(
    reached: str, fields: dict[str, str], expected: object
) -> None:
    assert percent(reached, **fields) == expected


numbers = st.one_of(st.decimals(-(10**6), 10**6, places=1).map(str), st.just("0"), st.just("-"))


@given(
    reached=numbers,
    baseline=numbers,
    target=st.one_of(numbers, st.just("+20%"), st.just("-15%"), st.just("2025-01-01"), st.just("тийм")),
    direction=st.sampled_from(["more", "less", "hold", "by-date", "yes-no"]),
    formula=st.sampled_from(["ratio", "change"]),
)
def test_no_formula_fails_or_leaves_0_to_100(
    reached: str, baseline: str, target: str, direction: str, formula: str
) -> None:
    part = achievement(indicator(baseline=baseline, target=target, direction=direction, formula=formula), reached)

    assert (part.percent is None) == (part.reason is not None)
    assert part.percent is None or 0 <= part.percent <= 100


@pytest.mark.parametrize(
    ("how", "expected"), [(Combination.MEAN, 75), (Combination.LOWEST, 50), (Combination.WEIGHTED, Fraction(250, 4))]
)
def test_several_indicators_come_to_their_mean_the_lowest_or_by_weight(how: Combination, expected: object) -> None:
    parts = [
        achievement(indicator(target="10", weight="3"), "5"),
        achievement(indicator(target="10", weight="1"), "10"),
    ]

    assert combined(parts, how) == expected


def test_one_indicator_without_a_value_leaves_the_whole_open() -> None:
    parts = [achievement(indicator(target="10"), "5"), achievement(indicator(target="10"), "-")]

    assert [combined(parts, how) for how in Combination] == [None, None, None]
    assert combined([], Combination.MEAN) is None


def test_the_formula_is_told_as_it_was_worked_out() -> None:
    assert achievement(indicator(target="9"), "4").formula == "4 / 9"
    assert achievement(indicator(target="50", baseline="30", formula="change"), "40").formula == "(40 - 30) / (50 - 30)"
    assert achievement(indicator(target="82,5", direction="less"), "100").formula == "82,5 / 100"


def test_what_was_worked_out_is_told_where_something_else_counts() -> None:
    more, less = achievement(indicator(target="150"), "171"), achievement(indicator(target="9", direction="hold"), "20")

    assert (more.percent, more.worked_out) == (Fraction(100), Fraction(114))
    assert (less.percent, less.worked_out) == (Fraction(0), Fraction(-200, 9))
    assert achievement(indicator(target="150"), "150").worked_out is None


def test_a_weight_is_a_decimal() -> None:
    assert indicator(weight="0,5").weight == Decimal("0.5")
