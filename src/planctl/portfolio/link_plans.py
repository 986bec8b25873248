"""The plans of a project with their outlines, units and scales. In: their files. Out: each by its id."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms import FORMS
from planctl.forms.fields import PLACEHOLDER
from planctl.forms.form import Group, Item
from planctl.portfolio.findings import Findings, near
from planctl.portfolio.plan import Plan
from planctl.portfolio.settings import Settings, folded, spellings
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.forms.form import Form, Section
    from planctl.portfolio.kinds import ByKind
    from planctl.portfolio.portfolio import RubricSource
    from planctl.source.document import Document


def plans_in(kinds: ByKind, settings: Settings, findings: Findings) -> Mapping[str, Plan]:
    """Return the plans by id, without those that are not to be had: placeholders, faulty ones, and second ones."""
    units = _UnitNames(settings, spellings(settings.units), kinds["settings"])
    plans: dict[str, Plan] = {}
    by_folded_id: dict[str, Plan] = {}
    for document in kinds["plan"]:
        if not (form := _form_of(document, findings)):
            continue
        model = findings.take(validate(form.plan, document), document)
        if model is None:
            continue
        bands = tuple(_with_units(form.outline(model), units, document, findings))
        plan = Plan(
            document=document,
            form=form,
            model=model,
            bands=bands,
            organisation=model.organisation or settings.organisation,
            place=model.place or settings.place,
            rubric=model.rubric or form.rubric or settings.rubric,
            decimals=int(model.rounding or settings.rounding),
            signatories=settings.signatories if model.signatories is None else model.signatories,
        )
        _duplicate_items(plan, findings)
        if plan.id.startswith(PLACEHOLDER):
            continue
        if other := by_folded_id.get(plan.id.casefold()):
            for one, two in ((plan, other), (other, plan)):
                findings.add("duplicate-document", one.document.span_of(("id",)), id=one.id, other=two.document.path)
                findings.faulty.add(one.document.path)
            continue
        plans[plan.id] = by_folded_id[plan.id.casefold()] = plan
    return MappingProxyType(dict(sorted(plans.items())))


def _form_of(document: Document, findings: Findings) -> Form | None:
    named = document.data["form"]
    if isinstance(named, str) and named.strip() in FORMS:
        return FORMS[named.strip()]
    findings.faulty.add(document.path)
    span = document.span_of(("form",))
    if named is None:
        findings.add("empty-value", span, key="form")
    elif not isinstance(named, str):
        findings.add("expected-text", span, key="form")
    else:
        findings.add("unknown-form", span, form=named, known=", ".join(FORMS), **near(named, FORMS))
    return None


@dataclass(frozen=True, slots=True)
class _UnitNames:
    """The ways of writing the units of planctl.yaml; `documents` is that file, empty where it could not be read."""

    settings: Settings
    ways: Mapping[str, str]
    documents: Sequence[Document]
    sound: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """The ids of units that stood together before: most items have those of another one."""

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.settings.units, *(unit.name for unit in self.settings.units.values()))


def _with_units(
    bands: Iterable[Section | Group], units: _UnitNames, document: Document, findings: Findings
) -> Iterator[Section | Group]:
    """Put the units' ids in the place of their names, and report those that planctl.yaml does not have."""
    for band in bands:
        if isinstance(band, Group) and any(item.units for item in band.items):
            yield replace(band, items=tuple(_with_unit_ids(item, units, document, findings) for item in band.items))
        else:
            yield band


def _with_unit_ids(item: Item, units: _UnitNames, document: Document, findings: Findings) -> Item:
    ids = units.sound.get(item.units)
    if ids is None:
        ids = tuple(_unit_ids(item, units, document, findings))
        if all(folded(named) in units.ways for named in item.units):
            units.sound[item.units] = ids
    return item if ids == item.units else replace(item, units=ids)


def _unit_ids(item: Item, units: _UnitNames, document: Document, findings: Findings) -> Iterator[str]:
    seen: set[str] = set()
    for at, named in enumerate(item.units):
        unit = units.ways.get(folded(named))
        if unit is None and units.documents and not findings.explain(named, units.documents):
            span = document.span_of((*item.loc, "units", at))
            findings.add("unknown-unit", span, unit=named, **near(named, units.known))
        elif unit is not None and unit not in seen:
            seen.add(unit)
            yield unit


def _duplicate_items(plan: Plan, findings: Findings) -> None:
    """Report ids that stand twice; sections share them with items, as both have an address."""
    seen: dict[str, Section | Item] = {}
    for band in plan.bands:
        for one in band.items if isinstance(band, Group) else (band,):
            first = seen.setdefault(one.id, one)
            if one.id and first is not one:
                line = plan.document.span_of(first.loc).line
                findings.add("duplicate-item", plan.document.span_of((*one.loc, "id")), id=one.id, line=line)


def unknown_rubrics(
    plans: Mapping[str, Plan], rubrics: Mapping[str, RubricSource], kinds: ByKind, findings: Findings
) -> None:
    """Report scales that nobody has, where they are named: in a plan, or once in planctl.yaml."""
    known = ", ".join(sorted(rubrics))
    for plan in plans.values():
        if plan.rubric not in rubrics and not findings.explain(plan.rubric, kinds["rubric"]):
            holder = plan.document if plan.model.rubric else kinds["settings"][0]
            findings.add("unknown-rubric", holder.span_of(("rubric",)), rubric=plan.rubric, known=known)
