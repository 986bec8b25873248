"""The job of checking: a project's files in, what was found in them and what they score out, as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planctl.forms import FORMS
from planctl.forms.number import plain
from planctl.pipeline import load
from planctl.source.in_memory import InMemory
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.scoring.scorecard import EvaluationCard, Scorecard


def content_of(files: Mapping[str, bytes], *, known: Collection[str] = (), today: date | None = None) -> bytes:
    """Return the content of a task: files by path, the paths of others that exist, and the day of the run."""
    return packed({"known": sorted(known), "today": today.isoformat() if today else None}, files)


def carried_out(content: bytes) -> bytes:
    """Return the findings, by place, and the numbers of each plan and period."""
    asked, files = unpacked(content)
    today = date.fromisoformat(asked["today"]) if asked["today"] else None
    project = load(InMemory(files, frozenset(asked["known"]).__contains__), today=today)
    found, scores = [*map(_finding, project.findings)], [*map(_score, project.scorecards)]
    return packed({"findings": found, "scores": scores})


def prepare(_content: bytes) -> None:
    """Import the forms."""
    tuple(FORMS.values())


def _finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "path": found.span.path,
        "line": found.span.line,
        "column": found.span.column,
        "severity": found.severity.value,
        "values": dict(found.values),
    }


def _score(card: Scorecard) -> dict[str, Any]:
    return {
        "document": card.actuals.plan.id,
        "period": str(card.actuals.period),
        "evaluations": {one.evaluation: _numbers(one) for one in card.evaluations},
    }


def _numbers(card: EvaluationCard) -> dict[str, Any]:
    """Return the total of an evaluation; the mean stays exact."""
    total = card.total
    return {
        "items": total.items,
        "outcomes": {outcome.value: count for outcome, count in total.outcomes.items()},
        "levels": {plain(value): count for value, count in total.levels.items()},
        "mean": None if total.mean is None else str(total.mean),
    }
