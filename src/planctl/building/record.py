"""The record of a build: what was made of a project, and what that rests on.

In: what a build saw. Out: plain values to be kept between runs, and back. A record answers no question of trust: what
is not in it, or damaged, is found out anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from planctl.findings import plain
from planctl.output.manifest import Input, Output
from planctl.report.office import DOCUMENT
from planctl.survey.grounds import Grounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planctl.diagnostics import Diagnostic
    from planctl.refusal import Part

VERSION = 2

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
    """What the bytes of an output rest on: what its sheet shows, its template's path and digest, and libraries."""

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

TopicSheet: TypeAlias = tuple[str, str, str]
"""A document, a period and the name of a sheet."""


@dataclass(slots=True)
class Record:
    """All that a build leaves for the next one: grounds by their key, sheets, and outputs by path."""

    grounds: dict[str, Grounds] = field(default_factory=dict)
    sheets: dict[TopicSheet, Composed] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)

    def trimmed(self, *, parts: Collection[Part], paths: Iterable[str]) -> Record:
        """Return what the next build can use: the sheets of parts, outputs by their paths, and what those rest on."""
        outputs = {path: self.kept[path] for path in paths if path in self.kept}
        sheets = {name: one for name, one in self.sheets.items() if name[:2] in parts or name[0] == DOCUMENT}
        used = {*(one.grounds for one in outputs.values()), *(one.grounds for one in sheets.values())}
        return Record({key: one for key, one in self.grounds.items() if key in used}, sheets, outputs)

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
            inputs = [Input(path, digest) for path, digest in values["inputs"]]
            tools = [dict(pairs) for pairs in values["tools"]]
            libraries = [tuple((name, version) for name, version in pairs) for pairs in values["libraries"]]
            return Record(
                {key: Grounds(files, tools[at], day) for key, (files, at, day) in values["grounds"].items()},
                {(one[0], one[1], one[2]): Composed(*one[3:]) for one in values["sheets"]},
                {path: _kept(path, rest, inputs, libraries) for path, *rest in values["kept"]},
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
        document, period, sheet, format_, content, sources, day = made
        output = Output(path, document, period, sheet, format_, content, tuple(inputs[at] for at in sources), day)
    return Kept(
        Basis(shown, (template[0], template[1]) if template else None, libraries[used]),
        grounds,
        as_of,
        output,
        plain.of_plain(findings),
        digest,
        (stamp[0], stamp[1], stamp[2]) if stamp else None,
    )
