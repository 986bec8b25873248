"""The record of a build: what was read of a project, what was made of it, and what each of both rests on.

In: what a build saw. Out: plain values to be kept between runs, and back. A record answers no question of trust: what
is not in it, or damaged, is found out anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from planctl.findings import plain
from planctl.output.manifest import Input, Output
from planctl.parcels.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.refusal import Part

VERSION = 1

Stamp: TypeAlias = tuple[int, int, int]
"""When a file was last changed (in nanoseconds), its size, and its number on the disk."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a reading rests on: the digests of files by path, versions by name, the day where that matters."""

    files: Mapping[str, str]
    tools: Mapping[str, str]
    day: str | None

    @property
    def key(self) -> str:
        """A name that other grounds never have."""
        text = json.dumps([sorted(self.files.items()), sorted(self.tools.items()), self.day])
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

    def plain(self) -> list[Any]:
        """Return plain values."""
        return [dict(self.files), dict(self.tools), self.day]


@dataclass(frozen=True, slots=True)
class Topic:
    """What sheets can be made of, as it has no error: a plan (no period), or a plan and period.

    It is chosen by the paths `chosen_by`.
    """

    document: str
    period: str
    chosen_by: tuple[str, ...]

    @property
    def part(self) -> Part:
        """Its document and period."""
        return self.document, self.period


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a few files, whatever was asked for.

    `documents` are the files of each plan and period, `alive` what outputs of earlier builds may belong to. `asked`
    tells of the files that were asked for whether they were there. `is_whole`: every file said what it belongs to;
    `claims` are what they turned out to be.
    """

    findings: tuple[Diagnostic, ...]
    refused: Mapping[Part, frozenset[str]]
    topics: tuple[Topic, ...]
    documents: tuple[frozenset[str], ...]
    alive: frozenset[Part]
    asked: Mapping[str, bool]
    is_whole: bool
    claims: tuple[Claims, ...]

    def plain(self) -> list[Any]:
        """Return plain values."""
        return [
            plain.plain(self.findings),
            [[*part, sorted(files)] for part, files in self.refused.items()],
            [[one.document, one.period, list(one.chosen_by)] for one in self.topics],
            [sorted(files) for files in self.documents],
            sorted(self.alive),
            dict(self.asked),
            self.is_whole,
            [one.to_json() for one in self.claims],
        ]

    @staticmethod
    def of_plain(values: Any) -> Reading:
        """Return what gave these values."""
        findings, refused, topics, documents, alive, asked, is_whole, claims = values
        return Reading(
            plain.of_plain(findings),
            {(document, period): frozenset(files) for document, period, files in refused},
            tuple(Topic(document, period, tuple(by)) for document, period, by in topics),
            tuple(map(frozenset, documents)),
            frozenset((document, period) for document, period in alive),
            asked,
            is_whole,
            tuple(map(Claims.of_json, claims)),
        )


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

TopicSheet: TypeAlias = tuple[str, str, str]
"""A document, a period and the name of a sheet."""


@dataclass(slots=True)
class Record:
    """All that a build leaves for the next one: grounds and readings by their key, sheets, and outputs by path.

    `claims` are what each file says it belongs to, beside its digest.
    """

    grounds: dict[str, Grounds] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    sheets: dict[TopicSheet, Composed] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    claims: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def trimmed(self, *, readings: Iterable[str], paths: Iterable[str]) -> Record:
        """Return what the next build can use: these readings, the outputs with these paths, and what those rest on."""
        known = set(readings)
        outputs = {path: self.kept[path] for path in paths if path in self.kept}
        parts = {part for key in known if key in self.readings for part in self.readings[key].alive}
        sheets = {name: one for name, one in self.sheets.items() if name[:2] in parts or name[0] == "office"}
        used = known.union((one.grounds for one in outputs.values()), (one.grounds for one in sheets.values()))
        return Record(
            {key: one for key, one in self.grounds.items() if key in used},
            {key: one for key, one in self.readings.items() if key in known},
            sheets,
            outputs,
            self.claims,
        )

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
            "readings": {key: one.plain() for key, one in self.readings.items()},
            "sheets": [[*name, one.grounds, one.as_of, one.stem, one.shown] for name, one in self.sheets.items()],
            "kept": [[path, *_plain_kept(one, inputs, libraries)] for path, one in self.kept.items()],
            "claims": {path: list(one) for path, one in self.claims.items()},
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
                {key: Reading.of_plain(one) for key, one in values["readings"].items()},
                dict(map(_sheet, values["sheets"])),
                {_text(path): _kept(path, rest, inputs, libraries) for path, *rest in values["kept"]},
                {path: (digest, told) for path, (digest, told) in values["claims"].items() if told["path"] == path},
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
