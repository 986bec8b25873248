"""The manifest of a build: what was written, its digest, and what it was made from.

Digests are of content (decompressed members, text with LF), so they are equal on every system and zlib.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from planctl.errors import PlanctlError
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

    A PDF, which is never twice the same, has the digest of the Word sheet that it shows.
    """

    path: str
    document: str
    period: str
    sheet: str
    format: str
    digest: str
    made_from: tuple[Input, ...]


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
        """Return the file's content."""
        whole = {"manifest": VERSION, **asdict(self)}
        return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode(errors="backslashreplace")


def read_outputs(folder: Path) -> tuple[Output, ...]:
    """Return the outputs that the last build left in a folder; none if it holds no manifest.

    PlanctlError where there is a manifest that cannot be understood: what it listed is then nobody's to remove.
    """
    path = folder / NAME
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=error.strerror or error
        ) from error
    try:
        return tuple(_output(one) for one in json.loads(content)["outputs"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PlanctlError(_("{path} cannot be understood; delete it and build again"), path=path.as_posix()) from error


def _output(one: dict[str, Any]) -> Output:
    return Output(
        path=_text(one, "path"),
        document=_text(one, "document"),
        period=_text(one, "period"),
        sheet=_text(one, "sheet"),
        format=_text(one, "format"),
        digest=_text(one, "digest"),
        made_from=tuple(Input(_text(source, "path"), _text(source, "digest")) for source in one["made_from"]),
    )


def _text(one: dict[str, Any], key: str) -> str:
    """Return a text of the manifest; TypeError for what is none."""
    text = one[key]
    if not isinstance(text, str):
        raise TypeError(key)
    return text
