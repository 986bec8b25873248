"""Names that lead nowhere in the chain of plans. In: the portfolio. Out: findings, if no other fault explains them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planctl.forms.fields import PLACEHOLDER
from planctl.portfolio.findings import MOST_SLIPS, Findings, near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.diagnostics import Span
    from planctl.portfolio.chain import Broken, Chain
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.source.document import Document


def broken_links(portfolio: Portfolio, suspects: Sequence[Document], findings: Findings) -> None:
    """Report plans and links that are not there; `suspects` are the files that may be a plan that could not be read."""
    if not portfolio.has_links:
        return
    counts = Counter(broken.plan.id for broken in portfolio.chain.broken)
    is_slip = {id_: count <= MOST_SLIPS for id_, count in counts.items()}
    for broken in portfolio.chain.broken:
        document, hash_, item = broken.named.partition("#")
        plan = portfolio.plans.get(document)
        if document.startswith(PLACEHOLDER):
            continue
        if not hash_ and not _names_plan(broken):
            findings.add("link-without-id", _span(broken), named=broken.named)
        elif plan and not findings.explain(item, [plan.document]):
            known = near(item, _ids(portfolio.chain, plan) if is_slip[broken.plan.id] else ())
            findings.add("unknown-above", _span(broken), named=broken.named, **_spelt(known, f"{document}#", ""))
        elif not plan and not findings.may_hide(document, _others(broken.plan, suspects)):
            known = near(document, portfolio.plans)
            findings.add("unknown-above", _span(broken), named=broken.named, **_spelt(known, "", hash_ + item))


def _span(broken: Broken) -> Span:
    return broken.plan.document.span_of(broken.loc)


def _names_plan(broken: Broken) -> bool:
    return broken.loc[0] == "above"


def _ids(chain: Chain, plan: Plan) -> Iterator[str]:
    return (chain.nodes[at].id for at in chain.of_plan[plan.id] if chain.nodes[at].id)


def _others(plan: Plan, suspects: Iterable[Document]) -> Iterator[Document]:
    """Return the files but that of the plan itself, which names what it looks for."""
    return (document for document in suspects if document is not plan.document)


def _spelt(known: dict[str, str], before: str, after: str) -> dict[str, str]:
    return {key: f"{before}{word}{after}" for key, word in known.items()}
