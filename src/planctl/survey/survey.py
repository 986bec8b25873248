"""A project by its parcels: what is as it was is taken over, the rest is read as tasks.

In: a project's folder, what is known of it, and hands. Out: `Surveyed` parcels. A reading holds as long as its files
and the shared ones have the same contents, the tools and (where records run out) the day are the same, and the files
that it asked for are there, or not, as they were.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planctl.findings import plain
from planctl.findings.accepting import gone
from planctl.garbage import collector_off
from planctl.parcels.claims import claims_of
from planctl.parcels.parting import is_shared, parted_for_good
from planctl.parcels.tree import ParcelTree
from planctl.pipeline import load
from planctl.portfolio.kinds import ACCEPTED_PATH, APPROVALS
from planctl.source.discover import paths_of, read_data, read_text, text_of
from planctl.source.evidence import is_project_file
from planctl.survey.grounds import Grounds
from planctl.survey.reading import Reading
from planctl.work import Task
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.parcels.claims import Claims
    from planctl.parcels.parting import Parcel
    from planctl.pipeline import Project
    from planctl.survey.record import Record
    from planctl.work import Executor

MOST_ROUNDS = 20
"""So often a parcel is read again because it asks for files that nobody has looked for."""

_PROOF = re.compile(r"""\bfile["']?:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n,}\]#]+))""")


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A parcel, the key of what its reading rests on, and the reading."""

    parcel: Parcel
    key: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Hands:
    """Who carries tasks out: an executor for so many documents of such a cost, and how many of them make a task.

    The cost is how many times as long as reading and checking it the work on a document takes.
    """

    executor: Callable[[int, float], Executor]
    in_a_task: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the readings of a project rest on beside its files.

    `tools` are the versions of planctl and its libraries, `today` the day by which records run out. `words` is a text
    that changes with the language and the system, in which findings may speak, and sheets do not. `digests` gives the
    digests of files, `is_file` tells whether a path of the project is a file in it.
    """

    tools: Mapping[str, str]
    words: str
    today: date | None
    digests: Callable[[Iterable[str]], Mapping[str, str]]
    is_file: Callable[[str], bool]


class Survey:
    """A project's folder as it is found: its files, the `shared` ones among them, and what is known of its parcels.

    `today` is the day by which records run out, where there are records.
    """

    def __init__(self, root: Path, record: Record, surroundings: Surroundings) -> None:
        self.root = root
        self._record = record
        self._surroundings = surroundings
        self._is_file = surroundings.is_file
        files, in_folders = paths_of(root)
        self._astray: defaultdict[str, tuple[Diagnostic, ...]] = defaultdict(tuple)
        for one in in_folders:
            self._astray[one.span.path] += (one,)
        self.paths = tuple(dict.fromkeys((*files, *self._astray)))
        self.shared = tuple(path for path in self.paths if is_shared(path))
        self._digests = {
            **surroundings.digests(files),
            **{path: _digest(json.dumps(plain.plain(found)).encode()) for path, found in self._astray.items()},
        }
        has_records = any(path.startswith(APPROVALS) or path == ACCEPTED_PATH for path in self.paths)
        self.today = surroundings.today if has_records else None
        self._unsteady: set[str] = set()
        self._claims: Mapping[str, Claims] = {}
        self._read: dict[tuple[str, ...], Surveyed] = {}

    def is_as_found(self) -> bool:
        """Tell whether the project has the same files still, each with the content that was read."""
        files, astray = paths_of(self.root)
        digests = self._surroundings.digests(files)
        paths = tuple(dict.fromkeys((*files, *(one.span.path for one in astray))))
        known = (path for path in files if path not in self._astray)
        return paths == self.paths and all(self._digests.get(path, "") == digests.get(path, "") for path in known)

    @collector_off()
    def parcels(self, hands: Hands, progress: Callable[[int, int], None]) -> tuple[Surveyed, ...]:
        """Return the parcels of the project, those that have changed read; what is known then is kept."""
        try:
            parcels = self._parcels(hands, progress)
        except BaseException:
            self._record.save_so_far()
            raise
        self._record.save()
        return parcels

    def _parcels(self, hands: Hands, progress: Callable[[int, int], None]) -> tuple[Surveyed, ...]:
        self._claims = {claims.path: claims for claims in self._claimed()}
        parcels = parted_for_good(
            self._claims.values(), lambda fresh: self._turned_out(fresh, hands, progress), self._text
        )
        self._turned_out([parcel for parcel in parcels if parcel.paths not in self._read], hands, progress)
        return tuple(self._read[parcel.paths] for parcel in parcels)

    @cached_property
    def common(self) -> Project:
        """What all parcels share, loaded by itself, and nothing of what is wrong in it, which parcels tell."""
        read = (read_text(self.root, path)[0] for path in self.shared if path not in self._astray)
        return load(ParcelTree(self.root, tuple(text for text in read if text is not None)))

    def unused(self, readings: Iterable[Reading]) -> tuple[Diagnostic, ...]:
        """Return that there are entries of accepted.yaml that accept nothing in any parcel."""
        if ACCEPTED_PATH not in self.shared:
            return ()
        in_use = frozenset[int]().union(*(one.in_use for one in readings))
        return tuple(gone(one) for one in self.common.portfolio.accepted if one.at not in in_use)

    def grounds(self, paths: Iterable[str]) -> Grounds:
        """Return what reading these files, beside the shared ones, rests on; what cannot be read has no digest."""
        files = {path: self._digests.get(path, "") for path in (*self.shared, *paths)}
        return Grounds(files, self._surroundings.tools, self.today.isoformat() if self.today else None)

    def content(
        self,
        parcels: Sequence[tuple[Parcel, Mapping[str, Any]]],
        others: Mapping[str, bytes] | None = None,
        **told: Any,
    ) -> tuple[bytes, list[Grounds]]:
        """Return the content of a task on parcels, each with what else it is told, and the grounds that it works on.

        `others` are the files that come with it beside the project's. Of a parcel of which nothing is told as `known`,
        that is looked for.
        """
        files: dict[str, bytes] = {}
        findings = dict(self._astray)
        for path in (*self.shared, *(path for parcel, _more in parcels for path in parcel.paths)):
            if path not in self._astray:
                data, findings[path] = read_data(self.root, path)
                self._compare(path, data)
                if data is not None:
                    files[path] = data
        asked = [
            {
                "paths": parcel.paths,
                "findings": plain.plain([one for path in (*self.shared, *parcel.paths) for one in findings[path]]),
                **(more if "known" in more else {**more, "known": self._looked_for(parcel, files)}),
            }
            for parcel, more in parcels
        ]
        today = self.today.isoformat() if self.today else None
        value = {"parcels": asked, "shared": self.shared, "today": today, **told}
        return packed(value, {**files, **(others or {})}), [self.grounds(parcel.paths) for parcel, _more in parcels]

    def _compare(self, path: str, data: bytes | None) -> None:
        """Note the digest of a file as it is handed on, and whether it is another than when it was looked at."""
        digest = "" if data is None else _digest(data)
        if digest != self._digests.get(path, ""):
            self._unsteady.add(path)
            self._digests[path] = digest

    # What files say they are

    def _claimed(self) -> Iterator[Claims]:
        """Yield what each file says it is; a file is opened only where its content is not known."""
        for path in self.paths:
            if path in self._astray:
                yield claims_of(path, None)
                continue
            digest = self._digests.get(path, "")
            yield (self._record.claims(path, digest) if digest else None) or self._looked_into(path, digest)

    def _looked_into(self, path: str, digest: str) -> Claims:
        data, _findings = read_data(self.root, path)
        text = None if data is None else text_of(path, data)[0]
        claims = claims_of(path, text.text if text else None)
        if data is not None and _digest(data) == digest:
            self._record.put_claims(digest, claims)
        return claims

    def _text(self, path: str) -> str | None:
        text = None if path in self._astray else read_text(self.root, path)[0]
        return text.text if text else None

    # What parcels give

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
        """Tell whether a reading was kept and still holds; it is then taken over."""
        grounds = self.grounds(parcel.paths)
        if not self._is_sure(grounds):
            return False
        key = grounds.key
        reading = self._record.reading(self._name(key))
        if reading is None or not self._holds(reading):
            return False
        self._read[parcel.paths] = Surveyed(parcel, key, reading)
        return True

    def _is_sure(self, grounds: Grounds) -> bool:
        """Tell whether all files could be read and are what they were when they were looked at."""
        return all(grounds.files.values()) and self._unsteady.isdisjoint(grounds.files)

    def _name(self, key: str) -> str:
        """Return the name under which a reading is kept."""
        return f"{key} {self._surroundings.words}"

    def _holds(self, reading: Reading) -> bool:
        """Tell whether the files that were asked for are there, or not, as it was told."""
        # Each of them is asked for, so that whoever watches that learns of all.
        return {path: self._is_file(path) for path in reading.asked} == reading.asked

    def _read_anew(
        self, parcels: Sequence[Parcel], hands: Hands, progress: Callable[[int, int], None]
    ) -> Iterator[Parcel]:
        """Read parcels, and yield those that asked for files of which something else was known."""
        size = hands.in_a_task(len(parcels))
        groups = [parcels[at : at + size] for at in range(0, len(parcels), size)]
        grounds: dict[int, list[Grounds]] = {}
        through, whole = 0, self._plans(parcels)

        def tasks() -> Iterator[Task]:
            for at, group in enumerate(groups):
                asked = [
                    (parcel, {"claims": [self._claims[path].to_json() for path in parcel.paths]}) for parcel in group
                ]
                content, grounds[at] = self.content(asked)
                yield Task("read", content, self._plans(group), name_of(group))

        def done(documents: int) -> None:
            nonlocal through
            through += documents
            progress(through, whole)

        for at, result in hands.executor(len(parcels), 1).results(tasks(), done):
            for parcel, values, on in zip(groups[at], unpacked(result)[0], grounds.pop(at), strict=True):
                reading, key = Reading.of_plain(values), on.key
                self._read[parcel.paths] = Surveyed(parcel, key, reading)
                if not self._holds(reading):
                    yield parcel
                elif self._is_sure(on):
                    self._record.put_reading(self._name(key), reading)

    def _plans(self, parcels: Iterable[Parcel]) -> int:
        """Return how many plans are in parcels; what is none counts as one, as it takes its time too."""
        return sum(max(1, sum(self._claims[path].kind == "plan" for path in one.paths)) for one in parcels)

    def _looked_for(self, parcel: Parcel, files: Mapping[str, bytes]) -> Mapping[str, bool]:
        """Return of the files that a parcel asked for, or seems to ask for, whether they are there."""
        if before := self._read.get(parcel.paths):
            return {path: self._is_file(path) for path in before.reading.asked}
        named = {name for path in parcel.paths for name in _named(files.get(path, b""))}
        return {path: is_project_file(self.root, path) for path in named}


def name_of(parcels: Sequence[Parcel]) -> str:
    """Return the first file of parcels, by which people know a task."""
    return next((path for parcel in parcels for path in parcel.paths), "")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _named(data: bytes) -> Iterator[str]:
    """Yield what looks like files named as evidence, so that hardly any parcel has to be read again."""
    if b"file" in data:
        for match in _PROOF.finditer(data.decode(errors="replace")):
            yield (match[1] or match[2] or match[3] or "").strip()
