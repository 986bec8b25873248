"""The registers of reports: one file here for each; to add one, write it and add its line to the register of its kind.

A report makes a `Sheet` of a plan and period, of a plan as approved, or of the office in a period; None where it has
nothing to show. The key is the sheet's name, which ends the names of its files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.facts import RunFacts
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.office import Office
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard

Compose = TypeVar("Compose", bound=Callable[..., object])


class _Reports(Mapping[str, Compose]):
    """Reports by name: of each the file here and the function in it, which is imported when it is asked for.

    Most commands ask for the names alone.
    """

    def __init__(self, functions: Mapping[str, str]) -> None:
        self._functions = functions

    def __getitem__(self, name: str) -> Compose:
        module, function = self._functions[name].split(".")
        compose: Compose = getattr(import_module(f"{__name__}.{module}"), function)
        return compose

    def __contains__(self, name: object) -> bool:
        return name in self._functions

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)


PERIOD_REPORTS: Mapping[str, Callable[[Scorecard, Portfolio, RunFacts], Sheet | None]] = _Reports(
    {
        "table": "table.compose",
        "summary-self": "summary.compose_self",
        "summary-superior": "summary.compose_superior",
        "comparison": "comparison.compose",
        "trend": "trend.compose",
        "years": "years.compose",
        "attention": "attention.compose",
    }
)
"""Of a plan and period; `portfolio` is for the names of units, the scorecard has all else."""

PLAN_REPORTS: Mapping[str, Callable[[Plan, Portfolio, RunFacts], Sheet | None]] = _Reports({"plan": "approved.compose"})
"""Of a plan as approved, whether anything is reported of it or not."""

OFFICE_REPORTS: Mapping[str, Callable[[Office, Portfolio, RunFacts], Sheet | None]] = _Reports(
    {"units": "units.compose", "acts": "acts.compose", "unreported": "unreported.compose"}
)
"""Of all plans in a period."""

OFFICIAL = ("plan", "table", "summary-self", "summary-superior")
"""The sheets that are handed in; the others are for leaders and are made when asked for."""


def template_names(forms: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the templates of all sheets, without their endings; before a form's own stands its name."""
    own = (f"{form}/{sheet}" for form in forms for sheet in (*PLAN_REPORTS, "table"))
    others = (name for name in (*PERIOD_REPORTS, *OFFICE_REPORTS) if name not in {"table", *_SUMMARIES})
    return (*own, "summary", *others)


_SUMMARIES = ("summary-self", "summary-superior")

SHEETS = (*PLAN_REPORTS, *PERIOD_REPORTS, *OFFICE_REPORTS)
"""The names of all sheets."""
