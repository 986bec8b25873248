"""Tasks of a few lines: small projects to check, each another one."""

from __future__ import annotations

from planctl.jobs.check import content_of
from planctl.work import Task
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS


def check_task(number: int) -> Task:
    """Return the task of checking a project; the self-evaluation of its only clause has as many points too many."""
    texts = {"planctl.yaml": SETTINGS, PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY.replace("100", str(100 + number))}
    files = {path: text.encode() for path, text in texts.items()}
    return Task("check", content_of(files), name=f"plans/{number}")
