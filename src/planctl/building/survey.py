"""What there is to build from: a project's files in parcels, each with what was read of it, now or in an earlier build.

In: a folder, a record and hands to read with. Out: `Surveyed` parcels. Only what has changed is read.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planctl.building.record import Grounds, Reading
from planctl.findings import plain
from planctl.parcels.claims import Claims, claims_of
from planctl.parcels.parting import is_shared, parted_for_good
from planctl.portfolio.kinds import ACCEPTED_PATH, APPROVALS
from planctl.source.discover import paths_of, read_data, text_of
from planctl.source.evidence import is_project_file
from planctl.work import Task
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from planctl.building.record import Record
    from planctl.diagnostics import Diagnostic
    from planctl.parcels.parting import Parcel
    from planctl.work import Executor

MOST_ROUNDS = 20
"""So often a parcel is read again because it asks for files that nobody has looked for yet."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A parcel, the key of what its reading rests on, and the reading."""

    parcel: Parcel
    key: str
    reading: Reading


@dataclass(slots=True)
class Hands:
    """Who carries tasks out: an executor for so many documents of such a cost, and how many of them make a task.

    The cost is how many times as long as reading and checking it the work on a document takes.
    """

    executor: Callable[[int, float], Executor]
    in_a_task: Callable[[int], int]


@dataclass(slots=True)
class Survey:
    """A project's folder as it is found: its files, the `shared` ones among them, their digests, what is read of them.

    `today` is the day by which records run out; it counts where there are records. `digests` has no file that cannot be
    read. What was read is put into `record`.
    """

    root: Path
    record: Record
    tools: Mapping[str, str]
    today: date | None
    digests: dict[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    shared: list[str] = field(default_factory=list)
    _in_folders: tuple[Diagnostic, ...] = ()
    _evidence: dict[str, bool] = field(default_factory=dict)
    _read: dict[tuple[str, ...], Surveyed] = field(default_factory=dict)
    _asked_before: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def look(self, digests: Callable[[Iterable[str]], Mapping[str, str]]) -> None:
        """Find the files, and their digests with the function given."""
        self.paths, self._in_folders = paths_of(self.root)
        self.shared = [path for path in self.paths if is_shared(path)]
        self.digests = dict(digests(self.paths))
        if not any(path.startswith(APPROVALS) or path == ACCEPTED_PATH for path in self.paths):
            self.today = None

    def is_as_found(self, digests: Callable[[Iterable[str]], Mapping[str, str]]) -> bool:
        """Tell whether the project has the same files still, each with the content that was read."""
        paths, _found = paths_of(self.root)
        return paths == self.paths and digests(paths) == self.digests

    def parcels(self, hands: Hands, progress: Callable[[int, int], None]) -> tuple[Surveyed, ...]:
        """Return the parcels of the project, those that have changed read."""
        parcels = parted_for_good(self._claims(), lambda fresh: self._turned_out(fresh, hands, progress), self._text)
        missing = [parcel for parcel in parcels if parcel.paths not in self._read]
        self._turned_out(missing, hands, progress)
        return tuple(self._read[parcel.paths] for parcel in parcels)

    def grounds(self, paths: Iterable[str]) -> Grounds:
        """Return what reading these files, none of them shared, rests on."""
        files = {path: self.digests.get(path, "") for path in (*self.shared, *paths)}
        if self._in_folders:
            files[""] = hashlib.sha256(json.dumps(plain.plain(self._in_folders)).encode(errors="replace")).hexdigest()
        return Grounds(files, self.tools, self.today.isoformat() if self.today else None)

    def content(self, parcels: Sequence[tuple[Parcel, Mapping[str, Any]]], **told: Any) -> tuple[bytes, list[Grounds]]:
        """Return the content of a task on parcels, each with what else it is told, and the grounds that it works on."""
        files: dict[str, bytes] = dict(told.pop("files", {}))
        findings: dict[str, tuple[Diagnostic, ...]] = {}
        for path in dict.fromkeys((*self.shared, *(path for parcel, _more in parcels for path in parcel.paths))):
            data, findings[path] = read_data(self.root, path)
            if data is not None:
                files[path] = data
                self.digests[path] = hashlib.sha256(data).hexdigest()
        asked = [
            {
                "paths": parcel.paths,
                "findings": plain.plain(
                    (*self._in_folders, *(one for path in (*self.shared, *parcel.paths) for one in findings[path]))
                ),
                **more,
            }
            for parcel, more in parcels
        ]
        today = self.today.isoformat() if self.today else None
        value = {"parcels": asked, "shared": self.shared, "today": today, **told}
        return packed(value, files), [self.grounds(parcel.paths) for parcel, _more in parcels]

    # What files say they are

    def _claims(self) -> Iterator[Claims]:
        """Yield what each file says it belongs to; a file is opened only where nobody has looked into it before."""
        known, self.record.claims = self.record.claims, {}
        for path in dict.fromkeys((*self.paths, *(one.span.path for one in self._in_folders))):
            digest = self.digests.get(path, "")
            was, told = known.get(path, ("", None))
            if digest and was == digest:
                claims = Claims.of_json(told)
            else:
                claims = claims_of(path, self._text(path) if digest else None)
            if digest:
                self.record.claims[path] = digest, claims.to_json()
            yield claims

    def _text(self, path: str) -> str | None:
        data, _findings = read_data(self.root, path)
        text = None if data is None else text_of(path, data)[0]
        return text.text if text else None

    # Reading

    def _turned_out(
        self, parcels: Sequence[Parcel], hands: Hands, progress: Callable[[int, int], None]
    ) -> tuple[Claims, ...]:
        """Return what the files of parcels turned out to be, those that have changed read."""
        pending = [parcel for parcel in parcels if not self._is_known(parcel)]
        for _round in range(MOST_ROUNDS):
            if not pending:
                break
            pending = list(self._read_anew(pending, hands, progress))
        return tuple(one for parcel in parcels for one in self._read[parcel.paths].reading.claims)

    def _is_known(self, parcel: Parcel) -> bool:
        """Tell whether a parcel was read in an earlier build and everything is as it was; it is then taken over."""
        if any(path not in self.digests for path in (*self.shared, *parcel.paths)):
            return False
        key = self.grounds(parcel.paths).key
        reading = self.record.readings.get(key)
        if reading is None or any(self._is_there(path) != was for path, was in reading.asked.items()):
            return False
        self._read[parcel.paths] = Surveyed(parcel, key, reading)
        return True

    def _read_anew(
        self, parcels: Sequence[Parcel], hands: Hands, progress: Callable[[int, int], None]
    ) -> Iterator[Parcel]:
        """Read parcels, and yield those that asked for files nobody had looked for."""
        size = hands.in_a_task(len(parcels))
        groups = [parcels[at : at + size] for at in range(0, len(parcels), size)]
        grounds: dict[int, list[Grounds]] = {}
        through = 0

        def tasks() -> Iterator[Task]:
            for at, group in enumerate(groups):
                asked = [
                    (parcel, {"known": self._looked_for(parcel), "claims": self._claims_in(parcel)}) for parcel in group
                ]
                content, grounds[at] = self.content(asked)
                yield Task("read", content, len(group), name_of(group))

        def done(documents: int) -> None:
            nonlocal through
            through += documents
            progress(through, len(parcels))

        for at, result in hands.executor(len(parcels), 1).results(tasks(), done):
            readings, _nothing = unpacked(result)
            for parcel, values, on in zip(groups[at], readings, grounds.pop(at), strict=True):
                reading = Reading.of_plain(values)
                wrong = [path for path, answer in reading.asked.items() if self._is_there(path) != answer]
                self._take(parcel, on, reading)
                if wrong:
                    yield parcel

    def _take(self, parcel: Parcel, grounds: Grounds, reading: Reading) -> None:
        self._read[parcel.paths] = Surveyed(parcel, grounds.key, reading)
        self.record.grounds[grounds.key] = grounds
        if all(grounds.files.values()):
            self.record.readings[grounds.key] = reading

    def _is_there(self, path: str) -> bool:
        if path not in self._evidence:
            self._evidence[path] = is_project_file(self.root, path)
        return self._evidence[path]

    def _looked_for(self, parcel: Parcel) -> Mapping[str, bool]:
        """Return of the files that a parcel asked for when it was read before whether they are there."""
        if not self._asked_before:
            for key, reading in self.record.readings.items():
                paths = (path for path in self.record.grounds[key].files if path and not is_shared(path))
                self._asked_before[tuple(sorted(paths))] = tuple(reading.asked)
        read = self._read.get(parcel.paths)
        before = read.reading.asked if read else self._asked_before.get(parcel.paths, ())
        return {path: self._is_there(path) for path in before}

    def _claims_in(self, parcel: Parcel) -> list[Any]:
        known = self.record.claims
        return [known[path][1] if path in known else claims_of(path, None).to_json() for path in parcel.paths]


def name_of(parcels: Sequence[Parcel]) -> str:
    """Return the first file of parcels, by which people know a task."""
    return next((path for parcel in parcels for path in parcel.paths), "")
