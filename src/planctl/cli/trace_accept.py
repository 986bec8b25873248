"""`planctl trace --accept`: fingerprints into the links of the files, which otherwise stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.authoring.fingerprints import accepted
from planctl.cli import console
from planctl.output.files import replace_file
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.pipeline import Project
    from planctl.portfolio.chain import Chain, Edge
    from planctl.portfolio.plan import Plan

LEFT_OUT = 1


def accept_links(project: Project, named: Sequence[tuple[Plan, int | None]]) -> int:
    """Write the fingerprints of the links of what was named, or of all; return 1 where some could not be written."""
    chain, names = project.portfolio.chain, console.PathNames(project.root)
    faulty = {found.span.path for found in project.findings if found.is_error}
    written = left = 0
    for plan in project.portfolio.plans.values():
        links = [(edge, chain.nodes[edge.target].fingerprint) for edge in _edges(chain, plan, named)]
        if not links:
            continue
        if plan.model.source is not None:
            if named:
                console.say(
                    _("{path} is a copy of another body's plan and stays as it is"), path=names.of(plan.document.path)
                )
            continue
        path = plan.document.path
        if path in faulty:
            console.say(_("{path} has errors; nothing was written there"), path=names.of(path))
            left += len(links)
            continue
        done = accepted((project.root / path).read_bytes(), plan.document, links)
        replace_file(project.root / path, done.content)
        for edge in done.left:
            console.say(
                _("{place}: write the fingerprint by hand: {{item: {item}, fingerprint: {digest}}}"),
                place=names.of(str(plan.document.span_of(edge.loc))),
                item=edge.link.item,
                digest=chain.nodes[edge.target].fingerprint,
            )
        written, left = written + done.written, left + len(done.left)
    console.say_counted(_("{n} link accepted"), _("{n} links accepted"), written)
    return LEFT_OUT if left else 0


def _edges(chain: Chain, plan: Plan, named: Sequence[tuple[Plan, int | None]]) -> Iterable[Edge]:
    """Return the links of a plan that were asked for: those of the part named and of what stands in it, or all."""
    wanted = {at for one, at in named if one is plan}
    for edge in chain.edges:
        if chain.nodes[edge.node].plan is plan and (
            not named or None in wanted or wanted.intersection(chain.around(edge.node))
        ):
            yield edge
