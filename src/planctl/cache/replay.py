"""What a run wrote and what that rests on, so that the same can be written again while all of it is as it was.

In: a run that has ended, or a question asked again. Out: what to write and the exit code, or None where anything has
changed. Named tuples, where others of planctl's values are dataclasses, as making one of those would take a third of
the time that an answer takes.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.cache.stamps import listing, listing_of_files, listings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from planctl.cache.store import Store

    Files = Callable[[str, Iterable[str]], Collection[str]]
    """What tells which paths are files, of those in a project's folder."""

KIND = "replay"
LARGEST = 2_000_000
"""Characters of output; who waits for more does not wait for the computing alone."""

_COMPILED = {"__pycache__"}
"""What Python itself writes beside the program."""


class Grounds(NamedTuple):
    """What an answer rests on: a day, places of the disk as they were at a moment, and which paths were files.

    `root` is the project's folder; it and `places` are whole paths, `asked` are paths as plans write them. `left` are
    a folder and the names of files right in it, of which all else in that folder does not count.
    """

    root: str
    day: str
    as_of: int
    places: tuple[str, ...]
    listing: str
    asked: Mapping[str, bool]
    left: tuple[str, tuple[str, ...]] | None = None

    def hold(self, day: str, files: Files) -> bool:
        """Tell whether all is as it was."""
        return (
            self.day == day
            and self.finds_the_same(files)
            and self.listing == _listing(self.places, self.left, self.as_of)
        )

    def finds_the_same(self, files: Files) -> bool:
        """Tell whether the same paths are files."""
        return files(self.root, self.asked) == {path for path, was in self.asked.items() if was}


def grounds(
    root: str,
    day: str,
    places: tuple[str, ...],
    asked: Mapping[str, bool],
    left: tuple[str, tuple[str, ...]] | None = None,
) -> Grounds:
    """Return the grounds as they are now, before anything is read. `asked` may be filled in while the run goes on."""
    as_of = time.time_ns()
    return Grounds(root, day, as_of, places, _listing(places, left, as_of), asked, left)


def _listing(places: tuple[str, ...], left: tuple[str, tuple[str, ...]] | None, as_of: int) -> str:
    of_places = listing(places, as_of=as_of, without=_COMPILED)
    return f"{of_places} {listing_of_files(*left, as_of=as_of)}" if left else of_places


def begun(root: str, day: str, places: tuple[str, ...], asked: Mapping[str, bool]) -> tuple[Grounds, str]:
    """Return the grounds as they are now, and what `touched` says of them, from one look at the places."""
    as_of = time.time_ns()
    contents, writings = listings(places, as_of=as_of, without=_COMPILED)
    return Grounds(root, day, as_of, places, contents, asked), writings


def touched(found: Grounds) -> str:
    """Return what changes with every writing to the places, also one that leaves what was there before."""
    return listings(found.places, as_of=found.as_of, without=_COMPILED)[1]


class Answer(NamedTuple):
    """What a run wrote, as what was done to which stream with which text, in that order, and its exit code."""

    written: tuple[tuple[str, str], ...]
    code: int


def keep(store: Store, question: str, answer: Answer, rests_on: Grounds) -> None:
    """Keep an answer to a question, in the place of the one before."""
    store.put(KIND, question, [answer, rests_on])


def answer_to(store: Store, question: str, day: str, files: Files) -> Answer | None:
    """Return what was answered to the same question, if all that the answer rests on is as it was."""
    found = _shaped(store.get(KIND, question))
    if found is None:
        return None
    answer, rests_on = found
    return answer if rests_on.hold(day, files) else None


def _shaped(kept: Any) -> tuple[Answer, Grounds] | None:
    """Return what was kept as what it is; None where it has another shape, as a file that others wrote may have."""
    try:
        (written, code), (root, day, as_of, places, digest, asked, left) = kept
        folder, names = left or ("", ())
        answer = Answer(tuple((done, text) for done, text in written), code)
        rests_on = Grounds(root, day, as_of, tuple(places), digest, asked, (folder, tuple(names)) if left else None)
    except (TypeError, ValueError):
        return None
    texts = [*(part for pair in answer.written for part in pair), root, day, digest, *rests_on.places, folder, *names]
    fits = all(isinstance(text, str) for text in texts) and isinstance(asked, dict)
    return (answer, rests_on) if fits and isinstance(code, int) and isinstance(as_of, int) else None
