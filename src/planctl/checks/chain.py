"""Checks of the chain of plans: what has nothing below it, what hangs on nothing, and links that no longer hold.

In: the portfolio with its chain. Out: findings. A name that leads nowhere is found in linking already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, finding
from planctl.excerpt import beginning
from planctl.forms.fields import PLACEHOLDER
from planctl.portfolio.chain import cycles
from planctl.portfolio.copies import content_digest, is_digest_of
from planctl.source.document import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.portfolio.chain import Chain, Node
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio

FEW = 3
"""So many of a kind are always told one by one; more of them only where they are not most of a plan."""

LONGEST_QUOTE = 70


def chain_cycle(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find plans, and parts of plans, that stand above themselves."""
    chain = portfolio.chain
    yield from _cycles_of_plans(portfolio)
    leads = [
        [*above, *(() if node.parent is None else (node.parent,))]
        for node, above in zip(chain.nodes, chain.above, strict=True)
    ]
    for cycle in cycles(leads) if chain.edges else ():
        yield _cycle_of_nodes(chain, cycle)


def _cycles_of_plans(portfolio: Portfolio) -> Iterator[Diagnostic]:
    ids = list(portfolio.plans)
    places = {id_: at for at, id_ in enumerate(ids)}
    for cycle in cycles([[places[named] for named in portfolio.chain.over[id_]] for id_ in ids]):
        way = [ids[at] for at in _from_least(cycle)]
        plan = portfolio.plans[way[0]]
        at = plan.model.above.index(way[1])
        yield finding("chain-cycle", plan.document.span_of(("above", at)), way=" > ".join(way))


def _from_least(cycle: Sequence[int]) -> list[int]:
    """Return a cycle from its least place back to it."""
    first = cycle.index(min(cycle))
    return [*cycle[first:], *cycle[: first + 1]]


def _cycle_of_nodes(chain: Chain, cycle: Sequence[int]) -> Diagnostic:
    """Return the finding at the first link of the cycle; the steps from a part to its section are no links."""
    steps = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
    links = {at for at, after in steps if after in chain.above[at]}
    first = cycle.index(min(links))
    way = [*cycle[first:], *cycle[: first + 1]]
    edge = next(edge for edge in chain.edges if (edge.node, edge.target) == (way[0], way[1]))
    span = chain.nodes[way[0]].plan.document.span_of((*edge.loc, "item"))
    return finding("chain-cycle", span, way=" > ".join(_name(chain.nodes[at]) for at in way))


def _name(node: Node) -> str:
    """Return how a finding names a node: by its address, or else by its words."""
    return node.address or beginning(node.text, LONGEST_QUOTE)


def not_above(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find links into plans that stand nowhere above, each plan once; an unknown plan above may explain them."""
    chain = portfolio.chain
    unsure = {broken.plan.id for broken in chain.broken if broken.loc[0] == "above"}
    above = {id_: chain.plans_above(id_) for id_ in chain.over}
    seen: set[tuple[str, str]] = set()
    for edge in chain.edges:
        plan, target = chain.nodes[edge.node].plan, chain.nodes[edge.target].plan
        pair = plan.id, target.id
        if plan is target or target.id in above[plan.id] or pair in seen or unsure & {plan.id, *above[plan.id]}:
            continue
        seen.add(pair)
        yield finding("not-above", plan.document.span_of((*edge.loc, "item")), document=target.id)


# What has nothing below it, and what nothing above


def nothing_below(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find objectives that nothing below carries out."""
    for _plan, nodes, whole in _bare(portfolio):
        if not _are_most(nodes, whole):
            for node in nodes:
                yield finding("nothing-below", node.place, what=node.address)


def much_without_below(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find plans of which most objectives have nothing below."""
    for plan, nodes, whole in _bare(portfolio):
        if _are_most(nodes, whole):
            span, below = plan.document.span_of(("id",)), portfolio.chain.under[plan.id][0]
            yield finding("much-without-below", span, count=len(nodes), all=whole, document=plan.id, below=below)


def _are_most(nodes: Sequence[Node], whole: int) -> bool:
    return len(nodes) > max(FEW, whole / 2)


def _bare(portfolio: Portfolio) -> Iterator[tuple[Plan, list[Node], int]]:
    """Return the plans that others name above them, with their bare objectives and how many objectives there are.

    A link below that leads nowhere may be meant for any of them, so that nothing can be said of the plans above it.
    """
    chain = portfolio.chain
    if not any(chain.under.values()):
        return
    faulty = {broken.plan.id for broken in chain.broken} | {node.plan.id for node in chain.nodes if _is_faulty(node)}
    unsure = {above for id_ in faulty for above in chain.plans_above(id_)}
    for plan in portfolio.plans.values():
        is_asked = chain.under[plan.id] and plan.id not in unsure
        leaves = [at for at in chain.leaves(plan.id) if chain.nodes[at].id] if is_asked else []
        bare = [chain.nodes[at] for at in leaves if not _is_carried_out(chain, at)]
        if bare:
            yield plan, bare, len(leaves)


def _is_carried_out(chain: Chain, at: int) -> bool:
    """Tell whether an objective has measures of its own, or something below names it or what it is part of."""
    return bool(chain.children[at]) or any(chain.below[one] for one in chain.around(at))


def hangs_on_nothing(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find measures, or objectives of a plan without measures, that carry out nothing above."""
    for _plan, nodes, whole in _hanging(portfolio):
        if not _are_most(nodes, whole):
            for node in nodes:
                yield finding("hangs-on-nothing", node.place, what=_name(node))


def most_hang_on_nothing(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find plans that name a plan above, and most of whose measures carry out nothing there."""
    for plan, nodes, whole in _hanging(portfolio):
        if _are_most(nodes, whole):
            yield finding("most-hang-on-nothing", plan.document.span_of(("above",)), count=len(nodes), all=whole)


def _hanging(portfolio: Portfolio) -> Iterator[tuple[Plan, list[Node], int]]:
    chain = portfolio.chain
    for plan in portfolio.plans.values():
        whole = list(chain.ends(plan.id)) if plan.model.above else []
        hanging = [chain.nodes[at] for at in whole if not _says_what_is_above(chain, at)]
        if hanging:
            yield plan, hanging, len(whole)


def _says_what_is_above(chain: Chain, at: int) -> bool:
    """Tell whether a node or a section around it names something above, be it something that does not fit."""
    return any(chain.nodes[one].links or _is_faulty(chain.nodes[one]) for one in chain.around(at))


def _is_faulty(node: Node) -> bool:
    """Tell whether what a node is said to carry out does not fit at all."""
    return not node.links and holds(node.plan.document, (*node.loc, "carries_out"))


# What has changed


def link_outdated(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find links to words above that are no longer those that were read when the link was made."""
    chain = portfolio.chain
    for edge in chain.edges:
        node, target = chain.nodes[edge.node], chain.nodes[edge.target]
        if edge.link.fingerprint not in {None, target.fingerprint}:
            span = node.plan.document.span_of((*edge.loc, "fingerprint"))
            address = node.address or node.plan.id
            yield finding(
                "link-outdated", span, named=target.address, text=beginning(target.text, LONGEST_QUOTE), address=address
            )


def copy_changed(plan: Plan) -> Iterator[Diagnostic]:
    """Find copies whose content is not the one that was taken."""
    source, text = plan.model.source, plan.document.text
    if source and not source.digest.startswith(PLACEHOLDER) and not is_digest_of(source.digest, text):
        span = plan.document.span_of(("source", "digest"))
        yield finding("copy-changed", span, origin=source.origin, digest=content_digest(text))
