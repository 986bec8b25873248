"""Changes and effects for the terminal: what weakens a plan first; at 80 columns, in pipes and without colour."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planctl.changes.change import Kind
from planctl.changes.words import Run, marked, shortened, worded
from planctl.cli import console
from planctl.cli.diff_rows import WHOLE, divided, rows_of
from planctl.cli.diff_words import (
    LONGEST_VALUE,
    PROJECT,
    adding_up,
    beginning,
    change_name,
    count_changes,
    grounds_name,
    mean_name,
    place_name,
    signed,
    unread_sentence,
)
from planctl.cli.evaluations import evaluation_name
from planctl.words import _, counted, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from planctl.changes.change import Change
    from planctl.changes.compared import Compared
    from planctl.changes.effect import Because, Effect
    from planctl.cli.diff_rows import Row

LONGEST_WORDS = 160
"""Characters of a text that came or went whole; of more the beginning is shown."""

MOST_GROUNDS = 12
"""Grounds of one movement that are named; the rest are told as one number."""

_LABEL_WIDTH = 22
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ARROW = "→"
_STYLES = {"same": "", "removed": "red strike", "added": "green"}
_LEVELS = {"section": _("section"), "unit": _("unit")}
_WITHOUT_UNIT = _("without a unit")
_PROSE = {Kind.REWORDED, Kind.PROGRESS}
_NAMES = {Kind.MOVED, Kind.RENAMED}


def show(compared: Compared) -> None:
    """Draw a comparison."""
    screen = console.rich_console()
    if compared.is_same:
        return
    screen.print(Text(f"{compared.before} {_ARROW} {compared.after}", style="dim"))
    first, others = divided(compared.changes)
    if first:
        _head(screen, said(_("This weakens a plan")), style="bold red")
        _show_changes(screen, first)
    if others:
        _head(screen, said(_("Other changes") if first else _("Changes")))
        _show_changes(screen, others)
    if compared.unread:
        _head(screen, said(_("Not compared, or not all of it")), style="bold yellow")
        for one in compared.unread:
            why = f": {console.message_of(one.found)}" if one.found else ""
            screen.print(_within(Text(f"{unread_sentence(one)}{_one_line(why)}")))
    if any(effect.level != "item" for effect in compared.effects):
        _head(screen, said(_("What this did to the scores")))
        _show_effects(screen, compared.effects)


def _head(screen: Console, words: str, *, style: str = "bold") -> None:
    screen.print()
    screen.print(Text(words, style=style))


# Changes


def _show_changes(screen: Console, changes: Sequence[Change]) -> None:
    in_colour = screen.color_system is not None and not screen.no_color
    for (document, period), group in groupby(changes, key=lambda one: (one.document, one.period)):
        screen.print(_within(Text(f"{document or said(PROJECT)} {period}".rstrip(), style="bold"), 1))
        for item, rows in _by_item(tuple(group), in_colour=in_colour):
            if item:
                screen.print(_within(Text(f"#{_clean(item)}", style="cyan"), 2))
            screen.print(_within(_table(rows), 4 if item else 2))


_Row = tuple[Text, Text]


def _by_item(changes: Sequence[Change], *, in_colour: bool) -> Iterator[tuple[str, list[_Row]]]:
    """Yield the rows of a document by item."""
    for item, group in groupby(rows_of(changes), key=lambda one: one.item):
        yield item, [_row(one, in_colour=in_colour) for one in group]


def _row(row: Row, *, in_colour: bool) -> _Row:
    change = row.change
    if row.numbers:
        return Text(_clean(change_name(change))), Text(row.counted)
    style = "red" if change.weakens else "yellow" if change.kind is Kind.FORMATTING else ""
    words = _said_of(change, in_colour=in_colour)
    if row.counted:
        words.append(f", {row.counted}")
    if place := place_name(change):
        words.append(f" ({place})", style="dim")
    return Text(_clean(change_name(change)), style=style), words


def _table(rows: Iterable[_Row]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_LABEL_WIDTH, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for label, words in rows:
        table.add_row(label, words)
    return table


def _said_of(change: Change, *, in_colour: bool) -> Text:
    before, after = change.before, change.after
    if change.kind is Kind.FORMATTING:
        return Text(_clean(after or ""))
    if before is None or after is None:
        words = _beginning(before or after or "")
        if change.kind in WHOLE:
            return Text(words)
        return _marked(Run("removed" if after is None else "added", words), in_colour=in_colour)
    is_short = max(len(before), len(after)) <= LONGEST_VALUE and change.kind not in _PROSE
    if is_short or change.kind in _NAMES:
        arrow = Text(f" {_ARROW} ")
        return Text.assemble(Text(_one_line(before)), arrow, Text(_one_line(after)))
    return _runs(shortened(worded(before, after)), in_colour=in_colour)


def _runs(runs: Iterable[Run], *, in_colour: bool) -> Text:
    text = Text()
    for run in runs:
        text.append_text(_marked(run, in_colour=in_colour))
    return text


def _marked(run: Run, *, in_colour: bool) -> Text:
    """Return words as they stayed, went or came; without colour between signs."""
    shown = Run(run.kind, _clean(run.text.replace("\n", "¶ " if run.kind != "same" else " ")))
    return Text(shown.text, style=_STYLES[run.kind]) if in_colour else Text(marked(shown))


def _clean(words: str) -> str:
    """Return words without the signs that would steer a terminal, or turn the direction of reading."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", words)


def _beginning(words: str) -> str:
    return _clean(beginning(words, most=LONGEST_WORDS))


def _one_line(words: str) -> str:
    return _clean(" ".join(words.split()))


# Effects


def _show_effects(screen: Console, effects: Sequence[Effect]) -> None:
    whole = [effect for effect in effects if effect.level != "item"]
    for (document, period), group in groupby(whole, key=lambda one: (one.document, one.period)):
        screen.print(_within(Text(f"{document} {period}", style="bold"), 1))
        for evaluation, of_one in groupby(group, key=lambda one: one.evaluation):
            _show_evaluation(screen, evaluation_name(evaluation), list(of_one))


def _show_evaluation(screen: Console, name: str, effects: Sequence[Effect]) -> None:
    """Show the document's means and what moved them, then its sections and units as far as they say something else."""
    whole = next((effect for effect in effects if effect.level == "document"), None)
    screen.print(_within(_headline(whole, name) if whole else Text(f"{name}:", style="bold"), 2))
    _show_grounds(screen, whole.because if whole else ())
    for effect in effects:
        if effect is not whole and (whole is None or (effect.before, effect.after) != (whole.before, whole.after)):
            part = effect.key or said(_WITHOUT_UNIT)
            screen.print(_within(_headline(effect, f"{said(_LEVELS[effect.level])} {part}"), 4))


def _headline(effect: Effect, name: str) -> Text:
    """Return the means and counts of a part, before and after."""
    head = Text(f"{_one_line(name)}: ", style="bold" if effect.level == "document" else "")
    was, now = mean_name(effect.before), mean_name(effect.after)
    head.append(f"{was} {_ARROW} {now}" if was != now or effect.movement else now, style="bold")
    if effect.movement:
        (points,) = adding_up([effect.movement])
        head.append(f" ({signed(points)})", style="red" if effect.movement < 0 else "green")
    for counts in count_changes(effect.before, effect.after):
        head.append(f", {counts}", style="")
    return head


def _show_grounds(screen: Console, because: Sequence[Because]) -> None:
    if not because:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    shown = adding_up([one.points for one in because])
    for one, points in zip(because[:MOST_GROUNDS], shown, strict=False):
        table.add_row(Text(signed(points)), Text(_clean(grounds_name(one))))
    if rest := shown[MOST_GROUNDS:]:
        more = counted(_("{n} more"), _("{n} more"), len(rest))
        table.add_row(Text(signed(sum(rest[1:], rest[0]))), Text(more))
    screen.print(_within(table, 4))


def _within(thing: Text | Table, columns: int = 2) -> Padding:
    return Padding(thing, (0, 0, 0, columns), expand=False)
