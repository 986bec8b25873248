"""Changes and effects as one comment on a pull request: what weakens a plan and what moved first, the rest collapsed.

A comment begins with `MARKER`, by which the next run finds it and writes it anew. It never grows beyond what forges
take: what does not fit is counted.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from planctl.changes.change import Kind
from planctl.changes.words import ELLIPSIS, Run, shortened, worded
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
from planctl.render.markdown_text import at_start, inert, inert_html, row_of, table_of
from planctl.scoring.scorecard import Outcome
from planctl.words import _, counted, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from decimal import Decimal

    from planctl.changes.change import Change
    from planctl.changes.compared import Compared
    from planctl.changes.effect import Because, Effect
    from planctl.changes.unread import Unread
    from planctl.cli.diff_rows import Row
    from planctl.scoring.scorecard import Tally

MARKER = "<!-- planctl diff -->"
"""The first line of every comment."""

LIMIT = 60_000
"""Characters of a comment; GitHub takes 65,536."""

LONGEST_WORDS = 400
"""Characters of a text that went, came or was reworded; of more the beginning is shown."""

_ARROW = "→"
_RESERVED = 400
"""Characters kept for saying what is hidden."""

_SHARES = {"weakening": 0.4, "effects": 0.25, "grounds": 0.25}
"""How much of a comment its parts may take before what stands below them."""

Thing = TypeVar("Thing")

_LEVELS = {"section": _("section"), "unit": _("unit")}
_WITHOUT_UNIT = _("without a unit")


def markdown(compared: Compared, *, limit: int = LIMIT) -> str:
    """Return the comment."""
    page = _Page(limit)
    page.add(MARKER)
    page.add(f"### planctl: {inert(compared.before)} {_ARROW} {inert(compared.after)}")
    if compared.changes or compared.is_same:
        page.add(inert(_count(compared)))
    first, others = divided(compared.changes)
    page.heading(said(_("This weakens a plan")))
    page.rows(_rows(first), lambda one: _bullet(one, with_document=True), share=_SHARES["weakening"])
    _add_effects(page, [effect for effect in compared.effects if effect.level == "document"])
    _add_unread(page, compared.unread)
    _add_grounds(page, compared.effects)
    _add_others(page, others)
    return page.text()


def _count(compared: Compared) -> str:
    if not compared.changes:
        return said(_("Nothing changed in the plans and their reports."))
    changes = counted(_("{n} change"), _("{n} changes"), len(compared.changes))
    if not compared.weakening:
        return f"{changes}."
    weakening = counted(_("{n} weakens a plan"), _("{n} weaken a plan"), len(compared.weakening))
    return f"{changes}, {weakening}."


class _Page:
    """A comment as it grows towards its limit, and how many rows did not fit."""

    def __init__(self, limit: int) -> None:
        self._parts: list[str] = []
        self._left = self._limit = limit - _RESERVED
        self._hidden = 0
        self._heading = ""

    def heading(self, words: str) -> None:
        """Begin a section, which has its heading once something stands below it."""
        self._heading = f"#### {inert(words)}"

    def add(self, part: str) -> None:
        """Add a part that is always there."""
        self._parts.append(part)
        self._left -= len(part) + 2

    def rows(
        self,
        held: Sequence[Thing],
        show: Callable[[Thing], str],
        *,
        head: Sequence[str] = (),
        tail: Sequence[str] = (),
        share: float = 1.0,
    ) -> None:
        """Add as many rows as there is room for, between a head and a tail; count the others, which nobody draws."""
        frame = sum(len(line) + 1 for line in (*head, *tail)) + len(self._heading) + 4
        room = min(self._left, int(self._limit * share)) - frame
        fitting: list[str] = []
        for one in held:
            row = show(one)
            room -= len(row) + 1
            if room < 0:
                break
            fitting.append(row)
        self._hidden += len(held) - len(fitting)
        if fitting:
            if self._heading:
                self.add(self._heading)
                self._heading = ""
            self.add("\n".join((*head, *fitting, *tail)))

    def text(self) -> str:
        """Return the comment, its end telling what is hidden."""
        if self._hidden:
            hidden = counted(_("{n} line does not fit in here."), _("{n} lines do not fit in here."), self._hidden)
            shown = said(_("`planctl diff` shows everything."))
            self._parts.append(f"**{inert(hidden)}** {shown}")
        return "\n\n".join(self._parts) + "\n"


def _collapsed(summary: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines in front of and behind what stands collapsed under a line."""
    return ("<details>", f"<summary>{inert_html(summary)}</summary>", ""), ("", "</details>")


# Changes


def _add_others(page: _Page, changes: Sequence[Change]) -> None:
    page.heading(said(_("All other changes")))
    for document, group in groupby(changes, key=lambda one: one.document):
        held = tuple(group)
        count = counted(_("{n} change"), _("{n} changes"), len(held))
        head, tail = _collapsed(f"{document or said(PROJECT)}: {count}")
        page.rows(_rows(held), _bullet, head=head, tail=tail)


def _rows(changes: Sequence[Change]) -> list[Row]:
    groups = groupby(changes, key=lambda one: (one.document, one.period))
    return [row for _at, group in groups for row in rows_of(tuple(group))]


def _bullet(row: Row, *, with_document: bool = False) -> str:
    change = row.change
    place = (change.address if row.item else change.document) if with_document else f"#{row.item}" if row.item else ""
    where = " ".join(part for part in (place or place_name(change), change.period) if part)
    told = [inert(row.counted)] if row.numbers else [_told(change), inert(row.counted)]
    label = f"**{inert(change_name(change))}**"
    words = ", ".join(part for part in told if part)
    return f"- {label}{f' {inert(where)}' if where else ''}{f': {words}' if words else ''}"


def _told(change: Change) -> str:
    """Return the values of a change: side by side where they are short, else word by word."""
    before, after = change.before, change.after
    if change.kind is Kind.FORMATTING:
        return inert(after or "")
    if before is None or after is None:
        words = inert(beginning(before or after or "", most=LONGEST_WORDS))
        return words if change.kind in WHOLE else _marked("removed" if after is None else "added", words)
    is_prose = change.kind in {Kind.REWORDED, Kind.PROGRESS}
    if max(len(before), len(after)) <= LONGEST_VALUE and not is_prose:
        return f"{_value(before)} {_ARROW} {_value(after)}"
    return "".join(_run(run) for run in _first(shortened(worded(before, after))))


def _value(text: str) -> str:
    return inert(_one_line(text)) or "-"


def _first(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs up to the longest text that is shown."""
    left = LONGEST_WORDS
    for run in runs:
        if left <= 0:
            yield Run("same", ELLIPSIS)
            return
        yield run if len(run.text) <= left else Run(run.kind, f"{run.text[:left]}{ELLIPSIS}")
        left -= len(run.text)


def _run(run: Run) -> str:
    """Return a run with the spaces around it outside its mark."""
    words = run.text.strip()
    lead = " " if run.text[:1].isspace() else ""
    trail = " " if words and run.text[-1:].isspace() else ""
    return f"{lead}{_marked(run.kind, inert(_one_line(words)))}{trail}" if words else lead


def _marked(kind: str, words: str) -> str:
    """Return words as they stayed, went or came."""
    tag = {"removed": "del", "added": "ins"}.get(kind)
    return f"<{tag}>{words}</{tag}>" if tag and words else words


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _add_unread(page: _Page, unread: Sequence[Unread]) -> None:
    page.heading(said(_("Not compared, or not all of it")))
    page.rows(unread, lambda one: f"- {at_start(inert(_sentence(one)))}", share=_SHARES["effects"])


def _sentence(one: Unread) -> str:
    why = f": {console.message_of(one.found)}" if one.found else ""
    return _one_line(f"{unread_sentence(one)}{why}")


# Effects


def _add_effects(page: _Page, effects: Sequence[Effect]) -> None:
    """Add a table of the documents' means and counts."""
    page.heading(said(_("What this did to the scores")))
    headings = [_("Document"), _("Evaluation"), _("Mean"), _("Points"), _("Scored"), _("Counts")]
    head = table_of([[inert(said(heading)) for heading in headings]], (False, False, True, True, True, False))
    page.rows(effects, _line, head=head.split("\n"), share=_SHARES["effects"])


def _line(effect: Effect) -> str:
    return row_of(
        (inert(f"{effect.document} {effect.period}"), inert(evaluation_name(effect.evaluation)), *_cells(effect))
    )


def _cells(effect: Effect) -> list[str]:
    """Return mean, points, how many are scored of how many, and the other counts that changed."""
    was, now = mean_name(effect.before), mean_name(effect.after)
    points = signed(adding_up([effect.movement])[0]) if effect.movement else ""
    scored = (_scored(effect.before), _scored(effect.after))
    counts = ", ".join(count_changes(effect.before, effect.after, without=(Outcome.SCORED,)))
    return [_both(was, now), inert(points), _both(*scored), inert(counts)]


def _both(was: str, now: str) -> str:
    return inert(f"{was} {_ARROW} {now}" if was != now else now)


def _scored(tally: Tally | None) -> str:
    return f"{tally.scored}/{tally.items}" if tally else "-"


def _add_grounds(page: _Page, effects: Sequence[Effect]) -> None:
    """Add, collapsed, what moved each mean, and the sections and units."""
    page.heading(said(_("What moved the means")))
    for _of, group in groupby(effects, key=lambda one: (one.document, one.period, one.evaluation)):
        held = tuple(group)
        whole = next((one for one in held if one.level == "document"), None)
        parts = [one for one in held if one.level in _LEVELS and not _says_the_same(one, whole)]
        because = whole.because if whole else ()
        points = adding_up([one.points for one in because])
        grounds = [partial(_grounds, one, moved) for one, moved in zip(because, points, strict=True)]
        rows: list[Callable[[], str]] = [*grounds, *(partial(_part, one) for one in parts)]
        head, tail = _collapsed(_headline(held[0], whole))
        page.rows(rows, lambda show: show(), head=head, tail=tail, share=_SHARES["grounds"])


def _says_the_same(one: Effect, whole: Effect | None) -> bool:
    """Tell whether the only section, or unit, says what the document says."""
    return whole is not None and (one.before, one.after) == (whole.before, whole.after)


def _headline(one: Effect, whole: Effect | None) -> str:
    told = f"{one.document} {one.period}, {evaluation_name(one.evaluation)}"
    if whole is None:
        return told
    was, now = mean_name(whole.before), mean_name(whole.after)
    points = f" ({signed(adding_up([whole.movement])[0])})" if whole.movement else ""
    return f"{told}: {was} {_ARROW} {now}{points}"


def _grounds(because: Because, points: Decimal) -> str:
    return f"- **{inert(signed(points))}** {inert(grounds_name(because))}"


def _part(effect: Effect) -> str:
    name = _one_line(effect.key) or said(_WITHOUT_UNIT)
    mean, points, scored, counts = _cells(effect)
    told = " ".join(part for part in (mean, f"({points})" if points else "") if part)
    shown = ", ".join(part for part in (told, scored, counts) if part)
    return f"- {inert(said(_LEVELS[effect.level]))} {inert(name)}: {shown}"
