"""The commits of a history as git tells them, each with the files that it touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a commit changed, against its first parent. `was` is the path before, another one after a renaming.

    `content` is None where the file was removed, or is none that holds a text (a link, another repository).
    """

    path: str
    was: str
    content: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a history; `parents` are the nearest ones of the same history. Names are as the mailmap has them."""

    id: str
    parents: tuple[str, ...]
    time: str
    mail: str
    person: str
    subject: str
    touched: tuple[Touched, ...]


COMMIT_FORMAT = "%x01%H%x02%P%x02%aI%x02%aE%x02%aN%x02%s"
"""What people wrote comes last, so that no sign in it is taken for the end of a field before it."""


_TEXT_MODES = {"100644", "100755"}


def commits_told(told: bytes) -> Iterator[Commit]:
    """Yield the commits of `log -z --raw`: a head, then for each file its modes, ids and kind, and its path or two."""
    parts = iter(told.split(b"\0"))
    head: list[str] = []
    touched: list[Touched] = []
    for part in parts:
        line = part.removeprefix(b"\n")
        if line.startswith(b"\x01"):
            if head:
                yield _commit(head, touched)
            head, touched = line[1:].decode(errors="replace").split("\x02", 5), []
        elif line.startswith(b":"):
            _old, mode, _was, content, kind = line[1:].decode().split()
            was = next(parts).decode(errors="surrogateescape")
            path = next(parts).decode(errors="surrogateescape") if kind[0] in "RC" else was
            touched.append(Touched(path, was, content if mode in _TEXT_MODES else None))
    if head:
        yield _commit(head, touched)


def _commit(head: Sequence[str], touched: Iterable[Touched]) -> Commit:
    id_, parents, time, mail, person, subject = head
    mail, person, subject = (" ".join(filter(None, map(_printable, text.split()))) for text in (mail, person, subject))
    return Commit(id_, tuple(parents.split()), time, mail, person, subject, tuple(touched))


def _printable(word: str) -> str:
    return "".join(sign for sign in word if sign.isprintable())
