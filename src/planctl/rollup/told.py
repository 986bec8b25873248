"""Problems of organisations in words: as findings about the list, and for what is handed in.

In: problems. Out: findings in the language in use, and sentences in Mongolian.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.diagnostics import finding
from planctl.rollup.list import NOT_FILLED_IN
from planctl.words import in_both, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.rollup.list import Listed
    from planctl.rollup.states import Problem
    from planctl.source.document import Document


def of_problem(problem: Problem) -> str:
    """Return what keeps a project from being read, on one line; in Mongolian whatever the terminal speaks."""
    return _on_a_line(in_both(problem.message, first="mn")[0].format_map(problem.values))


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def not_read(document: Document, listed: Listed, problems: Mapping[int, Problem]) -> Iterator[Diagnostic]:
    """Find the organisations whose projects cannot be read, each with the cause; a blank is told of where it stands."""
    for entry in listed.entries:
        one = entry.organisation
        if (problem := problems.get(entry.at)) is None or problem.message == NOT_FILLED_IN:
            continue
        key, place = ("path", {"path": one.path}) if one.path else ("git", {})
        span = document.span_of(("organisations", entry.at, key))
        reason = _on_a_line(said(problem.message, problem.values))
        yield finding("organisation-unreadable", span, name=one.name, reason=reason, **place)
