"""The manifest of a build: what was written, its digest, and what it was made from.

Digests are of content (decompressed members, text with LF), so they are equal on every system and zlib.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any

from planctl.errors import PlanctlError, problem_of
from planctl.words import _

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Input:
    """A file that an output was made from, by its path in the project and its digest."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Output:
    """One built file: `path` from the build folder, `digest` of its content, and its inputs.

    A PDF, which is never twice the same, has the digest of the Word sheet that it shows. `as_of` is the date that its
    run put on the sheets, where it named one.
    """

    path: str
    document: str
    period: str
    sheet: str
    format: str
    digest: str
    made_from: tuple[Input, ...]
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A build. `revision` and `user` stand nowhere but here; the libraries are those that shape the outputs."""

    planctl: str
    libraries: dict[str, str]
    as_of: str | None
    revision: str | None
    user: str | None
    outputs: tuple[Output, ...]
    refused: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """Return the file's content: JSON as the library indents it, whose own way is too slow for many outputs."""
        head = {"manifest": VERSION, **asdict(replace(self, outputs=()))}
        text = json.dumps(head, ensure_ascii=False, indent=2) + "\n"
        before, empty, after = text.partition('  "outputs": []')
        listed = ",\n".join(map(_shown, self.outputs))
        outputs = f'  "outputs": [\n{listed}\n  ]' if listed else empty
        return f"{before}{outputs}{after}".encode(errors="backslashreplace")


def _shown(one: Output) -> str:
    sources = ",\n".join(map(_shown_input, one.made_from))
    made_from = f"[\n{sources}\n      ]" if sources else "[]"
    as_of = "null" if one.as_of is None else quoted(one.as_of)
    named = ((name, getattr(one, name)) for name in ("path", "document", "period", "sheet", "format", "digest"))
    lines = "".join(f'      "{name}": {quoted(value)},\n' for name, value in named)
    return f'    {{\n{lines}      "made_from": {made_from},\n      "as_of": {as_of}\n    }}'


@lru_cache(maxsize=10_000)
def _shown_input(one: Input) -> str:
    path, digest = quoted(one.path), quoted(one.digest)
    return f'        {{\n          "path": {path},\n          "digest": {digest}\n        }}'


def read_outputs(folder: Path) -> tuple[Output, ...]:
    """Return the outputs that the last build left in a folder; none if it holds no manifest.

    PlanctlError where there is a manifest that cannot be understood: what it listed is then nobody's to remove.
    """
    try:
        content = _content(folder / NAME)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    try:
        whole = json.loads(content)
        return tuple(_output(one, whole.get("as_of")) for one in whole["outputs"])
    except _UNCLEAR as error:
        raise PlanctlError(
            _("{path} cannot be understood; delete it and build again"), path=(folder / NAME).as_posix()
        ) from error


def read(path: Path) -> Manifest:
    """Return a whole manifest; PlanctlError where it is not there, or cannot be understood."""
    try:
        whole = json.loads(_content(path))
        if whole["manifest"] != VERSION:
            raise ValueError(whole["manifest"])
        return Manifest(
            planctl=_text(whole, "planctl"),
            libraries={name: str(number) for name, number in whole["libraries"].items()},
            as_of=_day(whole.get("as_of")),
            revision=whole.get("revision"),
            user=whole.get("user"),
            outputs=tuple(_output(one, whole.get("as_of")) for one in whole["outputs"]),
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PlanctlError(_("there is no {path}; `planctl build` writes it"), path=path.as_posix()) from error
    except _UNCLEAR as error:
        raise PlanctlError(
            _("{path} cannot be understood; is it the manifest of a build?"), path=path.as_posix()
        ) from error


_UNCLEAR = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What a manifest that nobody wrote makes of reading it."""


def _content(path: Path) -> bytes:
    """Return a file's bytes; FileNotFoundError or NotADirectoryError where it is not there."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error


def _output(one: dict[str, Any], as_of: Any) -> Output:
    return Output(
        path=_text(one, "path"),
        document=_text(one, "document"),
        period=_text(one, "period"),
        sheet=_text(one, "sheet"),
        format=_text(one, "format"),
        digest=_text(one, "digest"),
        made_from=tuple(_input(source["path"], source["digest"]) for source in one["made_from"]),
        as_of=_day(one.get("as_of", as_of)),
    )


@lru_cache(maxsize=10_000)
def _input(path: Any, digest: Any) -> Input:
    """Return an input of its values; TypeError for what are none. Each is named by many outputs."""
    if not isinstance(path, str) or not isinstance(digest, str):
        raise TypeError(path, digest)
    return Input(path, digest)


def as_output(one: dict[str, Any]) -> Output:
    """Return an output of its plain values; KeyError, TypeError or ValueError for what are none."""
    return _output(one, None)


def _day(text: Any) -> str | None:
    """Return a date as it is written; ValueError or TypeError for what is none."""
    return None if text is None else date.fromisoformat(text).isoformat()


def _text(one: dict[str, Any], key: str) -> str:
    """Return a text of the manifest; TypeError for what is none."""
    text = one[key]
    if not isinstance(text, str):
        raise TypeError(key)
    return text
