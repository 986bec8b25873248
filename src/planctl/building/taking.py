"""What comes of a build, taken in: outputs that stand are kept, others written, all of it put on record.

In: `Standing` outputs and `Answer`s, as they come. Out: files, the new record, and `Built`. Nothing else in a build
changes as it goes on.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from planctl.building.built import Built
from planctl.building.places import place_of
from planctl.building.reasons import (
    ANEW,
    CAME_OUT_THE_SAME,
    NEW,
    NO_RECORD,
    SHOWS_THE_SAME,
    TEMPLATE_AT_FAULT,
    UNCHANGED,
    Files,
    Now,
    why_built,
)
from planctl.building.record import Basis, Composed, Kept, Record, libraries_of
from planctl.diagnostics import in_order
from planctl.errors import PlanctlError
from planctl.findings import plain
from planctl.garbage import collector_off
from planctl.output.manifest import as_output
from planctl.parcels.joining import joined_findings, joined_refused
from planctl.parcels.parting import is_shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.building.asking import Answer
    from planctl.building.lying import Standing
    from planctl.building.order import Order
    from planctl.building.outputs import Folder
    from planctl.building.places import Place
    from planctl.building.reasons import Reason
    from planctl.refusal import Part
    from planctl.survey.grounds import Grounds
    from planctl.survey.survey import Surveyed


class Taking:
    """A build as it goes on: what it did, the record of that, and the sheets that there are of each part.

    `accounts` are those that were asked for now, by the keys of their parcels.
    """

    def __init__(self, order: Order, record: Record | None, folder: Folder) -> None:
        self._order = order
        self._folder = folder
        self._before = record
        known = record or Record()
        self.record = Record(
            dict(known.grounds),
            {} if order.is_anew else dict(known.sheets),
            dict(known.kept),
            {} if order.is_anew else dict(known.accounts),
        )
        self.built = Built(is_printed=order.choice.as_pdf)
        self.named: dict[Part, frozenset[str]] = {}
        self.accounts: dict[str, str] = {}
        self._told: list[tuple[Place, str | PlanctlError]] = []

    @collector_off()
    def begin(self, parcels: Sequence[Surveyed]) -> None:
        """Tell what was found in the project's files."""
        readings = [one.reading for one in parcels]
        self.built.refused = joined_refused([one.refused for one in readings])
        found = joined_findings([one.findings for one in readings])
        self.built.of_files = in_order((*found, *self._order.survey.unused(readings)))
        self.built.documents = [files for one in readings for files in one.documents]
        self.built.asked = {path: was for one in readings for path, was in one.asked.items()}

    @collector_off()
    def keep(self, standing: Iterable[Standing]) -> None:
        """Take over what stands."""
        for one in standing:
            self.named[one.topic.part] = one.sheets
            for path, name, format_ in one.outputs:
                self._keep(path, place_of(one.topic.part, name, format_), UNCHANGED)

    def take(self, answer: Answer) -> None:
        """Take in what was made of plans and periods, and write what is another than it was."""
        grounds, values, as_of = answer.grounds, answer.values, self._order.as_of
        self.record.grounds[grounds.key] = grounds
        if answer.account is not None:
            self.record.accounts[grounds.key] = self.accounts[answer.asked_of] = answer.account
        made = {(document, period, name): (stem, shown) for document, period, name, stem, shown in values["sheets"]}
        for topic, names in answer.topics:
            there = (name for name in names if (*topic.part, name) in made)
            self.named[topic.part] = self.named.get(topic.part, frozenset()).union(there)
            for name in names:
                key = (*topic.part, name)
                self.record.sheets.pop(key, None)
                if answer.is_sure:
                    self.record.sheets[key] = Composed(grounds.key, as_of, *made.get(key, (None,)))
        for one in values["made"]:
            self._take_one(one, answer.contents, grounds)
        for one in values["problems"]:
            self._told.append((_place(one), PlanctlError(one["message"], **one["values"])))

    def tell_problems(self) -> None:
        """Put what could not be made or written on its lists, in the order of documents and sheets."""
        for _at, one in sorted(self._told, key=itemgetter(0)):
            if isinstance(one, PlanctlError):
                self.built.problems.append(one)
            else:
                self.built.failed.append(one)
        self._told.clear()

    def _keep(self, path: str, place: Place, reason: Reason) -> None:
        """Take over an output as it is."""
        kept = self.record.kept[path]
        self.built.of_templates.extend(kept.findings)
        if kept.output is None:
            self._told.append((place, path))
            self.built.why[path] = (TEMPLATE_AT_FAULT,)
            return
        if path in self._folder.stamps:
            self.record.kept[path] = replace(kept, stamp=self._folder.stamps[path])
        self.built.unchanged.append(path)
        self.built.outputs.append(kept.output)
        self.built.why[path] = (reason,)

    def _take_one(self, one: Mapping[str, Any], contents: Mapping[str, bytes], grounds: Grounds) -> None:
        """Take in what became of a sheet in a format: it is the same, has a template with errors, or is written."""
        path: str = one["path"]
        was = self.record.kept.get(path)
        shown, template = one["basis"]
        kept = Kept(
            Basis(shown, tuple(template) if template else None, libraries_of(one["format"])),
            grounds.key,
            self._order.as_of,
            as_output(one["output"]) if one["output"] else None,
            plain.of_plain(one["findings"]),
        )
        if one["is_same"] and was is not None:
            self.record.kept[path] = replace(kept, findings=was.findings, digest=was.digest, stamp=was.stamp)
            self._keep(path, _place(one), UNCHANGED if was.grounds == grounds.key else SHOWS_THE_SAME)
        elif path not in contents:
            self.record.kept[path] = kept
            self._keep(path, _place(one), UNCHANGED)
        else:
            why = self._why(path, was, kept, grounds, one["format"])
            self._write(path, contents[path], kept, why=why, place=_place(one))

    def _write(self, path: str, content: bytes, kept: Kept, *, why: tuple[Reason, ...], place: Place) -> None:
        self.built.of_templates.extend(kept.findings)
        self.built.why[path] = why
        self.record.kept.pop(path, None)
        try:
            changed, digest, stamp = self._folder.write(path, content)
        except PlanctlError as problem:
            self._told.append((place, problem))
            return
        self.record.kept[path] = replace(kept, digest=digest, stamp=stamp)
        (self.built.written if changed else self.built.unchanged).append(path)
        if not changed:
            self.built.why[path] = (*(one for one in why if one is not NEW), CAME_OUT_THE_SAME)
        if kept.output:
            self.built.outputs.append(kept.output)

    def _why(self, path: str, was: Kept | None, kept: Kept, grounds: Grounds, format_: str) -> tuple[Reason, ...]:
        if self._order.is_anew:
            return (ANEW,)
        if self._before is None:
            return (NO_RECORD,)
        then = self.record.grounds.get(was.grounds) if was else None
        file = self._folder.state_of(path, was) if was else "missing"
        return why_built(was, then, Now(grounds, kept.as_of, format_, kept.basis, self._files), file=file)

    @cached_property
    def _files(self) -> Files:
        """The files of the project, as earlier builds knew them and now."""
        known = self._before.grounds.values() if self._before else ()
        before = {path: digest for one in known for path, digest in one.files.items()}
        survey = self._order.survey
        return Files(before, survey.grounds(path for path in survey.paths if not is_shared(path)).files)


def _place(one: Mapping[str, Any]) -> Place:
    return place_of((one["part"][0], one["part"][1]), one["sheet"], one["format"])
