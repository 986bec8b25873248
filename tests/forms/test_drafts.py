"""The way back of a form: the sheets of a plan, read as an office's own paper, come to the same plan and actuals."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planctl.facts import RunFacts
from planctl.forms.actuals import actuals_model
from planctl.forms.drafts import DRAFTS
from planctl.forms.form import Group as PlanGroup
from planctl.pipeline import load
from planctl.report import approved, table
from planctl.report.as_paper import as_paper
from planctl.report.cells import reached_text

if TYPE_CHECKING:
    from planctl.forms.form import Form
    from planctl.forms.paper import Draft, Paper
    from planctl.report.sheet import Sheet

ROOT = Path(__file__).parents[2]
FACTS = RunFacts(date(2026, 1, 1))


@pytest.fixture(scope="module")
def project() -> Any:
    return load(ROOT)


def paper(form: Form, kind: Any, sheet: Sheet, year: int) -> Paper:
    return as_paper(form, kind, sheet, period=str(year), day=None)


def validated(form: Form, draft: Draft) -> Any:
    """Give the items ids, and validate the plan."""
    for number, loc in enumerate(draft.entries):
        at: Any = draft.plan
        for key in loc:
            at = at[key]
        at["id"] = f"item-{number}"
    return form.plan.model_validate({"form": form.name, "id": "x", "title": "Гарчиг", **draft.plan})


def shown(form: Form, plan: Any, keys: set[str]) -> list[Any]:
    """Return what the columns of a sheet show of a plan, without what only the project knows (the units' names)."""
    rows: list[Any] = []
    for band in form.outline(plan):
        if isinstance(band, PlanGroup):
            items = [{key: one.texts[key] for key in one.texts if key in keys} for one in band.items if one.reported]
            group = {key: text for key, text in band.texts.items() if key in keys}
            rows += [(group, items)] if items else []
        else:
            rows.append((band.level, band.title))
    return rows


REPORTS = (
    "council.2023",
    "digital.2025",
    "digital.2025-H1",
    "governor.2025",
    "agency.2024",
    "programme.2021",
    "programme.2022",
)


@pytest.mark.parametrize("stem", REPORTS)
def test_a_report_reads_back_as_its_plan(project: Any, stem: str) -> None:
    card = card_of(project, stem)
    plan = card.actuals.plan
    sheet = table.compose(card, project.portfolio, FACTS)

    draft = drafted(card, sheet)

    keys = {column.key for one in sheet.tables for column in one.columns}
    assert shown(plan.form, validated(plan.form, draft), keys) == shown(plan.form, plan.model, keys)
    assert draft.left == ()


@pytest.mark.parametrize("stem", REPORTS)
def test_a_report_reads_back_as_its_actuals(project: Any, stem: str) -> None:
    card = card_of(project, stem)
    actuals, form = card.actuals, card.actuals.plan.form

    draft = drafted(card, table.compose(card, project.portfolio, FACTS))

    groups = (band for band in actuals.plan.bands if isinstance(band, PlanGroup))
    rows = (item for group in groups for item in group.items if item.reported)
    items = [item.in_year(actuals.period.year) for item in rows]
    model = actuals_model(form.entry)
    data = {
        "actuals": "x",
        "period": str(actuals.period),
        "items": dict(zip(map(str, range(len(items))), draft.entries.values(), strict=True)),
    }
    read = model.model_validate(data).items or {}
    for item, entry in zip(items, read.values(), strict=True):
        reported = actuals.reported.get(item.id)
        assert reported is not None
        assert told(entry) == told(reported.entry)
        assert reached_text(item, by_place(item, entry)) == reached_text(item, reported.entry.reached_values)


@pytest.mark.parametrize("id_", ["digital", "programme"])
def test_a_plan_as_approved_reads_back(project: Any, id_: str) -> None:
    plan = project.portfolio.plans[id_]
    sheet = approved.compose(plan, project.portfolio, FACTS)
    assert sheet is not None

    draft = DRAFTS[plan.form.name](paper(plan.form, "plan", sheet, 2025))

    keys = {column.key for one in sheet.tables for column in one.columns}
    assert shown(plan.form, validated(plan.form, draft), keys) == shown(plan.form, plan.model, keys)
    assert draft.left == ()


def drafted(card: Any, sheet: Sheet) -> Draft:
    form = card.actuals.plan.form
    draft: Draft = DRAFTS[form.name](paper(form, "report", sheet, card.actuals.period.year))
    return draft


def told(entry: Any) -> tuple[Any, ...]:
    """Return what a sheet shows of an entry; of texts the words."""
    return (
        *(" ".join((getattr(entry, key) or "").split()) for key in ("progress", "reason")),
        entry.self_score,
        entry.superior,
        entry.state,
        entry.date,
        entry.act,
    )


def by_place(item: Any, entry: Any) -> dict[str, str]:
    """Return the reached values under the ids that the plan has, as ids are not on the sheet."""
    ids = [one.id or "" for one in item.indicators]
    return {ids[int(key) - 1] if key else "": value for key, value in entry.reached_values.items()}


def card_of(project: Any, stem: str) -> Any:
    return next(one for one in project.scorecards if f"{one.actuals.plan.id}.{one.actuals.period}" == stem)
