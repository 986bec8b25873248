"""Effects on plans of every form: whatever changed, all points add up to the movement, and each is named."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from states import IDS, projects, state

from planctl.changes.change import Change, Kind
from planctl.changes.compare import compare
from planctl.changes.effects import effects
from planctl.portfolio.actuals import EVALUATIONS

if TYPE_CHECKING:
    from planctl.changes.effect import Effect
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Evaluation

FORMS = ("resolutions", "action-plan", "performance-plan", "programme")
RULES = ("mean", "weighted", "scoring", "several_indicators", "rubric")
NOTHING = Fraction(0)
ONE_OF_EACH = (*(Change(Kind.FIELD, "plan", id_) for id_ in IDS), Change(Kind.RULES, "plan", field="mean"))
"""A change of each item and of the rules, so that points show whose they are."""

tried = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def by_item(effect: Effect) -> dict[str, Fraction]:
    """Return the points of an effect by the item that they are named after, "" for the rules."""
    return {change.item: one.points for one in effect.because for change in one.changes}


def moved(before: Project, after: Project) -> dict[tuple[str, str, str, str], dict[str, Fraction]]:
    """Return whose points moved what; sections by their words, as their numbers may change."""
    found = [one for one in effects(before, after, ONE_OF_EACH) if one.because]
    return {(one.level, one.period, one.key.split(". ", 1)[-1], one.evaluation): by_item(one) for one in found}


def standing(project: Project, period: str, evaluation: Evaluation, id_: str) -> object:
    """Return all that a document's mean takes from an item."""
    for card in project.scorecards:
        scored = card.card(evaluation)
        if scored and str(card.actuals.period) == period and id_ in scored.marks:
            mark = scored.marks[id_]
            section = next((share.key or "" for share in scored.sections if id_ in share.ids), "")
            return (section.split(". ", 1)[-1], mark.score, mark.item.weight) if mark.score is not None else None
    return None


@pytest.mark.parametrize("form", FORMS)
@tried
@given(data=st.data())
def test_all_points_add_up_to_the_movement_on_every_level(form: str, data: st.DataObject) -> None:
    before, after = (state(data.draw(projects(form))) for _side in range(2))

    found = effects(before, after, compare(before, after))

    assert [one for one in found if sum((each.points for each in one.because), NOTHING) != (one.movement or 0)] == []
    assert [one for one in found for each in one.because if not each.changes] == []


@pytest.mark.parametrize("form", FORMS)
@tried
@given(data=st.data())
def test_the_way_back_takes_what_the_way_there_gave_and_what_stayed_moved_nothing(
    form: str, data: st.DataObject
) -> None:
    one, other = (data.draw(projects(form)) for _side in range(2))
    before, after = state(one), state(under_the_rules_of(one, other))

    there, back = moved(before, after), moved(after, before)

    assert there == {at: {item: -points for item, points in parts.items()} for at, parts in back.items()}
    unmoved = [
        (period, evaluation, id_)
        for period in ("2025-H1", "2025")
        for evaluation in EVALUATIONS
        for id_ in IDS
        if standing(before, period, evaluation, id_) == standing(after, period, evaluation, id_)
        if id_ in there.get(("document", period, "", evaluation), {})
    ]
    assert unmoved == []


def under_the_rules_of(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the files of the other project with the rules of the one."""
    kept = {key: value for key, value in other["plans/plan.yaml"].items() if key not in RULES}
    plan = kept | {key: one["plans/plan.yaml"][key] for key in RULES if key in one["plans/plan.yaml"]}
    return other | {"plans/plan.yaml": plan} | {path: one[path] for path in ("planctl.yaml", "rubrics/own.yaml")}


@pytest.mark.parametrize("form", FORMS)
@settings(tried, max_examples=8)
@given(data=st.data())
def test_nothing_has_an_effect_where_nothing_changed(form: str, data: st.DataObject) -> None:
    files = data.draw(projects(form))

    assert effects(state(files), state(files), ()) == ()
