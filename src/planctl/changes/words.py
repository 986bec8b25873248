"""A reworded text, word by word. In: what it said and says. Out: runs of words that stayed, went and came.

Runs are joined until they read well: a lone word that stayed between two changes goes with them, as a person would mark
it in the margin. What stayed and came, read alone, is the text as it is now; what stayed and went the text as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_Unit: TypeAlias = tuple[str, str]
"""A word, or a sign, and the spaces behind it."""

RunKind = Literal["same", "removed", "added"]

ELLIPSIS = "…"
MARKS: Mapping[RunKind, str] = MappingProxyType({"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"})
"""Signs around words that went and came, as git writes them."""

_TOKEN = re.compile(r"\w+(?:[-’'.,/]\w+)*|\s+|[^\w\s]")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"\w+")
_UNIT = re.compile(r"(\w+(?:[-’'.,/]\w+)*|[^\w\s]|^(?=\s))(\s*)")
_SENTENCE = re.compile(r"([^\n.;]*[\n.;]+|[^\n.;]+)(\s*)")

_MOST_WORDS = 4_000
"""Longer texts are compared sentence by sentence: words would take minutes, and nobody would read them."""

_LEAST_COMMON = 0.3
"""Texts that have less in common than this are another text, not the same one reworded."""

_LONGEST_LONER = 2
"""So many words that stayed, between longer changes, go with them."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text with its spaces."""

    kind: RunKind
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stood here and what stands here. A stretch that `goes` with the changes around it did not change itself."""

    before: str
    after: str
    goes: bool = False

    @property
    def is_same(self) -> bool:
        return self.before == self.after and not self.goes

    @property
    def length(self) -> int:
        return max(len(self.before), len(self.after))


def words_that_came(before: str, after: str) -> frozenset[str]:
    """Return the words of a text that it did not have before, wherever they stood."""
    return frozenset(_WORDS.findall(after.casefold())) - frozenset(_WORDS.findall(before.casefold()))


def worded(before: str, after: str) -> tuple[Run, ...]:
    """Return a reworded text as runs, what went in front of what came in its place."""
    stretches = _joined(_read_together(list(_stretches(before, after))))
    return tuple(_runs(stretches))


def marked(run: Run) -> str:
    """Return a run as it reads where there is no colour: `[-what went-]`, `{+what came+}`."""
    return MARKS[run.kind].format(run.text)


def shortened(runs: Sequence[Run], *, words: int = 8) -> tuple[Run, ...]:
    """Return the runs with so many words around each change, an ellipsis in the place of the others."""
    last = len(runs) - 1
    return tuple(
        Run(run.kind, _cut(run.text, words, first=at == 0, last=at == last)) if run.kind == "same" else run
        for at, run in enumerate(runs)
    )


def _stretches(before: str, after: str) -> Iterator[_Stretch]:
    one, other = _UNIT.findall(before), _UNIT.findall(after)
    if max(len(one), len(other)) > _MOST_WORDS:
        one, other = _SENTENCE.findall(before), _SENTENCE.findall(after)
    # Spaces are no words of their own: nearly every second one, they would match anywhere.
    matcher = SequenceMatcher(None, [word for word, _space in one], [word for word, _space in other], autojunk=False)
    if matcher.ratio() < _LEAST_COMMON:
        yield _Stretch(before, after)
        return
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag == "equal":
            yield from _same_words(one[start:end], other[from_:to])
        else:
            yield _Stretch(_text(one[start:end]), _text(other[from_:to]))


def _same_words(one: Sequence[_Unit], other: Sequence[_Unit]) -> Iterator[_Stretch]:
    """Yield words that are the same, and the spaces behind them where these are not."""
    same = ""
    for (word, space), (_word, now) in zip(one, other, strict=True):
        same += word
        if space == now:
            same += space
            continue
        yield _Stretch(same, same)
        yield _Stretch(space, now)
        same = ""
    if same:
        yield _Stretch(same, same)


def _text(units: Iterable[_Unit]) -> str:
    return "".join(word + space for word, space in units)


def _read_together(stretches: list[_Stretch]) -> list[_Stretch]:
    """Let short stretches between two changes go with them."""
    kept = list(stretches)
    for at in range(1, len(kept) - 1):
        before, here, after = kept[at - 1 : at + 2]
        if here.is_same and not before.is_same and not after.is_same and _is_loner(here, before, after):
            kept[at] = replace(here, goes=True)
    return kept


def _is_loner(here: _Stretch, before: _Stretch, after: _Stretch) -> bool:
    words = sum(1 for token in _TOKEN.findall(here.before) if _WORD.match(token))
    if not words:
        return True
    return words <= _LONGEST_LONER and here.length <= min(before.length, after.length)


def _joined(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield the stretches with neighbouring changes as one, their common spaces outside."""
    went, came = "", ""
    for one in stretches:
        if one.is_same:
            yield from _trimmed(went, came)
            yield one
            went = came = ""
        else:
            went, came = went + one.before, came + one.after
    yield from _trimmed(went, came)


def _trimmed(went: str, came: str) -> Iterator[_Stretch]:
    if went == came:
        yield from [_Stretch(went, came)] if went else []
        return
    lead = _common_spaces(went, came)
    went, came = went[len(lead) :], came[len(lead) :]
    tail = _common_spaces(went[::-1], came[::-1])[::-1]
    yield _Stretch(lead, lead)
    yield _Stretch(went.removesuffix(tail), came.removesuffix(tail))
    yield _Stretch(tail, tail)


def _common_spaces(one: str, other: str) -> str:
    end = 0
    while end < min(len(one), len(other)) and one[end] == other[end] and one[end].isspace():
        end += 1
    return one[:end]


def _runs(stretches: Iterable[_Stretch]) -> Iterator[Run]:
    same = ""
    for one in stretches:
        if one.is_same:
            same += one.before
            continue
        if same:
            yield Run("same", same)
            same = ""
        if one.before:
            yield Run("removed", one.before)
        if one.after:
            yield Run("added", one.after)
    if same:
        yield Run("same", same)


def _cut(text: str, words: int, *, first: bool, last: bool) -> str:
    """Return a stretch that stayed without its middle; at an end of the text without what is far from the change."""
    tokens = _TOKEN.findall(text)
    places = [at for at, token in enumerate(tokens) if _WORD.match(token)]
    if first and last:
        return text
    if first:
        return text if len(places) <= words else f"{ELLIPSIS} {''.join(tokens[places[-words] :])}"
    if last:
        return text if len(places) <= words else f"{''.join(tokens[: places[words - 1] + 1])} {ELLIPSIS}"
    if len(places) <= 2 * words:
        return text
    return f"{''.join(tokens[: places[words - 1] + 1])} {ELLIPSIS} {''.join(tokens[places[-words] :])}"
