"""What all sheets of a plan and period share: the head, the signatures, the names of rows.

In: a scorecard and the portfolio. Out: parts of a `Sheet`.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from planctl.report.mongolian import PERIOD_BLANK, YEAR_BLANK, heading_date, report_title
from planctl.report.sheet import Heading, Sheet, Signature

if TYPE_CHECKING:
    from planctl.facts import RunFacts
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import Scorecard

DRAFT = "ТӨСӨЛ"
NO_DATE = "____ оны ___ дугаар сарын ___"


def title(actuals: Actuals) -> str:
    """Return the sheet's title as one sentence: with the period, in sentence case."""
    return report_title(actuals.plan.model.title, actuals.period)


def bare_title(plan: Plan) -> str:
    """Return a plan's title without its blanks for a period and a year."""
    return " ".join(plan.model.title.replace(PERIOD_BLANK, "").replace(YEAR_BLANK, "").split())


def heading(
    scorecard: Scorecard, facts: RunFacts, *, lines: tuple[str, ...], note: str = "", is_draft: bool = False
) -> Heading:
    """Return the head of a sheet; the date is the actuals' own unless the run names another."""
    actuals = scorecard.actuals
    day = facts.as_of or actuals.date
    return Heading(
        title=lines,
        date=heading_date(day) if day else NO_DATE,
        place=actuals.place,
        note=note,
        reference=actuals.plan.model.reference or "",
        draft=DRAFT if is_draft else "",
    )


def for_leaders(scorecard: Scorecard, facts: RunFacts, *, name: str, title_below: str) -> Sheet:
    """Return a sheet that nobody signs, still without tables: the report's title with its own below it."""
    actuals = scorecard.actuals
    return Sheet(
        stem=stem(actuals, name),
        name=name,
        template=name,
        organisation=actuals.organisation,
        heading=heading(scorecard, facts, lines=(title(actuals), title_below), is_draft=scorecard.is_draft),
    )


def signatures(actuals: Actuals) -> tuple[Signature, ...]:
    """Return who signs the sheets of a period."""
    return tuple(Signature(one.caption, one.post, one.name) for one in actuals.signatories)


def stem(actuals: Actuals, sheet: str) -> str:
    """Return the name of a sheet's files, without the ending: `council.2023.table`."""
    return f"{actuals.plan.id}.{actuals.period}.{sheet}"


def anchor(address: str) -> str:
    """Return the bookmark name of an address: a readable part and 16 digits that make it unique, up to 40 signs.

    Eight digits would meet twice among 100,000 addresses in Cyrillic, of which nothing readable is left.
    """
    readable = re.sub(r"[^A-Za-z0-9]+", "_", address).strip("_")[:20]
    return f"i_{readable}_{hashlib.sha256(address.encode()).hexdigest()[:16]}"
