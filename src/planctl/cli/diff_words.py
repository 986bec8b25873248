"""How changes and their effects are called, in the language in use: for the terminal and for markdown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.changes.change import Kind, Weakening
from planctl.changes.words import ELLIPSIS
from planctl.cli.diff_rows import WHOLE
from planctl.cli.evaluations import evaluation_name
from planctl.report.mongolian import decimal_comma
from planctl.scoring.scorecard import Outcome
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from planctl.changes.change import Change
    from planctl.changes.effect import Because
    from planctl.changes.unread import Unread
    from planctl.scoring.scorecard import Tally

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ADDED: _("added"),
        Kind.REMOVED: _("removed"),
        Kind.MOVED: _("moved"),
        Kind.RENAMED: _("renamed"),
        Kind.REWORDED: _("reworded"),
        Kind.TARGET: _("target"),
        Kind.BASELINE: _("baseline"),
        Kind.INDICATOR: _("indicator"),
        Kind.DEADLINE: _("deadline"),
        Kind.UNITS: _("units"),
        Kind.PEOPLE: _("people"),
        Kind.EVIDENCE: _("evidence"),
        Kind.PROGRESS: _("progress"),
        Kind.REACHED: _("reached value"),
        Kind.SCORE: _("score"),
        Kind.STATE: _("state"),
        Kind.RULES: _("rules"),
        Kind.FIELD: _("field"),
        Kind.FORMATTING: _("formatting only"),
    }
)
WEAKENINGS: Mapping[Weakening, str] = MappingProxyType(
    {
        Weakening.MEASURE_REMOVED: _("measure removed"),
        Weakening.TARGET_LOWERED: _("target lowered"),
        Weakening.TARGET_REMOVED: _("target removed"),
        Weakening.DEADLINE_LATER: _("deadline later"),
        Weakening.DEADLINE_REMOVED: _("deadline removed"),
        Weakening.SCORE_WITHOUT_GROUNDS: _("score raised without new progress or evidence"),
        Weakening.EVIDENCE_REMOVED: _("evidence removed"),
        Weakening.TAKEN_OUT_OF_THE_MEAN: _("taken out of the mean"),
    }
)
COUNTS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.SCORED: _("scored"),
        Outcome.NOT_DUE: _("not due"),
        Outcome.NOT_EVALUATED: _("not evaluated"),
        Outcome.EXCLUDED: _("excluded"),
        Outcome.MISSING: _("missing"),
    }
)
STATES: Mapping[str, str] = MappingProxyType({"before": _("before"), "after": _("after")})
PROJECT = _("the project's files")

LONGEST_VALUE = 60
"""Two values up to here stand side by side; longer ones are compared word by word."""

DECIMALS = 2
"""Of means and points, as people read them."""

_SAID_BY_KIND = {
    Kind.TARGET: "target",
    Kind.BASELINE: "baseline",
    Kind.UNITS: "units",
    Kind.PROGRESS: "progress",
    Kind.REACHED: "reached",
    Kind.STATE: "state",
    Kind.REWORDED: "text",
    Kind.EVIDENCE: "evidence",
}
"""The key that a kind already says."""

_SAY_ALL = {Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.RENAMED, Kind.SCORE, Kind.FORMATTING}
"""Kinds that need no key beside them."""

_BY_FIELD = MappingProxyType(
    {
        (Kind.MOVED, "order"): _("order"),
        (Kind.MOVED, "number"): _("official number"),
        (Kind.RENAMED, "file"): _("file renamed"),
    }
)
"""What says more than the kind alone."""


def kind_name(change: Change) -> str:
    """Return what happened; what weakens a plan says in which way."""
    if change.weakens:
        return said(WEAKENINGS[change.weakens])
    return said(_BY_FIELD.get((change.kind, change.field.rsplit(".", 1)[-1]), KINDS[change.kind]))


def change_name(change: Change) -> str:
    """Return what happened, with whose score it is, or which key says it."""
    if change.evaluation:
        return f"{kind_name(change)}, {evaluation_name(change.evaluation)}"
    return _kind_and_field(change)


def _kind_and_field(change: Change) -> str:
    field = _field_name(change)
    return f"{kind_name(change)}: {field}" if field else kind_name(change)


def _field_name(change: Change) -> str:
    """Return the key that changed where the kind does not say it already, without places in lists."""
    keys = [key for key in change.field.split(".") if not key.isdecimal() or len(key) > 3]  # noqa: PLR2004  # a year stays
    if change.kind in _SAY_ALL and (change.document or change.kind is not Kind.RENAMED):
        return ""
    if change.kind is Kind.DEADLINE and keys[-1:] in (["deadline"], ["period"]):
        return ""
    if not change.item and len(keys) > 1 and change.document:
        keys = keys[-1:]  # the place is told beside
    told = {_SAID_BY_KIND.get(change.kind), "indicators", "targets"}
    return ".".join(key for key in keys if key not in told)


def place_name(change: Change) -> str:
    """Return where a part without an id stands; what has one is found by its address."""
    at = change.is_at or change.was_at
    is_inside = not change.item and bool(change.document) and "." in change.field
    return f"{at.path}:{at.line}" if at and is_inside else ""


def signed(points: Decimal) -> str:
    """Return points with their sign: `+2,50`, `-0,33`."""
    return ("+" if points > 0 else "") + decimal_comma(points)


def grounds_name(because: Because) -> str:
    """Return what moved a mean in a few words: `#wells score 70 → 100; #road added`."""
    return "; ".join(map(_ground, because.changes)) or said(_("no change is known that explains this"))


def _ground(change: Change) -> str:
    values = [" ".join(value.split()) for value in (change.before, change.after) if value is not None]
    is_short = change.kind not in WHOLE and all(len(value) <= LONGEST_VALUE // 2 for value in values)
    told = f" {change.before or '-'} → {change.after or '-'}" if is_short and values else ""
    where = f"#{change.item}" if change.item else change.document or said(PROJECT)
    return " ".join(f"{where} {_kind_and_field(change)}{told}".split())


def beginning(words: str, *, most: int) -> str:
    """Return a text in one line, of a longer one so many characters up to the end of a word."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} {ELLIPSIS}"


def mean_name(tally: Tally | None) -> str:
    """Return a mean as people read it, or a dash where there is none."""
    return "-" if tally is None or tally.mean is None else decimal_comma(rounded_either(tally.mean))


def rounded_either(number: Fraction) -> Decimal:
    """Return a number, positive or not, rounded half away from zero to the decimals that people read."""
    shifted = abs(number) * 10**DECIMALS + Fraction(1, 2)
    whole = Decimal(shifted.numerator // shifted.denominator).scaleb(-DECIMALS)
    return -whole if number < 0 else whole


def adding_up(parts: Sequence[Fraction]) -> tuple[Decimal, ...]:
    """Return the parts rounded so that they add up to their rounded sum: the largest remainders are rounded up."""
    unit = Decimal(1).scaleb(-DECIMALS)
    floors = [Decimal(part.numerator * 10**DECIMALS // part.denominator) * unit for part in parts]
    left = int((rounded_either(sum(parts, Fraction(0))) - sum(floors, Decimal(0))) / unit)
    by_rest = sorted(range(len(parts)), key=lambda at: Fraction(floors[at]) - parts[at])
    raised = set(by_rest[:left])
    return tuple(floor + unit if at in raised else floor for at, floor in enumerate(floors))


def count_changes(before: Tally | None, after: Tally | None, *, without: Collection[Outcome] = ()) -> Iterator[str]:
    """Yield the counts that changed: `scored 40 → 41`."""
    for outcome, words in COUNTS.items():
        if outcome in without:
            continue
        was, now = (tally.outcomes[outcome] if tally else 0 for tally in (before, after))
        if was != now:
            yield f"{said(words)} {was} → {now}"


def unread_sentence(one: Unread) -> str:
    """Return what could not be compared, and why that matters."""
    message = _("{path} ({state}) could not be read") if one.whole else _("{path} ({state}) has errors")
    return said(message, {"path": one.path, "state": said(STATES[one.state])})
