"""From documents to the portfolio: validated, joined, with every reference resolved or reported.

In: the project's documents. Out: the `Portfolio` and the findings of validating and linking.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.forms import FORMS
from planctl.forms.actuals import ActualsModel, Entry
from planctl.forms.fields import PLACEHOLDER, PLACEHOLDER_YEAR
from planctl.forms.form import Group, Item
from planctl.portfolio.portfolio import Actuals, Plan, Portfolio, Reported, RubricSource
from planctl.portfolio.rubric import RubricFile
from planctl.portfolio.settings import Settings, folded, spellings
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.forms.form import Form, Section
    from planctl.forms.period import Period
    from planctl.source.document import Document

SETTINGS_PATH = "planctl.yaml"


@dataclass(frozen=True, slots=True)
class ActualsFile:
    """One validated file of actuals."""

    document: Document
    model: ActualsModel
    entries: Mapping[str, Entry]


@dataclass(slots=True)
class _Findings:
    """The findings met on the way; the only thing in this module that grows."""

    met: list[Diagnostic] = field(default_factory=list)

    def add(self, code: str, span: Span, **values: object) -> None:
        self.met.append(finding(code, span, **values))

    def take(self, result: tuple[Any, Iterable[Diagnostic]]) -> Any:
        """Keep the findings of a stage and pass on its value."""
        value, findings = result
        self.met.extend(findings)
        return value


def link(documents: Sequence[Document], *, shipped: Sequence[Document] = ()) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Return the portfolio of a project's documents, and what is wrong with them.

    `shipped` are the rubric files that come with planctl; a file of the project with the same name takes their place.
    """
    findings = _Findings()
    kinds = _sorted_by_kind(documents, findings)
    settings = _settings(kinds["settings"], findings)
    rubrics = _rubrics((*shipped, *kinds["rubric"]), findings)
    plans = _plans(kinds["plan"], settings, findings)
    files = _actuals_files(kinds["actuals"], plans, findings)
    portfolio = Portfolio(settings, rubrics, plans, tuple(_actuals(files, plans, findings)))
    return portfolio, tuple(findings.met)


def _sorted_by_kind(documents: Sequence[Document], findings: _Findings) -> dict[str, list[Document]]:
    """Sort the files by what they say they are: a file is found by its content, not its name."""
    kinds: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        match document.data:
            case _ if document.path == SETTINGS_PATH:
                kinds["settings"].append(document)
            case {"form": _}:
                kinds["plan"].append(document)
            case {"actuals": _}:
                kinds["actuals"].append(document)
            case {"rubric": _, "versions": _}:
                kinds["rubric"].append(document)
            case _:
                findings.add("unknown-kind", Span(document.path))
    return kinds


def _settings(documents: Sequence[Document], findings: _Findings) -> Settings:
    settings = findings.take(validate(Settings, documents[0])) if documents else None
    return settings or Settings(planctl="1", extra={})


def _rubrics(documents: Sequence[Document], findings: _Findings) -> Mapping[str, RubricSource]:
    rubrics: dict[str, RubricSource] = {}
    for document in documents:
        file = findings.take(validate(RubricFile, document))
        if not file:
            continue
        if (other := rubrics.get(file.rubric)) and not other.path.startswith("planctl:"):
            findings.add("duplicate-rubric", document.span_of(("rubric",)), id=file.rubric, other=other.path)
        rubrics[file.rubric] = RubricSource(file, document.path)
    return MappingProxyType(rubrics)


# Plans


def _plans(documents: Sequence[Document], settings: Settings, findings: _Findings) -> Mapping[str, Plan]:
    ways = spellings(settings.units)
    plans: dict[str, Plan] = {}
    by_folded_id: dict[str, Plan] = {}
    for document in documents:
        if not (form := _form_of(document, findings)):
            continue
        model = findings.take(validate(form.plan, document))
        if model is None or model.id.startswith(PLACEHOLDER):
            continue
        bands = tuple(_with_units(form.outline(model), ways, settings, document, findings))
        plan = Plan(
            document=document,
            form=form,
            model=model,
            bands=bands,
            organisation=model.organisation or settings.organisation,
            place=model.place or settings.place,
            rubric=model.rubric or settings.rubric,
            decimals=int(model.rounding or settings.rounding),
            signatories=settings.signatories if model.signatories is None else model.signatories,
        )
        _duplicate_items(plan, findings)
        if other := by_folded_id.get(plan.id.casefold()):
            for one, two in ((plan, other), (other, plan)):
                findings.add("duplicate-document", one.document.span_of(("id",)), id=one.id, other=two.document.path)
            continue
        plans[plan.id] = by_folded_id[plan.id.casefold()] = plan
    return MappingProxyType(dict(sorted(plans.items())))


def _form_of(document: Document, findings: _Findings) -> Form | None:
    named = document.data["form"]
    if isinstance(named, str) and named in FORMS:
        return FORMS[named]
    findings.add("unknown-form", document.span_of(("form",)), form=named or "", known=", ".join(FORMS), **_near(named, FORMS))
    return None


def _with_units(
    bands: Iterable[Section | Group], ways: Mapping[str, str], settings: Settings, document: Document, findings: _Findings
) -> Iterator[Section | Group]:
    """Put the units' ids in the place of their names, and report those that planctl.yaml does not have."""
    for band in bands:
        if isinstance(band, Group) and any(item.units for item in band.items):
            items = (replace(item, units=tuple(_unit_ids(item, ways, settings, document, findings))) for item in band.items)
            yield replace(band, items=tuple(items))
        else:
            yield band


def _unit_ids(
    item: Item, ways: Mapping[str, str], settings: Settings, document: Document, findings: _Findings
) -> Iterator[str]:
    seen: set[str] = set()
    for at, named in enumerate(item.units):
        unit = ways.get(folded(named))
        if unit is None:
            known = (*settings.units, *(unit.name for unit in settings.units.values()))
            findings.add("unknown-unit", document.span_of((*item.loc, "units", at)), unit=named, **_near(named, known))
        elif unit not in seen:
            seen.add(unit)
            yield unit


def _duplicate_items(plan: Plan, findings: _Findings) -> None:
    for band in plan.bands:
        for item in band.items if isinstance(band, Group) else ():
            first = plan.all_items[item.id]
            if first is not item:
                line = plan.place_of(first).line
                findings.add("duplicate-item", plan.document.span_of((*item.loc, "id")), id=item.id, line=line)


# Actuals


def _actuals_files(documents: Sequence[Document], plans: Mapping[str, Plan], findings: _Findings) -> list[ActualsFile]:
    files = []
    for document in documents:
        model = findings.take(validate(ActualsModel, document))
        if model is None:
            continue
        plan = plans.get(model.actuals)
        if plan is None and not model.actuals.startswith(PLACEHOLDER):
            findings.add("unknown-plan", document.span_of(("actuals",)), id=model.actuals, **_near(model.actuals, plans))
        kind: type[Entry] = plan.form.entry if plan else Entry
        given = document.data.get("items")
        entries = findings.take(validate(dict[str, kind], document, within=("items",))) if given else {}  # type: ignore[valid-type] # the form's own entry
        file = ActualsFile(document, model, entries or {})
        if plan:
            _unknown_items(plan, file, findings)
        if plan and str(model.period) != PLACEHOLDER_YEAR:
            files.append(file)
    return files


def _unknown_items(plan: Plan, file: ActualsFile, findings: _Findings) -> None:
    for id_ in file.entries:
        if id_ in plan.items:
            continue
        span = file.document.key_span_of(("items", id_))
        if id_ in plan.all_items:
            findings.add("not-to-be-reported", span, id=id_, plan=plan.document.path)
        elif not any(known.startswith(PLACEHOLDER) for known in plan.all_items):
            findings.add("unknown-item", span, id=id_, document=plan.id, **_near(id_, plan.items))


def _actuals(files: Sequence[ActualsFile], plans: Mapping[str, Plan], findings: _Findings) -> Iterator[Actuals]:
    """Join the files of the same plan and period; what an earlier period closed stays closed in the later ones."""
    joined: dict[tuple[str, Period], list[ActualsFile]] = defaultdict(list)
    for file in files:
        joined[file.model.actuals, file.model.period].append(file)
    ended: dict[str, dict[str, tuple[Period, Reported]]] = defaultdict(dict)
    for (id_, period), together in sorted(joined.items(), key=lambda pair: (pair[0][0], *_order(pair[0][1]))):
        plan = plans[id_]
        gone = {item: one for item, (when, one) in ended[id_].items() if when.is_before(period)}
        reported = _reported(plan, period, together, gone, findings)
        head = _head(together, findings)
        yield Actuals(
            plan=plan,
            period=period,
            documents=tuple(file.document for file in together),
            date=head.get("date"),
            organisation=head.get("organisation") or plan.organisation,
            place=head.get("place") or plan.place,
            signatories=plan.signatories if head.get("signatories") is None else head["signatories"],
            reported=MappingProxyType(reported),
        )
        for one in reported.values():
            if one.state and one.state.is_final:
                ended[id_].setdefault(one.id, (period, one))


def _order(period: Period) -> tuple[Any, ...]:
    return period.last_day, period.months


def _head(files: Sequence[ActualsFile], findings: _Findings) -> dict[str, Any]:
    """Join the heads of the files; two that say different things of the same key are a finding at the second."""
    head: dict[str, Any] = {}
    for file in files:
        for key in ("date", "organisation", "place", "signatories"):
            value = getattr(file.model, key)
            if value is None:
                continue
            if key in head and head[key] != value:
                other = next(one.document.path for one in files if getattr(one.model, key) is not None)
                findings.add("given-twice", file.document.span_of((key,)), key=key, other=other)
            head.setdefault(key, value)
    return head


def _reported(
    plan: Plan, period: Period, files: Sequence[ActualsFile], gone: Mapping[str, Reported], findings: _Findings
) -> dict[str, Reported]:
    together: dict[str, Reported] = {}
    for file in files:
        for id_, entry in file.entries.items():
            if id_ not in plan.items:
                continue
            mine = Reported(id_, entry, (file.document,))
            together[id_] = _joined(together[id_], mine, findings) if id_ in together else mine
    for id_, one in together.items():
        if one.state and one.state.is_final and one.entry.date and one.entry.date < period.first_day:
            together[id_] = replace(one, gone=True)
    return together | {id_: _still_gone(one, together.get(id_)) for id_, one in gone.items() if id_ in plan.items}


def _joined(one: Reported, two: Reported, findings: _Findings) -> Reported:
    """Join what two files say of an item: a key may stand in one of them only."""
    given = {name: value for name in two.entry.model_fields_set if (value := getattr(two.entry, name)) is not None}
    for name in sorted(given):
        if name in one.entry.model_fields_set and getattr(one.entry, name) is not None:
            key = type(two.entry).model_fields[name].alias or name
            span = two.documents[0].span_of(("items", two.id, key))
            findings.add("given-twice", span, key=key, other=one.documents[0].path)
            del given[name]
    return Reported(one.id, one.entry.model_copy(update=given), (*one.documents, *two.documents))


def _still_gone(before: Reported, now: Reported | None) -> Reported:
    """Carry a final state into a later period; what the later file says besides stays."""
    state = {name: getattr(before.entry, name) for name in ("state", "date", "act", "reason")}
    if now is None:
        return Reported(before.id, Entry(extra={}, **state), before.documents, gone=True)
    given = {name: value for name, value in state.items() if getattr(now.entry, name) is None}
    return replace(now, entry=now.entry.model_copy(update=given), gone=True)


def _near(word: Any, known: Iterable[str]) -> dict[str, str]:
    near = get_close_matches(str(word), tuple(known), n=1, cutoff=0.5)
    return {"suggestion": near[0]} if near else {}
