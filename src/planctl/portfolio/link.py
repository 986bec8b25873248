"""From documents to the portfolio: validated, joined, with every reference resolved or reported.

In: the project's documents. Out: the `Portfolio` and the findings of validating and linking.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from planctl.diagnostics import Span
from planctl.forms import FORMS
from planctl.forms.actuals import ActualsModel, Entry, actuals_model, any_entry
from planctl.forms.approval import ApprovalFile
from planctl.forms.fields import PLACEHOLDER, PLACEHOLDER_YEAR
from planctl.forms.form import Group, Item
from planctl.forms.number import plain
from planctl.portfolio.accepted import accepted_in
from planctl.portfolio.approval import Approval
from planctl.portfolio.broken import broken_links
from planctl.portfolio.findings import MOST_SLIPS, Findings, near
from planctl.portfolio.kinds import Kind, kind_of
from planctl.portfolio.portfolio import Actuals, Plan, Portfolio, Reported, RubricSource
from planctl.portfolio.rubric import HIGHEST, RubricFile
from planctl.portfolio.settings import Settings, ambiguous, folded, spellings
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Form, Section
    from planctl.forms.period import Period
    from planctl.portfolio.rubric import Step
    from planctl.source.document import Document, SourceText

SHIPPED = "planctl:"
"""Begins the paths of files that come with planctl."""

_Kinds = dict[Kind, list["Document"]]


@dataclass(frozen=True, slots=True)
class ActualsFile:
    """One validated file of actuals."""

    document: Document
    model: ActualsModel
    entries: Mapping[str, Entry]


def link(
    documents: Sequence[Document], *, shipped: Sequence[Document] = (), unread: Sequence[SourceText] = ()
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Return the portfolio of a project's documents, and what is wrong with them.

    `shipped` are the rubric files that come with planctl; a file of the project with the same name takes their place.
    `unread` are the texts that gave no document: what is missed may stand in them.
    """
    findings = Findings(unread=tuple(unread))
    kinds = _sorted_by_kind(documents, findings)
    settings = _settings(kinds["settings"], findings)
    rubrics = _rubrics((*shipped, *kinds["rubric"]), findings)
    plans = _plans(kinds, settings, findings)
    _unknown_rubrics(plans, rubrics, kinds, findings)
    files = _actuals_files(kinds, plans, findings)
    approvals = tuple(_approvals(kinds["approval"], findings))
    actuals = tuple(_actuals(files, plans, _by_part(approvals), findings))
    accepted = tuple(one for document in kinds["accepted"] for one in accepted_in(document, findings))
    settings_document = next(iter(kinds["settings"]), None)
    faulty = frozenset(findings.faulty)
    portfolio = Portfolio(settings, rubrics, plans, actuals, settings_document, approvals, accepted, faulty)
    _approvals_without_report(portfolio, kinds, findings)
    broken_links(portfolio, (*kinds["plan"], *kinds["unknown"]), findings)
    return portfolio, tuple(findings.met)


def _sorted_by_kind(documents: Sequence[Document], findings: Findings) -> _Kinds:
    """Sort the files by what they say they are: a file is found by its content, not its name."""
    kinds: _Kinds = {kind: [] for kind in get_args(Kind)}
    for document in documents:
        kind = kind_of(document)
        kinds[kind].append(document)
        if kind == "unknown":
            findings.add("unknown-kind", Span(document.path))
            findings.faulty.add(document.path)
    return kinds


def _settings(documents: Sequence[Document], findings: Findings) -> Settings:
    settings = findings.take(validate(Settings, documents[0]), documents[0]) if documents else None
    for way, (first, *others) in ambiguous(settings.units).items() if settings else ():
        for id_ in others:
            findings.add("ambiguous-unit", documents[0].span_of(("units", id_)), name=way, unit=first, other=id_)
    return settings or Settings.model_validate({"planctl": "1"})


def _rubrics(documents: Sequence[Document], findings: Findings) -> Mapping[str, RubricSource]:
    """Return the scales by name; one whose file has faults is not to be had, lest another is taken for it."""
    rubrics: dict[str, RubricSource] = {}
    for document in documents:
        of_planctl = document.path.startswith(SHIPPED)
        file = findings.take(_validated(document) if of_planctl else validate(RubricFile, document), document)
        if file is None or document.path in findings.faulty:
            rubrics.pop(str(document.data["rubric"]), None)
            continue
        _repeated_levels(document, file, findings)
        _misplaced_levels(document, file, findings)
        _unknown_thresholds(document, file, findings)
        if (other := rubrics.get(file.rubric)) and not other.path.startswith(SHIPPED):
            findings.add("duplicate-rubric", document.span_of(("rubric",)), id=file.rubric, other=other.path)
        rubrics[file.rubric] = RubricSource(file, document.path)
    return MappingProxyType(rubrics)


@lru_cache(maxsize=32)
def _validated(document: Document) -> tuple[RubricFile | None, tuple[Diagnostic, ...]]:
    """Return a scale that comes with planctl, validated once for all projects of a process."""
    return validate(RubricFile, document)


def _repeated_levels(document: Document, file: RubricFile, findings: Findings) -> None:
    """Report values that stand twice in one version: nobody could say which level an item has."""
    for at, version in enumerate(file.versions):
        seen: set[Step] = set()
        for number, level in enumerate(version.levels):
            for place, value in enumerate(level.values):
                if value in seen:
                    loc = ("versions", at, "levels", number, "values", place)
                    findings.add("repeated-level", document.span_of(loc), value=value)
                seen.add(value)


def _misplaced_levels(document: Document, file: RubricFile, findings: Findings) -> None:
    """Report values above 100, and those that lie within a range of the same version; ends may touch."""
    for at, version in enumerate(file.versions):
        before: list[Step] = []
        for number, level in enumerate(version.levels):
            for place, value in enumerate(level.values):
                span = document.span_of(("versions", at, "levels", number, "values", place))
                if value.high > HIGHEST:
                    findings.add("level-above-100", span, value=value)
                if other := next((one for one in before if one != value and one.overlaps(value)), None):
                    findings.add("overlapping-levels", span, value=value, other=other)
                before.append(value)


def _unknown_thresholds(document: Document, file: RubricFile, findings: Findings) -> None:
    """Report thresholds whose score belongs to no level: an item that reached them would stand in no row."""
    for at, version in enumerate(file.versions):
        steps = [step for level in version.levels for step in level.values]
        for number, threshold in enumerate(version.thresholds):
            if not any(step.low <= threshold.score <= step.high for step in steps):
                span = document.span_of(("versions", at, "thresholds", number, "score"))
                allowed = ", ".join(map(str, steps))
                findings.add("threshold-without-level", span, score=plain(threshold.score), allowed=allowed)


# Plans


def _plans(kinds: _Kinds, settings: Settings, findings: Findings) -> Mapping[str, Plan]:
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


def _unknown_rubrics(
    plans: Mapping[str, Plan], rubrics: Mapping[str, RubricSource], kinds: _Kinds, findings: Findings
) -> None:
    """Report scales that nobody has, where they are named: in a plan, or once in planctl.yaml."""
    known = ", ".join(sorted(rubrics))
    for plan in plans.values():
        if plan.rubric not in rubrics and not findings.explain(plan.rubric, kinds["rubric"]):
            holder = plan.document if plan.model.rubric else kinds["settings"][0]
            findings.add("unknown-rubric", holder.span_of(("rubric",)), rubric=plan.rubric, known=known)


# Approvals


def _approvals(documents: Sequence[Document], findings: Findings) -> Iterator[Approval]:
    for document in documents:
        model = findings.take(validate(ApprovalFile, document), document)
        if model and not model.approval.startswith(PLACEHOLDER):
            yield Approval(document, model, is_sound=document.path not in findings.faulty)


def _approvals_without_report(portfolio: Portfolio, kinds: _Kinds, findings: Findings) -> None:
    """Report approvals of what is not there, unless a file with faults, or one that could not be read, may be it."""
    parts = [(actuals.plan.id, actuals.period) for actuals in portfolio.actuals]
    for one in portfolio.approvals:
        document, period = one.model.approval, one.model.period
        is_torn = any(document in source.text for source in findings.unread)
        is_faulty = findings.explain(document, (*kinds["plan"], *kinds["actuals"]))
        if one.is_sound and (document, period) not in parts and not is_torn and not is_faulty:
            known = ", ".join(str(when) for id_, when in parts if id_ == document)
            span = one.document.span_of(("period" if document in portfolio.plans else "approval",))
            values = {"document": document, "period": period} | ({"known": known} if known else {})
            findings.add("approval-without-report", span, **values)


def _by_part(approvals: Sequence[Approval]) -> Mapping[tuple[str, Period], Approval]:
    """Return the approvals by document and period; of two the first."""
    return {(one.model.approval, one.model.period): one for one in reversed(approvals)}


# Actuals


def _actuals_files(kinds: _Kinds, plans: Mapping[str, Plan], findings: Findings) -> list[ActualsFile]:
    files = []
    by_folded_id: defaultdict[str, list[Document]] = defaultdict(list)
    for one in kinds["plan"]:
        by_folded_id[folded(str(one.data.get("id") or ""))].append(one)
    for document in kinds["actuals"]:
        named = document.data["actuals"]
        plan = plans.get(named.strip()) if isinstance(named, str) else None
        kind = actuals_model(plan.form.entry if plan else any_entry(tuple(form.entry for form in FORMS.values())))
        model = findings.take(validate(kind, document), document)
        if plan:
            entries = _known_items(plan, document, model, by_folded_id[folded(plan.id)], findings)
            if model and not (document.path in findings.faulty and str(model.period) == PLACEHOLDER_YEAR):
                files.append(ActualsFile(document, model, entries))
        elif model and not model.actuals.startswith(PLACEHOLDER):
            _unknown_plan(model.actuals, document, plans, kinds, findings)
    return files


def _unknown_plan(id_: str, document: Document, plans: Mapping[str, Plan], kinds: _Kinds, findings: Findings) -> None:
    """Report actuals of a plan that is not there, unless a plan's own faults are why it is not."""
    if not findings.may_hide(id_, (*kinds["plan"], *kinds["unknown"])):
        findings.add("unknown-plan", document.span_of(("actuals",)), id=id_, **near(id_, plans))


def _known_items(
    plan: Plan, document: Document, model: ActualsModel | None, suspects: Sequence[Document], findings: Findings
) -> Mapping[str, Entry]:
    """Return the entries of items that are to be reported, and report the others.

    An entry belongs to no item at all only if the plan's own faults are not why it seems so; `suspects` are the files
    of plans with its id.
    """
    given: Any = model.items if model else document.data.get("items")
    entries: Mapping[str, Any] = given if isinstance(given, dict) else {}
    nameless = any(id_.startswith(PLACEHOLDER) for id_ in plan.all_items)
    strangers = [id_ for id_ in entries if id_ not in plan.items]
    meant = plan.items if len(strangers) <= MOST_SLIPS else ()
    for id_ in strangers:
        span = document.key_span_of(("items", id_))
        if id_ in plan.all_items:
            findings.add("not-to-be-reported", span, id=id_, plan=plan.document.path)
        elif not nameless and not findings.explain(id_, suspects):
            findings.add("unknown-item", span, id=id_, document=plan.id, **near(id_, meant))
    return {id_: entry for id_, entry in entries.items() if id_ in plan.items} if strangers else entries


def _actuals(
    files: Sequence[ActualsFile],
    plans: Mapping[str, Plan],
    approvals: Mapping[tuple[str, Period], Approval],
    findings: Findings,
) -> Iterator[Actuals]:
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
            approval=approvals.get((id_, period)),
        )
        for one in reported.values():
            if one.state and one.state.is_final:
                ended[id_].setdefault(one.id, (period, one))


def _order(period: Period) -> tuple[Any, ...]:
    return period.last_day, period.months


def _head(files: Sequence[ActualsFile], findings: Findings) -> dict[str, Any]:
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
    plan: Plan, period: Period, files: Sequence[ActualsFile], gone: Mapping[str, Reported], findings: Findings
) -> dict[str, Reported]:
    together: dict[str, Reported] = {}
    for file in files:
        for id_, entry in file.entries.items():
            mine = Reported(id_, entry, (file.document,))
            together[id_] = _joined(together[id_], mine, findings) if id_ in together else mine
    for id_, one in together.items():
        if _ended_before(one, period):
            together[id_] = replace(one, gone=True)
    return together | {id_: _still_gone(one, together.get(id_)) for id_, one in gone.items() if id_ in plan.items}


def _ended_before(one: Reported, period: Period) -> bool:
    """Tell whether an item was taken out before the period by its own date, and nobody scored it any more."""
    entry = one.entry
    if entry.state is None or not entry.state.is_final or entry.self_score is not None or entry.superior is not None:
        return False
    return entry.date is not None and entry.date < period.first_day


def _joined(one: Reported, two: Reported, findings: Findings) -> Reported:
    """Join what two files say of an item: a key, or a field of an office's own, may stand in one of them only."""
    given = {name: value for name in two.entry.model_fields_set if (value := getattr(two.entry, name)) is not None}
    for name in sorted(given):
        if name in {"extra", "reached"} and getattr(one.entry, name):
            given[name] = _joined_keys(name, one, two, findings)
        elif name in one.entry.model_fields_set and getattr(one.entry, name) is not None:
            key = type(two.entry).model_fields[name].alias or name
            span = two.documents[0].span_of(("items", two.id, key))
            findings.add("given-twice", span, key=key, other=one.documents[0].path)
            del given[name]
    return Reported(one.id, one.entry.model_copy(update=given), (*one.documents, *two.documents))


def _joined_keys(field_: str, one: Reported, two: Reported, findings: Findings) -> Mapping[str, str | None]:
    """Join an office's own fields, or the reached values of several indicators, key by key."""
    first, second = getattr(one.entry, field_), getattr(two.entry, field_)
    for name in sorted(second.keys() & first.keys()):
        span = two.documents[0].span_of(("items", two.id, field_, name))
        findings.add("given-twice", span, key=name or field_, other=one.documents[0].path)
    return {**second, **first}


def _still_gone(before: Reported, now: Reported | None) -> Reported:
    """Carry a final state into a later period; what the later file says besides stays."""
    state = {name: getattr(before.entry, name) for name in ("state", "date", "act", "reason")}
    if now is None:
        return Reported(before.id, type(before.entry)(extra={}, **state), before.documents, gone=True)
    given = {name: value for name, value in state.items() if getattr(now.entry, name) is None}
    return replace(now, entry=now.entry.model_copy(update=given), gone=True)
