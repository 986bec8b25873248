"""The order of the stages, and nothing else. Each returns its value and what it found; none of them writes.

discover -> read -> link (validates) -> check (settles what is accepted) -> score
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.checks import check, codes_of_errors
from planctl.codes import CODES
from planctl.diagnostics import Diagnostic, in_order, weighed
from planctl.garbage import collector_off
from planctl.portfolio.link import link
from planctl.portfolio.rubric import shipped
from planctl.scoring.engine import score
from planctl.source.discover import Folder
from planctl.source.document import SourceText
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from datetime import date

    from planctl.findings.accepting import AcceptedFinding
    from planctl.portfolio.portfolio import Portfolio
    from planctl.scoring.scorecard import Scorecard
    from planctl.source.document import Document
    from planctl.source.tree import Tree


@dataclass(frozen=True)
class Project:
    """A project as far as it could be read: the portfolio, and all findings by place.

    `sources` are the texts that were read; `unread` those of them that gave no document. `root` is the project's
    folder, also of a state that was read from its history. `accepted` are the findings that are not reported, as
    accepted.yaml lets them be.
    """

    root: Path
    portfolio: Portfolio
    findings: tuple[Diagnostic, ...]
    sources: tuple[SourceText, ...]
    unread: tuple[SourceText, ...]
    accepted: tuple[AcceptedFinding, ...] = ()

    @cached_property
    def scorecards(self) -> tuple[Scorecard, ...]:
        """The scorecard of each plan and period whose scale is known: a check asks for none, and waits for none."""
        with collector_off():
            return score(self.portfolio)


def load(state: Path | Tree, *, today: date | None = None) -> Project:
    """Read, link and check a project: what its folder holds now, or another state of it.

    `today` is the day by which records run out; without one nothing has.
    """
    with collector_off():
        return _loaded(_tree(state), today, _every_code)


def load_for_errors(state: Path | Tree, *, today: date | None = None) -> Project:
    """Return a project as `load` does, with the same errors, but without the warnings that take time to find."""
    with collector_off():
        return _loaded(_tree(state), today, codes_of_errors)


def _tree(state: Path | Tree) -> Tree:
    return Folder(state) if isinstance(state, Path) else state


def _every_code(_portfolio: Portfolio) -> Container[str]:
    """Return all there are."""
    return CODES


def _loaded(tree: Tree, today: date | None, wanted: Callable[[Portfolio], Container[str]]) -> Project:
    sources, unread = tree.sources()
    documents, faults = _read_all(sources)
    known = {document.path for document in documents}
    unread_texts = tuple(source for source in sources if source.path not in known)
    portfolio, misfits = link(documents, shipped=_shipped_rubrics(), unread=unread_texts)
    templates = _template_names() if portfolio.settings.templates else ()
    torn = {fault.span.path for fault in faults if fault.is_error}
    found = check(portfolio, is_file=tree.has_file, templates=templates, torn=torn, day=today, codes=wanted(portfolio))
    every = in_order(weighed((*unread, *faults, *misfits, *found), portfolio.settings.severities))
    if not portfolio.accepted:
        return Project(tree.root, portfolio, every, sources, unread_texts)
    from planctl.findings.accepting import settled  # noqa: PLC0415  # few projects accept any

    left = settled(every, portfolio, today=today)
    return Project(tree.root, portfolio, left.reported, sources, unread_texts, left.accepted)


def _template_names() -> tuple[str, ...]:
    """Return the names of all templates that an office can have of its own."""
    from planctl.forms import FORMS  # noqa: PLC0415  # most offices take the templates as they come
    from planctl.output.template_store import replaceable_names  # noqa: PLC0415
    from planctl.report import template_names  # noqa: PLC0415

    return replaceable_names(template_names(FORMS))


def of_no_project() -> Portfolio:
    """Return what there is without a project: the scales that come with planctl."""
    return link((), shipped=_shipped_rubrics())[0]


@cache
def _shipped_rubrics() -> tuple[Document, ...]:
    """Return the scales that come with planctl, read once for all that a process loads."""
    return tuple(_read_all(SourceText(path, text) for path, text in shipped())[0])


def _read_all(sources: Iterable[SourceText]) -> tuple[list[Document], list[Diagnostic]]:
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    for source in sources:
        document, found = read(source)
        findings.extend(found)
        if document:
            documents.append(document)
    return documents, findings
