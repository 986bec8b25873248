"""Where findings belong: to an item, a document or a file, and to the period of actuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.diagnostics import Span, finding
from planctl.findings.addresses import Addresses
from projects import ACTUALS, MEASURES, ONE_CLAUSE, ONE_ENTRY, PLAN, load, measures_project

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY}


@pytest.mark.parametrize(
    ("place", "address", "period"),
    [
        (Span("planctl.yaml", 1, 1), "planctl.yaml", ""),
        (Span("plans/nobody.yaml", 4, 2), "plans/nobody.yaml", ""),
        (Span(PLAN, 1, 1), "council", ""),
        (Span(PLAN, 2, 5), "council", ""),
        (Span(PLAN, 7, 9), "council", ""),
        (Span(PLAN, 10, 13), "council#waste", ""),
        (Span(PLAN, 10, 17), "council#waste", ""),
        (Span(PLAN, 11, 13), "council#waste", ""),
        (Span(PLAN, 11, 25), "council#waste", ""),
        (Span(ACTUALS, 2, 9), "council", "2023"),
        (Span(ACTUALS, 4, 1), "council", "2023"),
        (Span(ACTUALS, 5, 3), "council#waste", "2023"),
        (Span(ACTUALS, 7, 11), "council#waste", "2023"),
    ],
)
def test_a_place_belongs_to_the_innermost_item_that_it_stands_in(
    tmp_path: Path, place: Span, address: str, period: str
) -> None:
    addresses = Addresses(load(tmp_path, PROJECT).portfolio)

    found = addresses.of(finding("html-tag", place))

    assert (str(found), found.period) == (address, period)


def test_every_place_of_every_line_has_an_address(tmp_path: Path) -> None:
    project = load(tmp_path, measures_project())
    addresses = Addresses(project.portfolio)

    found = [
        str(addresses.of(finding("html-tag", Span("plans/digital.yaml", line, 1))))
        for line in range(1, len(MEASURES.splitlines()) + 1)
    ]

    assert found == ["digital"] * 7 + ["digital"] + ["digital#training"] * 7


def test_what_an_item_lacks_belongs_to_the_item_that_the_finding_names(tmp_path: Path) -> None:
    project = load(tmp_path, {PLAN: ONE_CLAUSE, ACTUALS: "actuals: council\nperiod: 2023\nitems: {}\n"})
    addresses = Addresses(project.portfolio)

    assert [(one.code, str(addresses.of(one))) for one in project.findings] == [("missing-entry", "council#waste")]


def test_what_is_told_once_for_a_plan_belongs_to_the_plan_wherever_it_stands(tmp_path: Path) -> None:
    plan = MEASURES.replace("baseline: 8", 'baseline: "-"')
    project = load(tmp_path, measures_project(plan))
    addresses = Addresses(project.portfolio)

    (found,) = (one for one in project.findings if one.code == "dash-for-baseline")

    assert (found.span.line, str(addresses.of(found))) == (plan[: plan.index('"-"')].count("\n") + 1, "digital")
