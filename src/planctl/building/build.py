"""The order of a build: look, read what changed, make what does not stand, print, tidy, and write the manifest last.

In: a project's folder, what is asked for, and the record of the last build. Out: files, `Built`, and a new record.
Contents come back in pieces of a few dozen documents and are written as they come.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from planctl import versions as tools
from planctl.building.built import Built
from planctl.building.outputs import Folder, is_own_name
from planctl.building.reasons import (
    ANEW,
    CAME_OUT_THE_SAME,
    NEW,
    NO_RECORD,
    PRINTED,
    SHOWS_THE_SAME,
    TEMPLATE_AT_FAULT,
    UNCHANGED,
    Files,
    Now,
    why_built,
)
from planctl.building.record import Basis, Composed, Kept, Record
from planctl.building.sheets import made_of
from planctl.building.templates import OwnTemplates
from planctl.building.tidying import belonging, tidy, write_manifest
from planctl.diagnostics import in_order
from planctl.errors import PlanctlError
from planctl.findings import plain
from planctl.forms.period import period_of
from planctl.making import Making, path_of, subjects
from planctl.output import manifest, pdf
from planctl.output.files import sweep
from planctl.output.manifest import as_output
from planctl.parcels.joining import joined_findings, joined_refused
from planctl.parcels.parting import is_shared
from planctl.pipeline import load
from planctl.refusal import refused
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS, SHEETS
from planctl.report.office import DOCUMENT
from planctl.survey.reading import Topic
from planctl.survey.survey import Surveyed, name_of
from planctl.work import Task
from planctl.work.packing import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from planctl.building.reasons import Reason
    from planctl.facts import RunFacts
    from planctl.making import Choice
    from planctl.output.manifest import Output
    from planctl.refusal import Part
    from planctl.survey.grounds import Grounds
    from planctl.survey.survey import Hands, Survey

_Place: TypeAlias = tuple[int, str, tuple[int, int], int, str]

COST = 10
"""How many times as long as reading and checking it the sheets of a document take, in Word, Excel and HTML."""


class Saving(Protocol):
    """What keeps the record for the next build; halfway it may leave it until later, as records can be long."""

    def __call__(self, record: Record, *, is_halfway: bool = False) -> None:
        """Keep a record, in the place of the one before."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, where, with which facts of this run; one that `is_anew` relies on no earlier build."""

    survey: Survey
    out: Path
    choice: Choice
    facts: RunFacts
    is_anew: bool = False

    @property
    def as_of(self) -> str | None:
        """The date on the sheets, where one was named."""
        return self.facts.as_of.isoformat() if self.facts.as_of else None


def build(
    order: Order,
    record: Record | None,
    hands: Hands,
    *,
    save: Saving,
    progress: Callable[[int, int], None],
) -> Built:
    """Build what was chosen; `progress` is told how many of how many documents are done.

    `save` gets what the next build can go on from: after each task, at the end, and when the build is interrupted.
    """
    building = _Building(order, record)
    earlier = building.earlier()
    sweep(order.out)
    try:
        parcels = order.survey.parcels(hands, progress)
        building.begin(parcels)
        for _task in building.make(building.due(parcels), hands, progress):
            save(building.record, is_halfway=True)
        building.over_all_plans(parcels)
        building.tell_problems()
        if order.choice.as_pdf:
            building.print(earlier)
        building.finish(earlier, parcels)
    except BaseException as error:
        if isinstance(error, PlanctlError) or not isinstance(
            error, Exception
        ):  # what a fault of ours left must not stay
            save(building.record)
        raise
    save(building.left(parcels))
    return building.built


@dataclass(frozen=True, slots=True)
class _Due:
    """A parcel of which something does not stand: those of its plans and periods that have to be looked at."""

    surveyed: Surveyed
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """A plan or period whose outputs stand: their paths with the names of their sheets and formats."""

    topic: Topic
    outputs: list[tuple[str, str, str]]
    sheets: set[str]


class _Building:
    """A build as it goes on."""

    def __init__(self, order: Order, record: Record | None) -> None:
        self._order = order
        self._choice = order.choice
        self._has_record = record is not None
        self.record = record or Record()
        self._grounds_before = tuple(self.record.grounds.values())
        if order.is_anew:
            self.record = Record(dict(self.record.grounds), kept=self.record.kept)
        self._survey = order.survey
        self.built = Built(is_printed=order.choice.as_pdf)
        self._folder = Folder(order.out)
        self._own = OwnTemplates(order.survey.root)
        self._named: dict[Part, set[str]] = {}
        self._told: list[tuple[_Place, str | PlanctlError]] = []
        self._by_part: defaultdict[Part, list[tuple[str, Kept]]] | None = None

    def earlier(self) -> list[Output]:
        """Return what earlier builds left: the outputs of the manifest, and those of a build that did not get so far.

        Of the latter only files are meant that are still as they were written.
        """
        try:
            listed = list(manifest.read_outputs(self._order.out))
        except PlanctlError:
            if not self._order.is_anew:
                raise
            listed = []  # the manifest is written anew, and what nobody knows of is nobody's to remove
        known = {one.path for one in listed}
        others = [(path, kept) for path, kept in self.record.kept.items() if path not in known and is_own_name(path)]
        return [*listed, *(kept.output for path, kept in others if kept.output and self._is_there(path, kept))]

    def begin(self, parcels: Sequence[Surveyed]) -> None:
        """Tell what was found in the project's files."""
        readings = [one.reading for one in parcels]
        self.built.refused = joined_refused([one.refused for one in readings])
        found = joined_findings([one.findings for one in readings])
        self.built.of_files = in_order((*found, *self._survey.unused(readings)))
        self.built.documents = [files for one in readings for files in one.documents]
        self.built.asked = {path: was for one in readings for path, was in one.asked.items()}

    # What is due

    def due(self, parcels: Iterable[Surveyed]) -> list[_Due]:
        """Return what has to be looked at; what stands as an earlier build left it is taken over."""
        due: list[_Due] = []
        for surveyed in parcels:
            topics = [topic for topic in surveyed.reading.topics if self._is_chosen(topic)]
            self.built.subjects += len(topics)
            left: list[Topic] = []
            for topic in topics:
                if standing := self._standing_of(surveyed.key, topic):
                    self._take_over(standing)
                else:
                    left.append(topic)
            if left:
                due.append(_Due(surveyed, tuple(left)))
        return due

    def _is_chosen(self, topic: Topic) -> bool:
        choice = self._choice
        if not self._sheets_of(topic) or not choice.within.has_any(topic.chosen_by):
            return False
        return choice.period is None or period_of(topic.period) == choice.period

    def _sheets_of(self, topic: Topic) -> list[str]:
        of_period = OFFICE_REPORTS if topic.document == DOCUMENT else PERIOD_REPORTS
        known = of_period if topic.period else PLAN_REPORTS
        return [name for name in self._choice.sheets if name in known]

    def _standing_of(self, key: str, topic: Topic) -> _Standing | None:
        """Return the outputs of a plan or period if all that is wanted of it stands."""
        stems: dict[str, str] = {}
        for name in self._sheets_of(topic):
            composed = self.record.sheets.get((*topic.part, name))
            if composed is None or (composed.grounds, composed.as_of) != (key, self._order.as_of):
                return None
            if composed.stem is not None:
                stems[name] = composed.stem
        outputs = [(path_of(stem, one), name, one) for name, stem in stems.items() for one in self._choice.formats]
        stands = all(self._stands(path, format_, key) for path, _name, format_ in outputs)
        return _Standing(topic, outputs, set(stems)) if stands else None

    def _take_over(self, standing: _Standing) -> None:
        self._named[standing.topic.part] = standing.sheets
        for path, name, format_ in standing.outputs:
            self._keep(path, _place(standing.topic.part, name, format_), UNCHANGED)

    def _stands(self, path: str, format_: str, key: str) -> bool:
        kept = self.record.kept.get(path)
        if kept is None or (kept.grounds, kept.as_of) != (key, self._order.as_of):
            return False
        return self._is_current(kept, format_) and (kept.output is None or self._is_there(path, kept))

    def _is_current(self, kept: Kept, format_: str) -> bool:
        """Tell whether an output's template and libraries are what they were."""
        template = kept.basis.template
        is_own = template is not None and not template[0].startswith("planctl:")
        if is_own and template is not None and self._own.digest(template[0]) != template[1]:
            return False
        return dict(kept.basis.libraries) == tools.of_format(format_)

    def _is_there(self, path: str, kept: Kept) -> bool:
        return self._folder.state_of(path, kept) == "as it was"

    def _keep(self, path: str, place: _Place, reason: Reason) -> None:
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

    # Making

    def make(self, due: Sequence[_Due], hands: Hands, progress: Callable[[int, int], None]) -> Iterator[None]:
        """Make what is due and write it; yields after each task."""
        size = hands.in_a_task(len(due))
        groups = [due[at : at + size] for at in range(0, len(due), size)]
        grounds: dict[int, list[Grounds]] = {}
        through = 0

        def done(documents: int) -> None:
            nonlocal through
            through += documents
            progress(through, len(due))

        def tasks() -> Iterator[Task]:
            for at, group in enumerate(groups):
                content, grounds[at] = self._task(group)
                yield Task("build", content, len(group), name_of([one.surveyed.parcel for one in group]))

        progress(0, len(due))
        for at, result in hands.executor(len(due), COST).results(tasks(), done) if due else ():
            parts, contents = unpacked(result)
            for one, values, on in zip(groups[at], parts, grounds.pop(at), strict=True):
                self._take(one.topics, values, contents, on)
            yield

    def _task(self, group: Sequence[_Due]) -> tuple[bytes, list[Grounds]]:
        templates, files = self._own.packed(self._survey.common.portfolio.settings.templates.values())
        asked = [
            (
                one.surveyed.parcel,
                {
                    "known": one.surveyed.reading.asked,
                    "wanted": [topic.part for topic in one.topics],
                    "standing": self._standing({topic.part for topic in one.topics}),
                },
            )
            for one in group
        ]
        return self._survey.content(
            asked,
            files,
            templates=templates,
            formats=self._choice.formats,
            sheets=[name for name in self._choice.sheets if name not in OFFICE_REPORTS],
            period=str(self._choice.period or ""),
            as_of=self._order.as_of,
        )

    def _standing(self, parts: Container[Part]) -> dict[str, Any]:
        """Return what of these parts lies in the folder as it was made, with the libraries of now, by path."""
        if self._by_part is None:
            self._by_part = defaultdict(list)
            for path, kept in () if self._order.is_anew else self.record.kept.items():
                if kept.output:
                    self._by_part[kept.output.document, kept.output.period].append((path, kept))
        return {
            path: {"basis": [kept.basis.shown, kept.basis.template], "digest": kept.output.digest}
            for part, outputs in self._by_part.items()
            if part in parts
            for path, kept in outputs
            if kept.output and dict(kept.basis.libraries) == tools.of_format(kept.output.format)
            if self._is_there(path, kept)
        }

    def _take(
        self, topics: Iterable[Topic], values: Mapping[str, Any], contents: Mapping[str, bytes], grounds: Grounds
    ) -> None:
        """Take in what was made of plans and periods."""
        key, as_of = grounds.key, self._order.as_of
        self.record.grounds[key] = grounds
        for topic in topics:
            self._named[topic.part] = set()
            for name in self._sheets_of(topic):
                self.record.sheets[*topic.part, name] = Composed(key, as_of, None)
        for document, period, name, stem, shown in values["sheets"]:
            self._named[document, period].add(name)
            self.record.sheets[document, period, name] = Composed(key, as_of, stem, shown)
        for one in values["made"]:
            self._take_one(one, contents, grounds)
        for one in values["problems"]:
            self._told.append((self._place(one), PlanctlError(one["message"], **one["values"])))

    def _take_one(self, one: Mapping[str, Any], contents: Mapping[str, bytes], grounds: Grounds) -> None:
        path: str = one["path"]
        was = self.record.kept.get(path)
        shown, template = one["basis"]
        basis = Basis(shown, tuple(template) if template else None, tuple(tools.of_format(one["format"]).items()))
        kept = Kept(
            basis,
            grounds.key,
            self._order.as_of,
            as_output(one["output"]) if one["output"] else None,
            plain.of_plain(one["findings"]),
        )
        if one["is_same"] and was is not None:
            self.record.kept[path] = replace(kept, findings=was.findings, digest=was.digest, stamp=was.stamp)
            self._keep(path, self._place(one), UNCHANGED if was.grounds == grounds.key else SHOWS_THE_SAME)
        elif path not in contents:
            self.record.kept[path] = kept
            self._keep(path, self._place(one), UNCHANGED)
        else:
            self.built.why[path] = self._why(path, was, kept, grounds, one["format"])
            self._write(path, contents[path], kept, self._place(one))

    def _write(self, path: str, content: bytes, kept: Kept, place: _Place) -> None:
        self.built.of_templates.extend(kept.findings)
        self.record.kept.pop(path, None)
        try:
            changed, digest, stamp = self._folder.write(path, content)
        except PlanctlError as problem:
            self._told.append((place, problem))
            return
        self.record.kept[path] = replace(kept, digest=digest, stamp=stamp)
        (self.built.written if changed else self.built.unchanged).append(path)
        if not changed:
            self.built.why[path] = (*(one for one in self.built.why[path] if one is not NEW), CAME_OUT_THE_SAME)
        if kept.output:
            self.built.outputs.append(kept.output)

    def _why(self, path: str, was: Kept | None, kept: Kept, grounds: Grounds, format_: str) -> tuple[Reason, ...]:
        if self._order.is_anew:
            return (ANEW,)
        if not self._has_record:
            return (NO_RECORD,)
        then = self.record.grounds.get(was.grounds) if was else None
        file = self._folder.state_of(path, was) if was else "missing"
        return why_built(was, then, Now(grounds, kept.as_of, format_, kept.basis, self._files), file=file)

    @cached_property
    def _files(self) -> Files:
        """The files of the project, as earlier builds knew them and now."""
        before = {path: digest for one in self._grounds_before for path, digest in one.files.items()}
        return Files(before, self._survey.grounds(path for path in self._survey.paths if not is_shared(path)).files)

    def _place(self, one: Mapping[str, Any]) -> _Place:
        return _place((one["part"][0], one["part"][1]), one["sheet"], one["format"])

    # The sheets over all plans

    def over_all_plans(self, parcels: Sequence[Surveyed]) -> None:
        """Make the sheets over all plans if they are wanted and do not stand: they need all scorecards of a period.

        The whole project is then loaded at once, so that memory grows with it. Its files are read a second time for it:
        where one is another by then, the record does not say what the sheets rest on.
        """
        names = tuple(name for name in self._choice.sheets if name in OFFICE_REPORTS)
        if not names or not self._choice.is_whole:
            return
        periods = {topic.period for one in parcels for topic in one.reading.topics if topic.period}
        wanted = sorted(period for period in periods if self._choice.period in {None, period_of(period)})
        topics = [Topic(DOCUMENT, period, ()) for period in wanted]
        self.built.subjects += len(topics)
        grounds = self._grounds_of_all()
        found = [self._standing_of(grounds.key, topic) for topic in topics]
        if all(found):
            for one in filter(None, found):
                self._take_over(one)
            return
        project = load(self._survey.root, today=self._survey.today)
        choice = replace(self._choice, sheets=names)
        chosen = tuple(subjects(project, refused(project), choice))
        contents: dict[str, bytes] = {}
        standing = self._standing({topic.part for topic in topics})
        making = Making(project, self._order.facts)
        values = made_of(chosen, making, choice, standing=standing, contents=contents)
        self._take(topics, values, contents, grounds)
        if not self._survey.is_as_found():
            for topic in topics:
                for name in self._sheets_of(topic):
                    self.record.sheets.pop((*topic.part, name), None)

    def _grounds_of_all(self) -> Grounds:
        """Return what the sheets over all plans rest on: every file, and which documents are left out."""
        grounds = self._survey.grounds(path for path in self._survey.paths if not is_shared(path))
        left_out = sorted((part, sorted(files)) for part, files in self.built.refused.items())
        digest = hashlib.sha256(json.dumps(left_out).encode()).hexdigest()
        return replace(grounds, files={**grounds.files, "": digest})

    # The end

    def tell_problems(self) -> None:
        """Put what could not be made or written on its lists, in the order of documents and sheets."""
        for _at, one in sorted(self._told, key=itemgetter(0)):
            if isinstance(one, PlanctlError):
                self.built.problems.append(one)
            else:
                self.built.failed.append(one)
        self._told.clear()

    def print(self, earlier: Iterable[Output]) -> None:
        """Print the Word sheets as they now lie in the folder."""
        sheets = sorted(self.built.outputs, key=lambda one: _place((one.document, one.period), one.sheet, one.format))
        printed = pdf.print_sheets(sheets, earlier, folder=self._order.out)
        self.built.written.extend(printed.written)
        self.built.unchanged.extend(printed.unchanged)
        self.built.outputs.extend(printed.outputs)
        self.built.problems.extend(printed.problems)
        self.built.why.update(dict.fromkeys(printed.written, (PRINTED,)))
        self.built.why.update(dict.fromkeys(printed.unchanged, (UNCHANGED,)))

    def finish(self, earlier: Iterable[Output], parcels: Sequence[Surveyed]) -> None:
        """Tidy the folder and write the manifest."""
        readings = [one.reading for one in parcels]
        belongs = belonging(readings, self.built.refused, self._named, self._choice.sheets)
        tidy(earlier, belongs, out=self._order.out, built=self.built)
        write_manifest(self._order.facts, out=self._order.out, built=self.built)

    def left(self, parcels: Iterable[Surveyed]) -> Record:
        """Return the record of what the next build can go on from."""
        paths = [*(one.path for one in self.built.outputs), *self.built.failed]
        return self.record.trimmed(parts={part for one in parcels for part in one.reading.alive}, paths=paths)


def _place(part: Part, sheet: str, format_: str) -> _Place:
    """Return where an output stands among all: plans as approved first, then plans and periods, then all plans."""
    document, written = part
    period = period_of(written)
    kind = 2 if document == DOCUMENT else 1 if written else 0
    when = (period.last_day.toordinal(), period.months) if period else (0, 0)
    return kind, document, when, SHEETS.index(sheet), format_
