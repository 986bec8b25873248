"""Which part of one state is which of the other: by ids first, then by equal words, then by words that are alike.

In: the parts of a plan in two states, or two projects' plans. Out: pairs. Nothing is guessed: where two candidates are
about as good, there is no pair.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from planctl.changes.trees import written

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from planctl.changes.parts import Part
    from planctl.portfolio.plan import Plan

Thing = TypeVar("Thing")
Pairs: TypeAlias = "dict[Part, Part]"
"""The part of the later state for each of the earlier one that is still there."""

ALIKE = 0.6
"""Two texts are taken for one another from this share of common words on (Dice), ..."""

CLEARLY = 0.15
"""... and only where no other candidate comes this near."""

_COMMONEST = 50
"""A word that stands in more texts than these tells nothing, and would cost much."""

_WORD = re.compile(r"\w+")


def pair_parts(before: Sequence[Part], after: Sequence[Part]) -> Pairs:
    """Return which part is which; items by their ids, what holds them also by the items that they hold."""
    pairs: Pairs = {}
    items = [[one for one in side if one.role == "item"] for side in (before, after)]
    _by_sign(items, _id_of, pairs)
    _by_sign(items, _but_the_id, pairs)
    _by_sign(items, _words_of, pairs)
    _by_likeness(items, pairs)
    holders = [[one for one in side if one.role != "item"] for side in (before, after)]
    _by_sign(holders, _id_of, pairs)
    _by_sign(holders, _but_the_id, pairs)
    _by_sign(holders, _name_of, pairs)
    _by_items(holders, pairs)
    _by_sign(holders, _words_of, pairs)
    _by_likeness(holders, pairs)
    return pairs


def pair_plans(before: Mapping[str, Plan], after: Mapping[str, Plan]) -> dict[str, str]:
    """Return the id that each plan has now by the one it had: the same, or that of the one that holds its items."""
    pairs = {id_: id_ for id_ in before if id_ in after}
    gone, new = ({id_: one for id_, one in side.items() if id_ not in pairs} for side in (before, after))
    if not gone or not new:
        return pairs
    scores = {(one, other): _common(gone[one], new[other]) for one in gone for other in new}
    return pairs | _clear(scores)


def moved(before: Sequence[Part], after: Sequence[Part], pairs: Pairs) -> set[Part]:
    """Return the parts (as they were) whose order within the same list changed; as few as can be named."""
    siblings: defaultdict[Hashable, list[tuple[Part, Part]]] = defaultdict(list)
    order = {part: at for at, part in enumerate(after)}
    for one in before:
        if (other := pairs.get(one)) and is_within_the_same(one, other, pairs):
            siblings[other.holder, other.pattern].append((one, other))
    found: set[Part] = set()
    for rows in siblings.values():
        stays = _longest_rising([order[other] for _one, other in rows])
        found.update(one for at, (one, _other) in enumerate(rows) if at not in stays)
    return found


def is_within_the_same(one: Part, other: Part, pairs: Pairs) -> bool:
    """Tell whether what holds a part is still the same."""
    if one.pattern != other.pattern:
        return False
    return (pairs.get(one.holder) if one.holder else None) is other.holder


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising subsequence (patience sorting)."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            places.append(at)
        else:
            tops[pile], places[pile] = number, at
    found: set[int] = set()
    at = places[-1] if places else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


# Signs


def _id_of(part: Part) -> Hashable:
    return (part.role, part.id) if part.id else None


def _but_the_id(part: Part) -> Hashable:
    return part.pattern, tuple(sorted((key, written(value)) for key, value in part.own.items() if key != "id"))


def _name_of(part: Part) -> Hashable:
    return (part.pattern, part.number, _folded(part.text)) if part.text else None


def _words_of(part: Part) -> Hashable:
    return (part.pattern, _folded(part.text)) if part.text else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _by_sign(sides: Sequence[Sequence[Part]], sign_of: Callable[[Part], Hashable], pairs: Pairs) -> None:
    """Pair what has the same sign and is alone with it on both sides."""
    left, right = _free(sides, pairs)
    mine, theirs = _alone(left, sign_of), _alone(right, sign_of)
    for sign, one in mine.items():
        if other := theirs.get(sign):
            pairs[one] = other


def _alone(parts: Iterable[Part], sign_of: Callable[[Part], Hashable]) -> dict[Hashable, Part]:
    found: dict[Hashable, Part | None] = {}
    for part in parts:
        if (sign := sign_of(part)) is not None:
            found[sign] = None if sign in found else part
    return {sign: part for sign, part in found.items() if part}


def _free(sides: Sequence[Sequence[Part]], pairs: Pairs) -> tuple[list[Part], list[Part]]:
    before, after = sides
    taken = set(pairs.values())
    return [one for one in before if one not in pairs], [one for one in after if one not in taken]


# Likeness


def _by_items(sides: Sequence[Sequence[Part]], pairs: Pairs) -> None:
    """Pair what holds most of the same items."""
    left, right = (set(side) for side in _free(sides, pairs))
    common: Counter[tuple[Part, Part]] = Counter()
    sizes: Counter[Part] = Counter()
    for one, other in pairs.items():
        if one.role == "item":
            mine = [holder for holder in _holders(one) if holder in left]
            theirs = [holder for holder in _holders(other) if holder in right]
            sizes.update((*mine, *theirs))
            common.update((a, b) for a in mine for b in theirs if a.pattern == b.pattern)
    scores = {(a, b): 2 * count / (sizes[a] + sizes[b]) for (a, b), count in common.items()}
    pairs.update(_clear(scores))


def _holders(part: Part) -> list[Part]:
    found = []
    while part.holder:
        part = part.holder
        found.append(part)
    return found


def _by_likeness(sides: Sequence[Sequence[Part]], pairs: Pairs) -> None:
    """Pair what says nearly the same; of texts with common words only, so that it stays quick."""
    left, right = _free(sides, pairs)
    if not left or not right:
        return
    bags = {part: Counter(_WORD.findall(part.text.casefold())) for part in (*left, *right)}
    standing: defaultdict[str, list[Part]] = defaultdict(list)
    for part in right:
        for word in bags[part]:
            standing[word].append(part)
    scores: dict[tuple[Part, Part], float] = {}
    for one in left:
        words = [word for word in bags[one] if len(standing[word]) <= _COMMONEST]
        for other in dict.fromkeys(part for word in words for part in standing[word]):
            if one.pattern == other.pattern:
                scores[one, other] = _dice(bags[one], bags[other])
    pairs.update(_clear(scores))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _clear(scores: Mapping[tuple[Thing, Thing], float]) -> dict[Thing, Thing]:
    """Return the pairs that are alike and clearly the best for both."""
    rivals: defaultdict[tuple[int, Thing], list[float]] = defaultdict(list)
    for (one, other), score in scores.items():
        rivals[0, one].append(score)
        rivals[1, other].append(score)
    best = {key: sorted(found, reverse=True) for key, found in rivals.items()}
    return {
        one: other
        for (one, other), score in scores.items()
        if score >= ALIKE and _is_best(score, best[0, one]) and _is_best(score, best[1, other])
    }


def _is_best(score: float, found: Sequence[float]) -> bool:
    return score == found[0] and (len(found) == 1 or score - found[1] >= CLEARLY)


def _common(one: Plan, other: Plan) -> float:
    """Return how much of two plans is the same: their items by id and words; of the same form only."""
    if one.form is not other.form:
        return 0.0
    signs = [{(band_id, words) for band_id, words in _signs(plan)} for plan in (one, other)]
    total = len(signs[0]) + len(signs[1])
    return 2 * len(signs[0] & signs[1]) / total if total else 0.0


def _signs(plan: Plan) -> list[tuple[str, str]]:
    items = [(id_, _folded(item.text)) for id_, item in plan.all_items.items()]
    sections = [(id_, "") for id_ in plan.parts if id_ not in plan.all_items]
    return items + sections
