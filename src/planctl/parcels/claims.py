"""What a file's text says of itself and of other documents, found without parsing YAML wherever that is sure.

In: a path and a text. Out: `Claims`. The quick look goes by the lines that begin at the left edge, where the keys of a
plan's or report's head stand, and by what stands before each `#`. Whatever is written in another way than nearly all
files are (a top that is indented, escapes, keys in quotation marks) is read as YAML, so that nothing rests on a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from planctl.forms.period import period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Kind = Literal["plan", "actuals", "approval", "shared", "other"]

SHARED_FILES, SHARED_FOLDER, APPROVALS = frozenset({"planctl.yaml", "accepted.yaml"}), "rubrics/", "approvals/"

_LONGEST_ID = 60
_SAYING = ("id", "actuals", "approval")
"""The keys that say which document a file is or belongs to."""

_KEY = re.compile(r"([A-Za-z_][\w-]*):(?: +(.*))?")
_PLAIN = re.compile(r"""(["']?)([\w.-]+)\1 *""")
_NO_VALUES = frozenset({"null", "Null", "NULL"})
_NAME = re.compile(r"[\w.-]+")
_NAME_AT_END = re.compile(r"[\w.-]+\Z")
_OF_TEXT = re.compile(r"""^["']?(?:actuals|id)["']?[ \t]*:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)
_ABOVE = "above"
_AS_A_SLIP_OF_THE_PEN = 0.6


@dataclass(frozen=True, slots=True)
class Claims:
    """What a file says it is: a plan or what belongs to one (`document`), and which documents it names.

    `names` may hold words that are no document. `missing` are the documents that were looked for and not found when the
    file was loaded; a `suspect` could not be read as a whole, so that what is missed may stand in it; a plan that is
    `void` was not taken over.
    """

    path: str
    kind: Kind = "other"
    document: str = ""
    names: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_suspect: bool = False
    is_void: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the claims as values of JSON; what is as ever is left out."""
        told = {"path": self.path, "kind": self.kind, "document": self.document}
        lists = {"names": list(self.names), "missing": list(self.missing)}
        flags = {"is_suspect": self.is_suspect, "is_void": self.is_void}
        return {key: value for key, value in {**told, **lists, **flags}.items() if value}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Claims:
        """Return the claims that were written as JSON."""
        lists = {key: tuple(told.get(key, ())) for key in ("names", "missing")}
        return cls(**{**told, **lists})


def unclear(claims: Claims) -> Claims:
    """Return the claims of a file that could not be read as a whole: what is missed elsewhere may stand in it."""
    return replace(claims, is_suspect=True)


def is_shared(path: str) -> bool:
    """Tell whether a file belongs to every parcel: the settings, the scales and what is accepted."""
    return path in SHARED_FILES or path.startswith(SHARED_FOLDER)


def claims_of(path: str, text: str | None) -> Claims:
    """Return what a file says; of one that could not be read at all (None) its name speaks."""
    if path in SHARED_FILES:
        return Claims(path, "shared")
    if text is None:
        return Claims(path, "shared" if is_shared(path) else "other", names=_in_order(_of_name(path)))
    return at_a_look(path, text) or as_read(path, text)


def _of_name(path: str) -> Iterator[str]:
    """Yield the documents that a file's name names in front of a period, as in `council.2023.yaml`."""
    parts = PurePosixPath(path).name.split(".")
    yield from (".".join(parts[:at]) for at in range(1, len(parts)) if period_of(parts[at]))


def _in_order(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


# At a look


def at_a_look(path: str, text: str) -> Claims | None:
    """Return the claims of a file that is written as nearly all are, or None where only a parser can tell."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text or text[0] == "\ufeff" or "\r" in text or ("\\" in text and '"' in text):
        return None
    lines = text.split("\n")
    edge = [at for at, line in enumerate(lines) if line and line[0] not in " #"]
    keys = _keys(lines, edge)
    kind = _kind(path, keys)
    said = {key: _value(lines, keys[key]) for key in _SAYING if key in keys}
    if kind is None or None in said.values():
        return None
    document = said.get("id" if kind == "plan" else kind) or ""
    names = {*said.values(), *_of_name(path), *_before_signs(text), *_above(lines, edge, keys)} - {document}
    return Claims(path, kind, document, _in_order(names))


def _keys(lines: Sequence[str], edge: Sequence[int]) -> dict[str, int]:
    """Return the keys at the left edge with their lines; none where something else stands there too."""
    keys: dict[str, int] = {}
    for at in edge:
        line = lines[at]
        if line.startswith("- ") or (line == "---" and not at):
            continue
        match = _KEY.fullmatch(line)
        if not match or match[1] in keys or _runs_on(match[2] or ""):
            return {}
        keys[match[1]] = at
    return keys


def _runs_on(value: str) -> bool:
    """Tell whether a value begins with a quotation mark or a bracket, and ends on a later line."""
    value = value.rstrip(" ")
    sign = value[:1]
    if sign in {"'", '"'}:
        return len(value) == 1 or value[-1] != sign
    return sign in {"[", "{"} and value[-1] not in "]}"


def _kind(path: str, keys: Mapping[str, int]) -> Kind | None:
    """Return what a file with these keys is, as the portfolio sees it; None where it is nothing known."""
    if path.startswith(APPROVALS) and "approval" in keys:
        return "approval"
    if "form" in keys:
        return "plan" if "id" in keys else None
    if "actuals" in keys:
        return "actuals"
    return "shared" if is_shared(path) and "rubric" in keys else None


def _value(lines: Sequence[str], at: int) -> str | None:
    """Return the word that stands under a key on its own line; None where it is not as plain as that."""
    match = _PLAIN.fullmatch(lines[at].partition(":")[2].lstrip(" "))
    follows = next((line for line in islice(lines, at + 1, None) if line.strip(" ")), "")
    if not match or follows.startswith(" ") or (not match[1] and match[2] in _NO_VALUES):
        return None
    return match[2]


def _before_signs(text: str) -> Iterator[str]:
    """Yield the words that stand right before a `#`, as documents do in addresses."""
    if "#" in text:
        pieces = {piece[-_LONGEST_ID - 4 :].rpartition(" ")[2] for piece in text.split("#")[:-1]}
        yield from (_bare(match[0]) for piece in pieces if (match := _NAME_AT_END.search(piece)))


def _bare(word: str) -> str:
    """Return a word without dashes and points in front: those of a list, or of a dash with no space behind it."""
    return word.lstrip("-.")


def _above(lines: Sequence[str], edge: Sequence[int], keys: Mapping[str, int]) -> Iterator[str]:
    """Yield the words under the key that names the plans above, be it misspelt."""
    for key, at in keys.items():
        if _may_mean_above(key):
            end = next((one for one in edge if one > at and not lines[one].startswith("-")), len(lines))
            yield from map(_bare, _NAME.findall("\n".join(lines[at:end])))


@lru_cache(maxsize=1000)
def _may_mean_above(key: str) -> bool:
    return bool(get_close_matches(key, (_ABOVE,), n=1, cutoff=_AS_A_SLIP_OF_THE_PEN))


# As YAML


def as_read(path: str, text: str) -> Claims:
    """Return the claims of a file by its tree; where that is none, or nothing known, it may hold what is missed."""
    from planctl.portfolio.kinds import kind_of, named  # noqa: PLC0415  # only odd files need the models and a parser
    from planctl.portfolio.validate import words_in  # noqa: PLC0415
    from planctl.source.document import SourceText  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    document, _findings = read(SourceText(path, text))
    said = {*_of_name(path), *_OF_TEXT.findall(text), *map(_bare, _before_signs(text))}
    if document is None:
        return Claims(path, "shared" if is_shared(path) else "other", names=_in_order(said), is_suspect=True)
    said |= {word.partition("#")[0].strip() for word in words_in(document.data) if "#" in word}
    said |= {word.strip() for key, value in document.data.items() if key != "sections" for word in _words(value)}
    match kind_of(document):
        case "plan" | "actuals" | "approval" as kind:
            id_ = named(document, "id" if kind == "plan" else kind)
            return Claims(path, kind, id_, _in_order(said - {id_}))
        case _:
            kind_of_rest: Kind = "shared" if is_shared(path) else "other"
            return Claims(path, kind_of_rest, names=_in_order(said), is_suspect=True)


def _words(value: object) -> Iterator[str]:
    """Yield a text, or the texts of a list."""
    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
