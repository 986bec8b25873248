"""What became of every text of an office file. In: what was read, and what was made of it. Out: `Fate`s."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.importer.uses import Use
from planctl.incoming.arrival import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.authoring.drafted import Drafted
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft
    from planctl.importer.recognition import Reading
    from planctl.importer.uses import Used
    from planctl.place import Place


def fates_of(reading: Reading, draft: Draft | None, made: Drafted | None, id_: str) -> Iterator[Fate]:
    """Yield what became of each text: a cell that stands in no field, and was not counted, is left over."""
    homes: dict[Place, list[str]] = {}
    if made:
        for origins, file in ((made.plan_origins, id_), (made.entry_origins, f"{id_} actuals")):
            for loc, written in origins.items():
                for place in (written.place, *written.also):
                    homes.setdefault(place, []).append(f"{file}: {_dotted(loc)}")
    kept = _words(made)
    counted = {one.place for one in draft.counted} if draft else set()
    left = {place for one in draft.left for place in (one.place, *one.also)} if draft else set()
    for used in reading.used:
        to = tuple(homes.get(used.place, ()))
        use = used.use.value
        if used.use is Use.CELL and not to:
            use = "counted" if used.place in counted else "notes" if used.place in left else _unsaid(used)
        elif used.use in _SAID_ELSEWHERE and not to and made and not _stands_in(used.text, kept, used.use):
            use = _unsaid(used)
        yield Fate(used, use, to)


_SAID_ELSEWHERE = frozenset({Use.PASSAGE, Use.SIGNATURE, Use.REFERENCE, Use.PLACE})


_WORD = re.compile(r"[^\W\d_]{3,}")
_ANY_WORD = re.compile(r"[^\W_]+")


def _words(made: Drafted | None) -> frozenset[str]:
    """Return the words of all texts of the new files."""
    return (
        frozenset(_ANY_WORD.findall(" ".join(_texts_in((made.plan, made.actuals))).casefold())) if made else frozenset()
    )


def _texts_in(tree: object) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case dict():
            for below in tree.values():
                yield from _texts_in(below)
        case list() | tuple():
            for below in tree:
                yield from _texts_in(below)


def _stands_in(text: str, words: frozenset[str], use: Use) -> bool:
    """Tell whether a text stands in the new files: of what somebody signs every word, of a passage most words."""
    if use is Use.SIGNATURE:
        return words.issuperset(_ANY_WORD.findall(text.casefold()))
    own = _WORD.findall(text.casefold())
    return sum(word in words for word in own) * 2 >= len(own)


def _unsaid(used: Used) -> str:
    """Return what a cell without a home is: one that says nothing, or one that is left over."""
    return "nothing" if not re.search(r"\w", used.text) else Use.LEFT.value


def _dotted(loc: Loc) -> str:
    return ".".join(map(str, loc))
