"""The page for reviewers shows what planctl writes, to the letter."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planctl.changes.change import Weakening
from repositories import Scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from running import Ran

PAGE = (Path(__file__).parents[2] / "docs" / "reviewing.md").read_text(encoding="utf-8")

SETTINGS = """\
planctl: 1
organisation: Залаа сумын Засаг даргын Тамгын газар
units:
  water: {name: Усны албан тушаалтан}
  roads: {name: Зам хариуцсан мэргэжилтэн}
"""
PLAN = """\
form: action-plan
id: town
title: Сум тохижуулах арга хэмжээний төлөвлөгөө
year: 2025
sections:
  - title: Дэд бүтэц
    measures:
      - id: wells
        text: Багийн төвүүдэд худаг шинээр гаргах
        indicators: [{name: Худаг, unit: худаг, baseline: 2, target: 10}]
        units: [water]
      - id: road
        text: Сумын төвийн замыг засах
        units: [roads]
  - title: Ногоон байгууламж
    measures:
      - id: trees
        text: Сургуулийн эргэн тойронд мод тарих
        units: [water]
"""
BENCHES = """\
      - id: benches
        text: Цэцэрлэгт хүрээлэнд сандал суурилуулах
        units: [roads]
"""
ACTUALS = """\
actuals: town
period: 2025
items:
  wells: {progress: Таван худаг гаргасан., reached: 5, self: 50}
  road: {progress: Замын таван зуун метрийг зассан., self: 70}
  trees: {progress: Нэг зуун мод тарьсан., self: 100}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Make the repository of the page, on the branch `spring`."""
    scratch = Scratch.begin(tmp_path)
    scratch.commit({"planctl.yaml": SETTINGS, "plans/town.yaml": PLAN, "plans/town.2025.yaml": ACTUALS})
    scratch.git("switch", "--quiet", "--create", "spring")
    more = ACTUALS.replace("таван зуун метрийг зассан., self: 70", "найман зуун метрийг зассан., self: 90")
    scratch.commit(
        {
            "plans/town.yaml": PLAN.replace("target: 10", "target: 6") + BENCHES,
            "plans/town.2025.yaml": more + "  benches: {progress: Дөрвөн сандал захиалсан., self: 30}\n",
        }
    )
    return tmp_path


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def lines(text: str) -> list[str]:
    """Return the lines without the spaces at their ends, which fill the screen."""
    return [line.rstrip() for line in text.splitlines()]


def test_the_page_shows_the_terminal(town: Path, planctl: Callable[..., Ran]) -> None:
    assert lines("$ planctl diff main\n" + planctl("diff", "main", cwd=town).out) == lines(block("console"))


def test_the_page_shows_the_comment(town: Path, planctl: Callable[..., Ran]) -> None:
    assert planctl("diff", "main", "--format", "md", cwd=town).out == block("markdown")


def test_the_page_works_the_example_out_as_planctl_does() -> None:
    was, now = Fraction(50 + 70 + 100, 3), Fraction(50 + 90 + 100 + 30, 4)
    road, benches = Fraction(90 - 70) / Fraction(7, 2), (30 - (was + now) / 2) / Fraction(7, 2)

    assert road + benches == now - was
    assert [f"{float(one):.4f}".replace(".", ",") for one in (benches, road, now - was)] == [
        "-11,5476",
        "5,7143",
        "-5,8333",
    ]
    assert "Together −11,5476 + 5,7143 = −5,8333" in PAGE


def test_the_page_names_every_way_of_weakening() -> None:
    assert [one.value for one in Weakening if f"`{one.value}`" not in PAGE] == []
