"""The record of a build: what was made of a project, and what that rests on.

In: what a build saw. Out: plain values to be kept between runs, and back. A record answers no question of trust: what
is not in it, or damaged, is found out anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from planctl import versions
from planctl.findings import plain
from planctl.output.manifest import Input, Output
from planctl.report.office import DOCUMENT
from planctl.survey.grounds import Grounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planctl.diagnostics import Diagnostic
    from planctl.refusal import Part

VERSION = 3

Stamp: TypeAlias = tuple[int, int, int]
"""When a file was last changed (in nanoseconds), its size, and its number on the disk."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What a sheet came to on grounds and as of a day: the beginning of its files' names and a digest of all it shows.

    `stem` is None where it has nothing to show.
    """

    grounds: str
    as_of: str | None
    stem: str | None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an output rests on: what its sheet shows, its template's path and digest, and libraries.

    With what is shown stand the weights that the settings give to findings in templates.
    """

    shown: str
    template: tuple[str, str] | None
    libraries: Libraries


@dataclass(frozen=True, slots=True)
class Kept:
    """An output as a build left it; no `output` where its template has errors. `stamp` and `digest` are the file's.

    `grounds` and `as_of` are those of its sheet, so that it can be told why it was made again.
    """

    basis: Basis
    grounds: str
    as_of: str | None
    output: Output | None
    findings: tuple[Diagnostic, ...]
    digest: str = ""
    stamp: Stamp | None = None


Libraries: TypeAlias = tuple[tuple[str, str], ...]
"""Names of libraries with their versions, by name."""


def libraries_of(format_: str) -> Libraries:
    """Return the versions that the bytes of a format rest on now."""
    return tuple(versions.of_format(format_).items())


TopicSheet: TypeAlias = tuple[str, str, str]
"""A document, a period and the name of a sheet."""


@dataclass(slots=True)
class Record:
    """All that a build leaves for the next one: grounds by their key, sheets, and outputs by path.

    `accounts` are what parcels told for the sheets over all plans, by the keys of their grounds: texts, which nobody
    reads while those sheets stand.
    """

    grounds: dict[str, Grounds] = field(default_factory=dict)
    sheets: dict[TopicSheet, Composed] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    def trimmed(self, *, parts: Collection[Part], paths: Iterable[str], keys: Iterable[str]) -> Record:
        """Return what the next build can use: the sheets of parts, outputs by their paths, and what those rest on.

        Of accounts that is what stands on grounds with these keys.
        """
        accounts = {key: self.accounts[key] for key in keys if key in self.accounts}
        outputs = {path: self.kept[path] for path in paths if path in self.kept}
        sheets = {name: one for name, one in self.sheets.items() if name[:2] in parts or name[0] == DOCUMENT}
        used = {*(one.grounds for one in outputs.values()), *(one.grounds for one in sheets.values())}
        grounds = {key: one for key, one in self.grounds.items() if key in used}
        return Record(grounds, sheets, outputs, accounts)

    def plain(self) -> dict[str, Any]:
        """Return plain values."""
        inputs = _Numbers()
        tools = _Numbers()
        libraries = _Numbers()
        return {
            "version": VERSION,
            "grounds": {
                key: [dict(one.files), tools.of(tuple(sorted(one.tools.items()))), one.day]
                for key, one in self.grounds.items()
            },
            "sheets": [[*name, one.grounds, one.as_of, one.stem, one.shown] for name, one in self.sheets.items()],
            "kept": [[path, *_plain_kept(one, inputs, libraries)] for path, one in self.kept.items()],
            "accounts": self.accounts,
            "inputs": inputs.values,
            "tools": tools.values,
            "libraries": libraries.values,
        }

    @staticmethod
    def of_plain(values: Any) -> Record | None:
        """Return what gave these values; None for any others."""
        try:
            if values["version"] != VERSION:
                return None
            inputs = [Input(_text(path), _text(digest)) for path, digest in values["inputs"]]
            tools = [dict(pairs) for pairs in values["tools"]]
            libraries = [
                tuple((_text(name), _text(version)) for name, version in pairs) for pairs in values["libraries"]
            ]
            return Record(
                {key: Grounds(files, tools[at], day) for key, (files, at, day) in values["grounds"].items()},
                dict(map(_sheet, values["sheets"])),
                {_text(path): _kept(path, rest, inputs, libraries) for path, *rest in values["kept"]},
                {_text(key): _text(account) for key, account in values["accounts"].items()},
            )
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            return None


class _Numbers:
    """Values that stand in many places, each written once and named by a number."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, value: Any) -> int:
        """Return the number of a value."""
        return self._known.setdefault(value, len(self._known))

    @property
    def values(self) -> list[Any]:
        """The values in the order of their numbers."""
        return list(self._known)


def _text(value: Any) -> str:
    """Return a text; TypeError for anything else, so that no damage comes to light where it is used."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _if_any(value: Any) -> str | None:
    return None if value is None else _text(value)


def _sheet(values: Any) -> tuple[TopicSheet, Composed]:
    document, period, name, grounds, as_of, stem, shown = values
    composed = Composed(_text(grounds), _if_any(as_of), _if_any(stem), _text(shown))
    return (_text(document), _text(period), _text(name)), composed


def _stamp(values: Any) -> Stamp:
    written, size, number = values
    if any(type(one) is not int for one in values):
        raise TypeError(values)
    return written, size, number


def _plain_kept(one: Kept, inputs: _Numbers, libraries: _Numbers) -> list[Any]:
    made = one.output
    return [
        one.basis.shown,
        one.basis.template,
        libraries.of(one.basis.libraries),
        one.grounds,
        one.as_of,
        made
        and [
            made.document,
            made.period,
            made.sheet,
            made.format,
            made.digest,
            [inputs.of((source.path, source.digest)) for source in made.made_from],
            made.as_of,
        ],
        plain.plain(one.findings),
        one.digest,
        one.stamp,
    ]


def _kept(path: str, values: list[Any], inputs: list[Input], libraries: list[Libraries]) -> Kept:
    shown, template, used, grounds, as_of, made, findings, digest, stamp = values
    output = None
    if made:
        *about, sources, day = made
        document, period, sheet, format_, content = map(_text, about)
        made_from = tuple(inputs[at] for at in sources)
        output = Output(path, document, period, sheet, format_, content, made_from, _if_any(day))
    return Kept(
        Basis(_text(shown), (_text(template[0]), _text(template[1])) if template else None, libraries[used]),
        _text(grounds),
        _if_any(as_of),
        output,
        plain.of_plain(findings),
        _text(digest),
        _stamp(stamp) if stamp else None,
    )
