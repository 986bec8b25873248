"""The plans of this repository: their sizes, their figures, and the findings that stand in them on purpose."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planctl.forms.form import Group, Section
from planctl.forms.number import rounded
from planctl.pipeline import load
from projects import scorecard

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.pipeline import Project
    from running import Ran

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def project() -> Project:
    return load(ROOT)


def test_no_plan_has_an_error(project: Project) -> None:
    assert [found for found in project.findings if found.is_error] == []


def test_the_action_plan_has_12_sections_and_66_measures_of_the_real_sizes(project: Project) -> None:
    sizes: dict[str, int] = {}
    for band in project.portfolio.plans["digital"].bands:
        if isinstance(band, Section):
            number = band.number
        else:
            sizes[number] = sizes.get(number, 0) + len(band.items)

    counts = (17, 6, 6, 6, 3, 5, 2, 4, 6, 7, 1, 3)
    assert sizes == dict(zip(map(str, (1, 2, 3, *range(5, 14))), counts, strict=True))
    assert sum(counts) == 66


def test_56_of_the_66_measures_run_through_the_year_and_are_due_at_half_year(project: Project) -> None:
    items = project.portfolio.plans["digital"].items.values()
    spelt = Counter(item.texts["period"] for item in items)

    assert spelt["I-IV улиралд"] + spelt["I-IV-р улиралд"] == 56
    assert len(spelt) == 12
    half_year = scorecard(project, "2025-H1", "digital")
    assert (half_year.own.total.items, half_year.own.total.scored, half_year.own.total.missing) == (66, 65, 0)


@pytest.mark.parametrize(
    ("plan", "period", "sums", "mean"),
    [
        ("digital", "2025-H1", ("3740 / 65", "3650 / 65"), "57.5"),
        ("digital", "2025", ("5870 / 66", "5810 / 66"), "88.9"),
        ("agency", "2024", ("9690 / 97",), "99.9"),
        ("council", "2023", ("740 / 9", "740 / 9"), "82.2"),
        ("programme", "2021", ("1660 / 24",), "69.2"),
        ("programme", "2023", ("2390 / 25", "2370 / 25"), "95.6"),
    ],
)
def test_the_means_are_these(plan: str, period: str, sums: tuple[str, ...], mean: str, project: Project) -> None:
    card = scorecard(project, period, plan)

    assert tuple(one.total.sum for one in card.evaluations) == sums
    assert card.own.total.mean is not None
    assert rounded(card.own.total.mean, 1) == Decimal(mean)


def test_the_performance_plan_has_4_goals_15_objectives_97_measures_and_7_for_skills(project: Project) -> None:
    bands = project.portfolio.plans["agency"].bands
    levels = Counter(band.level for band in bands if isinstance(band, Section))
    tables = Counter(band.table for band in bands if isinstance(band, Group) for _item in band.items)

    assert (dict(levels), dict(tables)) == ({1: 4, 2: 15}, {0: 97, 1: 7})
    assert dict(scorecard(project, "2024", "agency").own.total.levels) == {Decimal(100): 96, Decimal(90): 1}


def test_of_60_rows_with_two_numbers_the_target_lies_below_the_baseline_in_14_and_equals_it_in_21(
    project: Project,
) -> None:
    sides: Counter[str] = Counter()
    for item in list(project.portfolio.plans["agency"].items.values())[:97]:
        first = item.indicators[0]
        before, aim = first.baseline_quantity.number, first.target_quantity.number
        if before is not None and aim is not None:
            sides["below" if aim < before else "equal" if aim == before else "above"] += 1

    assert dict(sides) == {"below": 14, "equal": 21, "above": 25}


def test_every_measure_of_the_agency_comes_to_between_0_and_100_per_cent(project: Project) -> None:
    marks = scorecard(project, "2024", "agency").own.marks.values()
    known = [mark.achievement for mark in marks if mark.achievement is not None]

    assert len(known) > 90
    assert all(0 <= achievement <= 100 for achievement in known)


def test_the_contradictions_that_stand_in_the_plans_on_purpose_are_found(project: Project) -> None:
    named = {
        (found.code, found.span.path, dict(found.values).get("formula") or dict(found.values).get("id", ""))
        for found in project.findings
    }

    assert {
        ("full-score-short", "plans/agency.2024.yaml", "4 / 9"),
        ("full-score-short", "plans/digital.2025.yaml", "4 / 9"),
        ("unchanged-narrative", "plans/digital.2025.yaml", "protect-together"),
    } <= named
    assert [found.span.path for found in project.findings if found.code == "unfilled-blank"] == [
        "plans/digital.yaml"
    ] * 2


def test_the_chain_leads_from_every_measure_but_one_up_to_the_vision(project: Project) -> None:
    chain = project.portfolio.chain
    tops = {at: {chain.nodes[step.node].plan.id for step in chain.upward(at)} for at in chain.ends("digital")}

    assert len(tops) == 66
    assert [chain.nodes[at].id for at, plans in tops.items() if "vision" not in plans] == ["plastic-cans"]
    assert list(chain.plans_upward("digital")) == [("province", 1), ("national", 2), ("guidelines", 3), ("vision", 4)]


def test_the_gaps_that_stand_in_the_chain_on_purpose_are_found(project: Project) -> None:
    codes = {"nothing-below", "hangs-on-nothing", "targets-fall-short", "link-outdated", "copy-changed", "not-above"}

    found = [(one.code, dict(one.values)) for one in project.findings if one.code in codes]

    assert sorted((code, values.get("what") or values.get("named") or values["parts"]) for code, values in found) == [
        ("hangs-on-nothing", "digital#plastic-cans"),
        ("link-outdated", "province#e-herd"),
        ("nothing-below", "government#craft-export"),
        ("nothing-below", "province#security"),
        ("nothing-below", "vision#energy"),
        ("targets-fall-short", "digital#help-points 9"),
    ]


def test_every_file_of_this_repository_is_written_as_fmt_writes_it(planctl: Callable[..., Ran]) -> None:
    ran = planctl("fmt", "--check", cwd=ROOT)

    assert (ran.code, ran.out) == (0, "")
