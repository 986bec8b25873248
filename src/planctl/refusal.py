"""Which documents and periods must not be shown, because something in their files is wrong or cannot be read.

In: a loaded project. Out: each refused part with its files. A file that took no part in the project still tells by its
text, or at the least by its name, what it belongs to: half of a period is never taken for the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from planctl.forms.period import period_of
from planctl.portfolio.kinds import SETTINGS_PATH

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals

Part = tuple[str, str]
"""A document's id and a period, as written."""

UNKNOWN = "?"
"""The period of actuals that name none."""

_VALUE = r"[ \t]*[\"']?([^\s\"'#]+)"
_ACTUALS_OF = rf"(?m)^[\"']?actuals[\"']?[ \t]*:{_VALUE}"
_PERIOD_OF = rf"(?m)^[\"']?period[\"']?[ \t]*:{_VALUE}"
_FORM_OF = "(?m)^form:"
_ID_OF = f"(?m)^id:{_VALUE}"
"""Compiled where they are wanted: a sound file says by its tree what it belongs to."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a file that took no part says it is: actuals of a document and period."""

    path: str
    document: str
    period: str


def part_of(actuals: Actuals) -> Part:
    """Return the document and period that actuals report on."""
    return actuals.plan.id, str(actuals.period)


def refused(project: Project) -> Mapping[Part, frozenset[str]]:
    """Return the documents and periods that have an error in any of their files, with those files."""
    parts: defaultdict[Part, set[str]] = defaultdict(set)
    faulty = {found.span.path for found in project.findings if found.is_error}
    joined = {part_of(actuals): actuals.files for actuals in project.portfolio.actuals}
    for actuals in project.portfolio.actuals:
        rubric = project.portfolio.rubric_of(actuals)
        files = joined[part_of(actuals)]
        if rubric is None or faulty & (files | {rubric.path, SETTINGS_PATH}):
            parts[part_of(actuals)] |= files
    claims = tuple(_claims(project, faulty))
    plans = dict(_plan_files(project)) if claims else {}
    for claim in claims:
        for part in _claimed(claim, joined):
            parts[part] |= {claim.path, plans.get(claim.document, claim.path), *joined.get(part, ())}
    for path in (*_silent(project), *_untaken(project)):
        for part in (*_named(path, project.portfolio.plans), *_meant(path, project)):
            parts[part] |= {path, *joined.get(part, ())}
    return {part: frozenset(parts[part]) for part in sorted(parts)}


def unclear(parts: Iterable[Part]) -> frozenset[str]:
    """Return the documents with actuals whose period nobody knows."""
    return frozenset(document for document, period in parts if not period_of(period))


def is_whole(project: Project) -> bool:
    """Tell whether every file says what it belongs to, so that what no plan makes any more can be known."""
    return not any(True for _path in chain(_silent(project), _untaken(project)))


def _claims(project: Project, faulty: Container[str]) -> Iterator[_Claim]:
    """Return what is claimed by the files that are joined with no plan, and are not sound plans themselves."""
    taken = {file.path for actuals in project.portfolio.actuals for file in actuals.documents}
    plans = (plan.document.path for plan in project.portfolio.plans.values())
    taken.update(path for path in plans if path not in faulty)
    for source in project.sources:
        if source.path in taken:
            continue
        document, period = re.search(_ACTUALS_OF, source.text), re.search(_PERIOD_OF, source.text)
        if document:
            yield _Claim(source.path, document[1], period[1] if period else "")


def _claimed(claim: _Claim, joined: Iterable[Part]) -> Iterator[Part]:
    """Return the claim's period; where that is none, every period of the document may be meant."""
    yield claim.document, claim.period or UNKNOWN
    if not period_of(claim.period):
        yield from (part for part in joined if part[0] == claim.document)


def _plan_files(project: Project) -> Iterator[tuple[str, str]]:
    """Return the files that say they are a plan, by the id they give."""
    for source in project.sources:
        if (named := re.search(_ID_OF, source.text)) and re.search(_FORM_OF, source.text):
            yield named[1], source.path


def _silent(project: Project) -> Iterator[str]:
    """Return the files under plans/ that could not be read at all, or do not say what they are."""
    told = {source.path for source in project.sources}
    yield from (
        source.path
        for source in project.unread
        if not (re.search(_ACTUALS_OF, source.text) or re.search(_FORM_OF, source.text))
    )
    unread = {found.span.path for found in project.findings} - told
    yield from (path for path in sorted(unread) if path == "plans" or path.startswith("plans/"))


def _untaken(project: Project) -> Iterator[str]:
    """Return the faulty files under plans/ that are no plan, and actuals that no plan took."""
    plans = {plan.document.path for plan in project.portfolio.plans.values()}
    taken = plans.union(*(actuals.files for actuals in project.portfolio.actuals))
    faulty = {found.span.path for found in project.findings if found.is_error and found.span.path.startswith("plans/")}
    yield from sorted(faulty - taken)


def _meant(path: str, project: Project) -> Iterator[Part]:
    """Return the period of the plan that a misspelt id seems to mean."""
    text = next((source.text for source in project.sources if source.path == path), "")
    period = re.search(_PERIOD_OF, text)
    for found in project.findings:
        meant = dict(found.values).get("suggestion")
        if found.code == "unknown-plan" and found.span.path == path and meant and period:
            yield meant, period[1]


def _named(path: str, plans: Iterable[str]) -> Iterator[Part]:
    """Return what a file's name says: as `planctl actuals new` gives it, or with the body behind the period."""
    name = PurePosixPath(path).name
    for plan in plans:
        period = name.removeprefix(f"{plan}.").split(".")[0]
        if name.startswith(f"{plan}.") and period_of(period):
            yield plan, period
