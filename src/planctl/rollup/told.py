"""Problems of organisations in words. In: a problem. Out: its sentence in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.words import in_both

if TYPE_CHECKING:
    from planctl.rollup.states import Problem
    from planctl.words import Language


def of_problem(problem: Problem, *, language: Language) -> str:
    """Return what keeps a project from being read, on one line."""
    told = in_both(problem.message, first=language)[0].format_map(problem.values)
    return " ".join(told.split())
