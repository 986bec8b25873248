"""The actuals of a project: the files of a plan and period joined, with what earlier periods have closed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planctl.forms import FORMS
from planctl.forms.actuals import ActualsModel, Entry, actuals_model, any_entry
from planctl.forms.fields import PLACEHOLDER, PLACEHOLDER_YEAR
from planctl.portfolio.actuals import Actuals, Reported
from planctl.portfolio.findings import MOST_SLIPS, Findings, near
from planctl.portfolio.settings import folded
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.period import Period
    from planctl.portfolio.approval import Approval
    from planctl.portfolio.kinds import ByKind
    from planctl.portfolio.plan import Plan
    from planctl.source.document import Document


@dataclass(frozen=True, slots=True)
class ActualsFile:
    """One validated file of actuals."""

    document: Document
    model: ActualsModel
    entries: Mapping[str, Entry]


def actuals_files(kinds: ByKind, plans: Mapping[str, Plan], findings: Findings) -> list[ActualsFile]:
    """Return the files of actuals whose plan is there, each with its entries of items that are to be reported."""
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


def _unknown_plan(id_: str, document: Document, plans: Mapping[str, Plan], kinds: ByKind, findings: Findings) -> None:
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


def actuals_of(
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
