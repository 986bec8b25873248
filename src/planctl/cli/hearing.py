"""What a run writes, heard along: what was done to the two streams, in its order, so that it can be done again.

In: a block in which planctl writes. Out: steps such as ("out.write", "text"), which `repeat` does to the streams as
they are then. That is not the bytes, as it is the streams that know how letters and line ends are written.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    Step = tuple[str, str]

_STEPS = frozenset(f"{stream}.{done}" for stream in ("out", "err") for done in ("write", "bytes", "flush"))


class Heard:
    """The steps so far; not `whole` where they were too many, or where something went around the streams."""

    def __init__(self, most: int) -> None:
        self.steps: list[Step] = []
        self.whole = True
        self._left = most

    def note(self, step: str, text: str) -> None:
        """Note a step while there is room."""
        self._left -= len(text)
        if self._left < 0:
            self.give_up()
        elif self.whole:
            self.steps.append((step, text))

    def give_up(self) -> None:
        """Keep nothing: what was heard is not all."""
        self.whole = False
        self.steps.clear()


@contextmanager
def heard(*, most: int) -> Iterator[Heard]:
    """Hear what is written in the block, up to so many characters."""
    all_of_it = Heard(most)
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Stream(stream, name, all_of_it)) for stream, name in _named(out, err))
    try:
        yield all_of_it
    finally:
        sys.stdout, sys.stderr = out, err


@contextmanager
def unheard() -> Iterator[None]:
    """Leave out what is told in the block beside the results, such as how far a run is: it is no part of an answer."""
    told = sys.stderr
    if isinstance(told, _Stream):
        sys.stderr = told.below
    try:
        yield
    finally:
        sys.stderr = told


@contextmanager
def imagined(*, most: int) -> Iterator[Heard]:
    """Hear what would be written in the block, and write none of it."""
    all_of_it = Heard(most)
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Silent(stream, name, all_of_it)) for stream, name in _named(out, err))
    try:
        yield all_of_it
    finally:
        sys.stdout, sys.stderr = out, err


def can_repeat(steps: Sequence[Step]) -> bool:
    """Tell whether these are steps that can be done again."""
    return all(step in _STEPS for step, _text in steps)


def repeat(steps: Sequence[Step]) -> None:
    """Do to the streams what was heard."""
    streams = {name: stream for stream, name in _named(sys.stdout, sys.stderr)}
    for step, text in steps:
        name, done = step.split(".")
        match done:
            case "write":
                streams[name].write(text)
            case "bytes":
                streams[name].buffer.write(text.encode(errors="surrogateescape"))
            case _:
                streams[name].flush()


def _named(out: TextIO, err: TextIO) -> tuple[tuple[TextIO, str], ...]:
    return ((out, "out"), (err, "err"))


class _Stream:
    """A stream that notes what is done to it; in all else it is the one that it stands for."""

    def __init__(self, stream: TextIO, name: str, heard: Heard) -> None:
        self._stream = stream
        self._name = name
        self._heard = heard

    @property
    def below(self) -> TextIO:
        """The one that it stands for."""
        return self._stream

    def write(self, text: str) -> int:
        self._heard.note(f"{self._name}.write", text)
        return self._stream.write(text)

    def writelines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self._heard.note(f"{self._name}.flush", "")
        self._stream.flush()

    @property
    def buffer(self) -> Any:
        return _Buffer(self._stream.buffer, self._name, self._heard)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Silent(_Stream):
    """A stream that only notes what is done to it."""

    def write(self, text: str) -> int:
        self._heard.note(f"{self._name}.write", text)
        return len(text)

    def flush(self) -> None:
        self._heard.note(f"{self._name}.flush", "")

    @property
    def buffer(self) -> Any:
        return _SilentBuffer(self._stream.buffer, self._name, self._heard)


class _Buffer:
    """The bytes below a stream, likewise."""

    def __init__(self, buffer: Any, name: str, heard: Heard) -> None:
        self._buffer = buffer
        self._name = name
        self._heard = heard

    def write(self, content: bytes) -> int:
        self._heard.note(f"{self._name}.bytes", content.decode(errors="surrogateescape"))
        written: int = self._buffer.write(content)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._buffer, name)


class _SilentBuffer(_Buffer):
    """The bytes below a stream that only notes what is done to it."""

    def write(self, content: bytes) -> int:
        self._heard.note(f"{self._name}.bytes", content.decode(errors="surrogateescape"))
        return len(content)
