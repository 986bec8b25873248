"""`planctl diff`: what changed between two states of the project, and what that did to the scores."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.changes.compared import Compared
from planctl.cli import console
from planctl.cli.options import PeriodOption, one_of_option
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class DiffFormat(StrEnum):
    """How changes are written."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


WEAKENING, ANY = "weakening", "any"
"""Classes of `--fail-on` beside the kinds of changes and the ways of weakening a plan."""


def _class(text: str) -> str:
    from planctl.changes.change import Kind, Weakening  # noqa: PLC0415  # the help needs none of it

    known = (WEAKENING, ANY, *Weakening, *Kind)
    if text not in known:
        words = said(_("“{text}” is none of {known}"), {"text": text, "known": ", ".join(known)})
        raise typer.BadParameter(words)
    return text


def run(
    states: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="BASE [HEAD]",
            help=_("Revisions, or two folders; by default HEAD and the working tree."),
            show_default=False,
        ),
    ] = None,
    exact: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--exact", help=_("Compare with BASE itself, not with where the two parted."))
    ] = False,
    period: PeriodOption = None,
    format_: Annotated[
        DiffFormat,
        one_of_option("--format", DiffFormat, _("How changes are written.")),
    ] = DiffFormat.TEXT,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            parser=_class,
            metavar="CLASS",
            help=_("Exit 1 on such a change: `weakening`, a way of it, a kind of change, or `any`; may be repeated."),
        ),
    ] = None,
) -> None:
    """Show what changed by meaning, what weakens a plan first, and what it did to the scores."""
    named = states or []
    if len(named) > 2:  # noqa: PLR2004  # both ends
        raise typer.BadParameter(said(_("there are two states to compare at most")), param_hint="BASE HEAD")
    compared = _compared(named, exact=exact).within(period)
    _show(compared, format_)
    if compared.is_same:
        console.say(_("nothing changed between {before} and {after}"), before=compared.before, after=compared.after)
    raise typer.Exit(int(any(_met(compared, fail_on or ()))))


def _show(compared: Compared, format_: DiffFormat) -> None:
    match format_:
        case DiffFormat.JSON:
            from planctl.cli.diff_json import as_json  # noqa: PLC0415

            console.data(as_json(compared))
        case DiffFormat.MD:
            from planctl.cli.diff_markdown import markdown  # noqa: PLC0415

            console.data(markdown(compared))
        case DiffFormat.TEXT:
            from planctl.cli.diff_text import show  # noqa: PLC0415  # only the terminal needs rich

            show(compared)


def _compared(named: Sequence[str], *, exact: bool) -> Compared:
    from planctl.changes.compare import compare  # noqa: PLC0415  # the help needs none of it
    from planctl.changes.effects import effects  # noqa: PLC0415
    from planctl.changes.unread import unread  # noqa: PLC0415
    from planctl.cli.states import states_of  # noqa: PLC0415
    from planctl.garbage import collector_off  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415

    one, other = states_of(named, exact=exact)
    before, after = load(one.tree), load(other.tree)
    with collector_off():
        changes = compare(before, after)
        return Compared(one.name, other.name, changes, effects(before, after, changes), unread(before, after))


def _met(compared: Compared, wanted: Sequence[str]) -> Iterator[bool]:
    """Yield what a run is to fail on; what cannot be read any more may hold anything."""
    for change in compared.changes:
        yield ANY in wanted or change.kind in wanted
        yield change.weakens is not None and (WEAKENING in wanted or change.weakens in wanted)
    yield from (bool(wanted) and one.whole and one.differs and one.state == "after" for one in compared.unread)
