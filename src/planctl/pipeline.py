"""The order of the stages, and nothing else. Each returns its value and what it found; none of them writes.

discover -> read -> link (validates) -> check -> score -> compose
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from planctl.checks import check
from planctl.diagnostics import Diagnostic, in_order, weighed
from planctl.output.template_store import replaceable_names
from planctl.portfolio.link import link
from planctl.portfolio.rubric import shipped
from planctl.report import REPORTS
from planctl.scoring.engine import score
from planctl.source.discover import discover
from planctl.source.document import SourceText
from planctl.source.evidence import is_project_file
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard
    from planctl.source.document import Document


@dataclass(frozen=True, slots=True)
class Project:
    """A project as far as it could be read: the portfolio, the scorecards, and all findings by place.

    `sources` are the texts that were read; `unread` those of them that gave no document.
    """

    root: Path
    portfolio: Portfolio
    scorecards: tuple[Scorecard, ...]
    findings: tuple[Diagnostic, ...]
    sources: tuple[SourceText, ...]
    unread: tuple[SourceText, ...]


def load(root: Path) -> Project:
    """Read, link, check and score the project in a folder."""
    with _collector_off():
        return _loaded(root)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Spare the search for garbage: what loading makes lives until the end, and a third of the time would go there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(root: Path) -> Project:
    sources, unread = discover(root)
    documents, faults = _read_all(sources)
    rubrics, _ = _read_all(SourceText(path, text) for path, text in shipped())
    portfolio, misfits = link(documents, shipped=rubrics)
    found = check(portfolio, is_file=partial(is_project_file, root), templates=replaceable_names())
    findings = weighed((*unread, *faults, *misfits, *found), portfolio.settings.severities)
    known = {document.path for document in documents}
    unread_texts = tuple(source for source in sources if source.path not in known)
    return Project(root, portfolio, score(portfolio), in_order(findings), sources, unread_texts)


def _read_all(sources: Iterable[SourceText]) -> tuple[list[Document], list[Diagnostic]]:
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    for source in sources:
        document, found = read(source)
        findings.extend(found)
        if document:
            documents.append(document)
    return documents, findings


def compose(project: Project, scorecard: Scorecard, facts: RunFacts) -> Iterator[Sheet]:
    """Return the sheets of one plan and period, in the order of the register."""
    for report in REPORTS:
        if sheet := report(scorecard, project.portfolio, facts):
            yield sheet
