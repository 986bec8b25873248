"""What of the answers is to be taken over: those that are new, fit, and that nobody else gave otherwise.

In: a project and the workbooks that came back. Out: the `Change`s by item and field, and findings about the rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from planctl.collect.asking import actuals_of, meaning_of, rubric_of, wants_number
from planctl.collect.change import Change, path_of_new
from planctl.collect.digests import digest, normal
from planctl.collect.fields import EVIDENCE, REACHED, SELF, STATE, TITLE_SIGN, evidence_line, raw, told
from planctl.diagnostics import Span, finding
from planctl.excerpt import beginning
from planctl.forms.actuals import STATE_LABELS, State
from planctl.forms.fields import as_score
from planctl.forms.form import Group
from planctl.forms.number import plain
from planctl.forms.period import period_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planctl.collect.change import Written
    from planctl.collect.returned import Answer, Returned, ReturnedRow
    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Item
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.rubric import Rubric

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be taken over, and what is not, with the reasons."""

    changes: tuple[Change, ...]
    findings: tuple[Diagnostic, ...]


def judged(project: Project, workbooks: Sequence[Returned], wanted: Period | None = None) -> Verdict:
    """Return what of the workbooks is to be taken over; those of a period that is not `wanted` are refused whole."""
    judging = _Judging(project)
    for workbook in workbooks:
        period = period_of(workbook.period)
        if not workbook.is_ours:
            continue
        if period is None:
            judging.findings.append(finding("no-collect-workbook", Span(workbook.name)))
        elif wanted is not None and period != wanted:
            judging.findings.append(
                finding("collected-other-period", Span(workbook.name), period=period, wanted=wanted)
            )
        else:
            judging.judge(workbook, period)
    return Verdict(tuple(judging.agreed()), tuple(judging.findings))


@dataclass(frozen=True, slots=True)
class _Subject:
    """An item that an answer is about, as the project has it."""

    plan: Plan
    item: Item
    meaning: str
    period: Period
    actuals: Actuals | None
    rubric: Rubric | None
    now: Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Judging:
    """The changes of all workbooks, while they are looked at."""

    project: Project
    changes: dict[tuple[str, str, str, str], list[Change]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Diagnostic] = field(default_factory=list)
    _subjects: dict[Period, dict[str, _Subject]] = field(default_factory=dict)

    def judge(self, workbook: Returned, period: Period) -> None:
        """Look at every row of a workbook."""
        if period not in self._subjects:
            self._subjects[period] = _subjects(self.project, period)
        refused: set[str] = set()
        for row in workbook.rows:
            span = Span(workbook.name, within=row.place)
            subject = self._subjects[period].get(row.address)
            is_known = subject is not None and (not row.indicator or _has(subject.item, row.indicator))
            if row.address in refused:
                continue
            if subject is None or (not is_known and subject.meaning == row.meaning):
                self.findings.append(finding("collected-unknown-item", span, address=row.address))
                refused.add(row.address)
            elif subject.meaning != row.meaning:
                self.findings.append(finding("collected-older-than-plan", span, address=row.address))
                refused.add(row.address)
            else:
                for answer in row.answers:
                    self._judge_answer(workbook.name, row, answer, subject)

    def _judge_answer(self, file: str, row: ReturnedRow, answer: Answer, subject: _Subject) -> None:
        """Keep what an open cell changes, by what it said when made, what the project says, and what it says."""
        at = (answer.key, row.indicator if answer.key == REACHED else "")
        if at not in subject.now:
            return
        shown, now = _shown(answer), subject.now[at]
        if answer.made in {digest(shown), digest(answer.text)} or normal(shown) == normal(now):
            return
        span = Span(file, within=answer.place)
        values = {"address": row.address, "field": _name(*at), "text": beginning(shown)}
        if digest(now) != answer.made:
            path = _path(subject, self.project)
            self.findings.append(finding("collected-conflict", span, **values, now=beginning(now), path=path))
            return
        try:
            value = _value(shown, at, subject, self.project) if shown else None
        except _Misfit as misfit:
            self.findings.append(finding(misfit.code, span, text=beginning(shown), **misfit.values))
            return
        change = Change(subject.plan.id, subject.period, subject.item.id, *at, now, shown, value, file, answer.place)
        self.changes[row.address, str(subject.period), *at].append(change)

    def agreed(self) -> Iterator[Change]:
        """Yield each change once; where two workbooks say different things, neither is taken."""
        for same in self.changes.values():
            first = same[0]
            other = next((one for one in same if normal(one.new) != normal(first.new)), None)
            if other is None:
                yield first
                continue
            self.findings.append(
                finding(
                    "collected-two-answers",
                    Span(other.file, within=other.place),
                    address=other.address,
                    field=other.name,
                    text=beginning(other.new),
                    other=beginning(first.new),
                    place=Span(first.file, within=first.place),
                    path=f"{first.plan} {first.period}",
                )
            )


def _subjects(project: Project, period: Period) -> dict[str, _Subject]:
    """Return all items that are reported, by address."""
    portfolio = project.portfolio
    subjects: dict[str, _Subject] = {}
    for plan in portfolio.plans.values():
        actuals, rubric = actuals_of(portfolio, plan.id, period), rubric_of(portfolio, plan, period)
        for band in plan.bands:
            if not isinstance(band, Group):
                continue
            for one in band.items:
                if plan.items.get(one.id) is one:
                    item = one.in_year(period.year)
                    subjects[f"{plan.id}#{one.id}"] = _Subject(
                        plan, item, meaning_of(band, item), period, actuals, rubric, told(actuals, item)
                    )
    return subjects


def _has(item: Item, indicator: str) -> bool:
    return any(one.id == indicator for one in item.indicators)


def _path(subject: _Subject, project: Project) -> str:
    """Return the file in which an item's report stands or will stand."""
    actuals = subject.actuals
    return actuals.documents[0].path if actuals else path_of_new(project, subject.plan.id, subject.period)


def _name(key: str, indicator: str) -> str:
    return f"{key}.{indicator}" if indicator else key


# What a cell says


def _shown(answer: Answer) -> str:
    """Return what an open cell says, as planctl writes it into cells: numbers plain, states in their official words."""
    match answer.key:
        case _ if answer.key == SELF:
            return _score(answer)
        case _ if answer.key == STATE:
            return _state_label(answer.text)
        case _ if answer.key == REACHED:
            return _reached(answer)
        case _:
            return answer.text


def _score(answer: Answer) -> str:
    if answer.value is not None and isinstance(answer.value.value, Decimal):
        return plain(answer.value.value * (_PERCENT if answer.value.kind == "percent" else 1))
    try:
        return plain(as_score(answer.text)) if answer.text else ""
    except PydanticCustomError:
        return answer.text


def _reached(answer: Answer) -> str:
    match answer.value.value if answer.value else None:
        case bool() as is_true:
            return "тийм" if is_true else "үгүй"
        case Decimal() as number if answer.value and answer.value.kind == "percent":
            return f"{plain(number * _PERCENT)}%"
        case Decimal() as number:
            return plain(number)
        case datetime() as moment:
            return moment.date().isoformat()
        case date() as day:
            return day.isoformat()
        case _:
            return answer.text


def _state_label(text: str) -> str:
    """Return the official words of a state that is written otherwise, and anything else as it is."""
    word = " ".join(text.casefold().split())
    for state, label in STATE_LABELS.items():
        if word in {label.casefold(), state.value, state.value.replace("-", "_")}:
            return label
    return text


# What is written of it


class _Misfit(Exception):  # noqa: N818  # no error of the program: a value that is reported
    """A value that does not fit; the finding's code and what fills it."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def _value(text: str, at: tuple[str, str], subject: _Subject, project: Project) -> Written:
    """Return what the YAML says for what a cell shows."""
    key, indicator = at
    match key:
        case _ if key == SELF:
            return _checked_score(text, subject.rubric)
        case _ if key == STATE:
            return _checked_state(text)
        case _ if key == REACHED:
            return _checked_number(text, indicator, subject.item)
        case _ if key == EVIDENCE:
            return _proofs(text, subject, is_file=lambda path: _is_file(project, path))
        case _:
            return text


def _checked_score(text: str, rubric: Rubric | None) -> str:
    choices = ", ".join(map(str, rubric.steps)) if rubric else ""
    try:
        score = as_score(text)
    except PydanticCustomError:
        raise _Misfit("collected-not-in-rubric", choices=choices) from None
    if rubric is not None and rubric.step_of(score) is None:
        raise _Misfit("collected-not-in-rubric", choices=choices)
    return plain(score)


def _checked_state(text: str) -> str:
    state = next((state for state, label in STATE_LABELS.items() if label == text), None)
    if state is None:
        raise _Misfit("collected-unknown-state", choices=", ".join(STATE_LABELS.values()))
    return State(state).value


def _checked_number(text: str, id_: str, item: Item) -> str:
    indicator = next((one for one in item.indicators if (one.id or "") == id_), None)
    said = indicator.quantity(text) if indicator else None
    if indicator and said and wants_number(indicator) and said.kind != "none" and said.number is None:
        raise _Misfit("collected-not-a-number")
    return text


def _proofs(text: str, subject: _Subject, *, is_file: Callable[[str], bool]) -> list[dict[str, object]]:
    """Return a proof for each line; one that stands there already stays as it is written."""
    given = raw(subject.actuals.documents if subject.actuals else (), subject.item.id, EVIDENCE)
    known = (
        {normal(evidence_line(one)): one for one in given if isinstance(one, dict)} if isinstance(given, list) else {}
    )
    lines = [normal(line) for line in text.split("\n") if line.strip()]
    return [known.get(line) or _proof(line, is_file) for line in lines]


def _proof(line: str, is_file: Callable[[str], bool]) -> dict[str, object]:
    place, _sign, title = line.partition(TITLE_SIGN)
    named = {"title": title} if title else {}
    if place.startswith(("http://", "https://")) and " " not in place:
        return {"url": place, **named}
    if is_file(place):
        return {"file": place, **named}
    return {"document": {"title": line}}


def _is_file(project: Project, path: str) -> bool:
    from planctl.source.discover import Folder  # noqa: PLC0415

    return Folder(project.root).has_file(path)
