"""A value that a scale names twice is a finding, and never loses points."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from planctl.scoring.engine import tally
from planctl.scoring.scorecard import Mark, Outcome


def test_points_of_a_doubled_value_are_kept() -> None:
    item: Any = SimpleNamespace(id="a", units=())
    rubric: Any = SimpleNamespace(values=(Decimal(100), Decimal(70), Decimal(70)))

    counted = tally([Mark(item, Outcome.SCORED, Decimal(70))], rubric)

    assert (counted.points, dict(counted.levels)) == (Decimal(70), {Decimal(100): 0, Decimal(70): 1})
