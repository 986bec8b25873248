"""How the claims of a parcel's files turned out. In: the claims, and the project as loaded. Out: the claims mended.

What was read is sure; what was missed, and what could not be read, may have its reason in another parcel.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.parcels.claims import Claims, unclear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project
    from planctl.portfolio.portfolio import Portfolio

_NAMING = {"unknown-plan": "id", "unknown-above": "named", "approval-without-report": "document"}
"""The codes of what another parcel may explain or answer, each with the value that holds the name."""


def borne_out(claims: Iterable[Claims], project: Project) -> tuple[Claims, ...]:
    """Return the claims of files as they are known now that these were loaded."""
    read = dict(_read(project.portfolio))
    suspects = project.portfolio.faulty | {source.path for source in project.unread}
    missing = _missing(project)
    return tuple(
        _told(one, read.get(one.path), missing.get(one.path, ()), is_suspect=one.path in suspects) for one in claims
    )


def _told(one: Claims, read: Claims | None, missing: Iterable[str], *, is_suspect: bool) -> Claims:
    known = replace(one, missing=tuple(sorted(missing)))
    if read:
        names = tuple(sorted({*one.names, *read.names}))
        known = replace(known, kind=read.kind, document=read.document, names=names)
    elif one.kind == "plan":
        known = replace(known, is_void=True)
    return unclear(known) if is_suspect else known


def _read(portfolio: Portfolio) -> Iterator[tuple[str, Claims]]:
    """Yield what took part by its path, with what it turned out to be and the documents that it names."""
    linked = _linked(portfolio)
    for plan in portfolio.plans.values():
        path = plan.document.path
        yield path, Claims(path, "plan", plan.id, tuple(sorted({*linked[plan.id], *plan.model.above} - {plan.id})))
    for actuals in portfolio.actuals:
        yield from ((one.path, Claims(one.path, "actuals", actuals.plan.id)) for one in actuals.documents)
    for approval in portfolio.approvals:
        path = approval.document.path
        yield path, Claims(path, "approval", approval.model.approval)


def _linked(portfolio: Portfolio) -> Mapping[str, set[str]]:
    """Return the documents that the links of each plan name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in portfolio.chain.nodes if portfolio.has_links else ():
        found[node.plan.id].update(link.item.partition("#")[0] for link in node.links)
    return found


def _missing(project: Project) -> Mapping[str, set[str]]:
    """Return the documents that were looked for and not found, by the file that names them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in (*project.findings, *(accepted.found for accepted in project.accepted)):
        if one.code in _NAMING and _is_missing(one, _named(one), project.portfolio):
            found[one.span.path].add(_named(one))
    return found


def _named(found: Diagnostic) -> str:
    return dict(found.values).get(_NAMING[found.code], "").partition("#")[0]


def _is_missing(found: Diagnostic, name: str, portfolio: Portfolio) -> bool:
    """Tell whether a document is missed, and not an item of one that is there."""
    return found.code != "unknown-above" or name not in portfolio.plans
