from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from organisations import office, roll
from planctl.forms.period import period_of
from planctl.rollup.account import period_before
from planctl.rollup.ranking import Rank, ranking

if TYPE_CHECKING:
    from pathlib import Path


def test_those_whose_printed_means_are_the_same_share_a_rank() -> None:
    now = {"a": Fraction(70), "b": Fraction(9004, 100), "c": Fraction(9001, 100), "d": None}

    found = ranking(now, {}, decimals=1)

    assert [(one.rank, one.key, one.mean) for one in found] == [
        (1, "b", Decimal("90.0")),
        (1, "c", Decimal("90.0")),
        (3, "a", Decimal("70.0")),
    ]


def test_changes_are_between_printed_means_and_new_ones_have_none() -> None:
    found = ranking({"a": Fraction(80), "b": Fraction(70)}, {"a": Fraction(2, 3), "c": Fraction(90)}, decimals=1)

    assert found == (
        Rank(1, "a", Decimal("80.0"), before=2, mean_before=Decimal("0.7")),
        Rank(2, "b", Decimal("70.0")),
    )
    assert [(one.moved, one.change) for one in found] == [(1, Decimal("79.3")), (None, None)]


@pytest.mark.parametrize(
    ("period", "before"),
    [("2024", "2023"), ("2024-H2", "2024-H1"), ("2024-H1", "2023-H2"), ("2024-Q1", "2023-Q4"), ("2024-Q3", "2024-Q2")],
)
def test_the_period_before_is_of_the_same_length(period: str, before: str) -> None:
    now = period_of(period)

    assert now
    assert str(period_before(now)) == before


def test_organisations_are_ranked_with_the_change_since_the_named_period(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "a", period="2022", one=50)
    office(tmp_path / "b", one=70)
    office(tmp_path / "b", period="2021", one=100)

    rollup, _gathered = roll(
        tmp_path, "- {name: А, path: a}\n- {name: Б, path: b}", "period: 2023\ncompared_with: 2021"
    )

    (counted,) = rollup.scales
    assert [(one.rank, one.key, one.moved, one.change) for one in counted.accounts["self"].ranking] == [
        (1, 0, None, None),
        (2, 1, -1, Decimal("-30.0")),
    ]
    assert [group.name for group in counted.accounts["self"].periods] == ["2021", "2022", "2023"]
