"""From documents to the portfolio: validated, joined, with every reference resolved or reported.

In: the project's documents. Out: the `Portfolio` and the findings of validating and linking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from planctl.diagnostics import Span
from planctl.portfolio.broken import broken_links
from planctl.portfolio.findings import Findings
from planctl.portfolio.kinds import ByKind, Kind, kind_of
from planctl.portfolio.link_actuals import actuals_files, actuals_of
from planctl.portfolio.link_approvals import approvals_in, approvals_without_report, by_part
from planctl.portfolio.link_plans import plans_in, unknown_rubrics
from planctl.portfolio.link_rubrics import rubrics_in
from planctl.portfolio.portfolio import Portfolio
from planctl.portfolio.settings import Settings, ambiguous
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.portfolio.accepted import Accepted
    from planctl.source.document import Document, SourceText


def link(
    documents: Sequence[Document], *, shipped: Sequence[Document] = (), unread: Sequence[SourceText] = ()
) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
    """Return the portfolio of a project's documents, and what is wrong with them.

    `shipped` are the rubric files that come with planctl; a file of the project with the same name takes their place.
    `unread` are the texts that gave no document: what is missed may stand in them.
    """
    findings = Findings(unread=tuple(unread))
    kinds = _sorted_by_kind(documents, findings)
    settings = _settings(kinds["settings"], findings)
    rubrics = rubrics_in((*shipped, *kinds["rubric"]), findings)
    plans = plans_in(kinds, settings, findings)
    unknown_rubrics(plans, rubrics, kinds, findings)
    files = actuals_files(kinds, plans, findings)
    approvals = tuple(approvals_in(kinds["approval"], findings)) if kinds["approval"] else ()
    actuals = tuple(actuals_of(files, plans, by_part(approvals), findings))
    accepted = tuple(_accepted(kinds["accepted"], findings)) if kinds["accepted"] else ()
    settings_document = next(iter(kinds["settings"]), None)
    faulty = frozenset(findings.faulty)
    portfolio = Portfolio(settings, rubrics, plans, actuals, settings_document, approvals, accepted, faulty)
    approvals_without_report(portfolio, kinds, findings)
    broken_links(portfolio, (*kinds["plan"], *kinds["unknown"]), findings)
    return portfolio, tuple(findings.met)


def _sorted_by_kind(documents: Sequence[Document], findings: Findings) -> ByKind:
    """Sort the files by what they say they are: a file is found by its content, not its name."""
    kinds: ByKind = {kind: [] for kind in get_args(Kind)}
    for document in documents:
        kind = kind_of(document)
        kinds[kind].append(document)
        if kind == "unknown":
            findings.add("unknown-kind", Span(document.path))
            findings.faulty.add(document.path)
    return kinds


def _settings(documents: Sequence[Document], findings: Findings) -> Settings:
    settings = findings.take(validate(Settings, documents[0]), documents[0]) if documents else None
    for way, (first, *others) in ambiguous(settings.units).items() if settings else ():
        for id_ in others:
            findings.add("ambiguous-unit", documents[0].span_of(("units", id_)), name=way, unit=first, other=id_)
    return settings or Settings.model_validate({"planctl": "1"})


def _accepted(documents: Sequence[Document], findings: Findings) -> Iterator[Accepted]:
    from planctl.portfolio.accepted import accepted_in  # noqa: PLC0415  # few projects have any

    for document in documents:
        yield from accepted_in(document, findings)
