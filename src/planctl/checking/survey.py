"""A project checked by its parcels: what is as it was is taken over, the rest is carried out as tasks.

In: a project's folder, what is known of it, and hands. Out: `Checked`, the same as of the project loaded at once.
What a parcel gave holds as long as its files and the shared ones have the same contents, the tools and (where records
run out) the day are the same, and the files that it asked for are there, or not, as they were.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.checking.checked import Checked
from planctl.checking.reading import Reading
from planctl.checking.tasks import asked_of, content_of
from planctl.diagnostics import in_order
from planctl.findings.accepting import AcceptedFinding, gone
from planctl.findings.addresses import Address, Noted
from planctl.parcels.claims import claims_of, is_shared
from planctl.parcels.joining import joined_accepted, joined_findings
from planctl.parcels.parting import parted_for_good
from planctl.parcels.tree import ParcelTree
from planctl.pipeline import load
from planctl.portfolio.kinds import ACCEPTED_PATH, APPROVALS
from planctl.source.discover import paths_of, read_data, read_text, text_of
from planctl.source.evidence import is_project_file
from planctl.work import Task
from planctl.work.packing import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from planctl.checking.record import Record
    from planctl.diagnostics import Diagnostic
    from planctl.parcels.claims import Claims
    from planctl.parcels.parting import Parcel
    from planctl.portfolio.accepted import Acceptance
    from planctl.portfolio.portfolio import Portfolio
    from planctl.source.document import SourceText
    from planctl.work import Executor

JOB = "check-parcels"

MOST_ROUNDS = 20
"""So often a parcel is carried out again because it asks for files that nobody has looked for."""

_PROOF = re.compile(r"""\bfile["']?:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n,}\]#]+))""")


@dataclass(frozen=True, slots=True)
class Hands:
    """Who carries tasks out: an executor for so many documents, and how many of them make a task.

    `done` is told how many of how many are through.
    """

    executor: Callable[[int], Executor]
    in_a_task: Callable[[int], int]
    done: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the check of a project rests on beside its files.

    `tools` is a text that changes with planctl and its libraries, `today` the day by which records run out. `digests`
    gives the digests of files, `is_file` tells whether a path of the project is a file in it.
    """

    tools: str
    today: date | None
    digests: Callable[[Iterable[str]], Mapping[str, str]]
    is_file: Callable[[str], bool]


def checked_in_parcels(root: Path, record: Record, surroundings: Surroundings, hands: Hands) -> Checked:
    """Return what a project comes to; what is known of it afterwards is in the record."""
    return _Survey(root, record, surroundings, hands).checked()


class _Survey:
    """A project's folder as it is found: its files, their digests, and what is known of its parcels so far."""

    def __init__(self, root: Path, record: Record, surroundings: Surroundings, hands: Hands) -> None:
        self._root = root
        self._record = record
        self._hands = hands
        self._is_file = surroundings.is_file
        self._paths, in_folders = paths_of(root)
        self._digests = surroundings.digests(self._paths)
        self._shared = tuple(path for path in self._paths if is_shared(path))
        self._astray: Mapping[str, tuple[Diagnostic, ...]] = {
            one.span.path: tuple(other for other in in_folders if other.span.path == one.span.path)
            for one in in_folders
        }
        has_records = any(path.startswith(APPROVALS) or path == ACCEPTED_PATH for path in self._paths)
        self._today = surroundings.today if has_records else None
        self._base = [surroundings.tools, self._today.isoformat() if self._today else None]
        self._claims: Mapping[str, Claims] = {}
        self._readings: dict[tuple[str, ...], Reading] = {}

    def checked(self) -> Checked:
        """Return what the project comes to."""
        self._claims = {claims.path: claims for claims in self._claimed()}
        parcels = parted_for_good(self._claims.values(), self._turned_out)
        self._read([parcel for parcel in parcels if parcel.paths not in self._readings])
        common = ParcelTree(self._root, *self._texts_of(self._shared))
        files = (source.path for source in common.texts)
        return _joined([self._readings[parcel.paths] for parcel in parcels], load(common).portfolio, files)

    def _texts_of(self, paths: Iterable[str]) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of files, and nothing of what is wrong in them, which others tell."""
        read = (read_text(self._root, path)[0] for path in paths)
        return tuple(text for text in read if text is not None), ()

    # What files say they are

    def _claimed(self) -> Iterator[Claims]:
        """Yield what each file says it is; a file is opened only where its content is not known."""
        yield from (claims_of(path, None) for path in self._astray)
        for path in self._paths:
            digest = self._digests.get(path, "")
            yield (self._record.claims(path, digest) if digest else None) or self._looked_into(path, digest)

    def _looked_into(self, path: str, digest: str) -> Claims:
        data, _findings = read_data(self._root, path)
        text = None if data is None else text_of(path, data)[0]
        claims = claims_of(path, text.text if text else None)
        if data is not None and _digest(data) == digest:
            self._record.put_claims(digest, claims)
        return claims

    # What parcels give

    def _turned_out(self, parcels: Sequence[Parcel]) -> Iterator[Claims]:
        """Yield what the files of parcels turned out to be."""
        self._read(parcels)
        for parcel in parcels:
            yield from self._readings[parcel.paths].claims

    def _read(self, parcels: Sequence[Parcel]) -> None:
        """Have a reading of each parcel: one that was kept, or a new one."""
        pending = [parcel for parcel in parcels if not self._is_known(parcel)]
        for _round in range(MOST_ROUNDS):
            if not pending:
                return
            pending = list(self._carried_out(pending))

    def _is_known(self, parcel: Parcel) -> bool:
        """Tell whether a reading was kept and still holds; it is then taken over."""
        reading = self._record.reading(key) if (key := self._key(parcel)) else None
        if reading is None or not self._holds(reading):
            return False
        self._readings[parcel.paths] = reading
        return True

    def _key(self, parcel: Parcel) -> str:
        """Return the name of all that a reading rests on but for the files it asks for; "" where that is not known."""
        digests = [(path, self._digests.get(path)) for path in (*self._shared, *parcel.paths)]
        if not all(digest for _path, digest in digests):
            return ""
        return _digest(json.dumps([*self._base, digests]).encode())

    def _holds(self, reading: Reading) -> bool:
        """Tell whether the files that were asked for are there, or not, as it was told."""
        # Each of them is asked for, so that whoever watches that learns of all.
        return {path: self._is_file(path) for path in reading.asked} == reading.asked

    def _carried_out(self, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
        """Read parcels anew, and yield those that asked for files of which something else was known."""
        size = self._hands.in_a_task(len(parcels))
        groups = [parcels[at : at + size] for at in range(0, len(parcels), size)]
        unsteady: set[str] = set()
        through = 0

        def tasks() -> Iterator[Task]:
            for group in groups:
                name = next((path for parcel in group for path in parcel.paths), "")
                yield Task(JOB, self._content(group, unsteady), len(group), name)

        def done(documents: int) -> None:
            nonlocal through
            through += documents
            self._hands.done(through, len(parcels))

        for at, result in self._hands.executor(len(parcels)).results(tasks(), done):
            for parcel, values in zip(groups[at], unpacked(result)[0], strict=True):
                reading = self._readings[parcel.paths] = Reading.of_plain(values)
                if not self._holds(reading):
                    yield parcel
                elif (key := self._key(parcel)) and unsteady.isdisjoint((*self._shared, *parcel.paths)):
                    self._record.put_reading(key, reading)

    def _content(self, parcels: Sequence[Parcel], unsteady: set[str]) -> bytes:
        """Return the content of a task; `unsteady` grows by the files that are no longer what their digests say."""
        files: dict[str, bytes] = {}
        findings = dict(self._astray)
        for path in (*self._shared, *(path for parcel in parcels for path in parcel.paths)):
            if path in self._astray:
                continue
            data, findings[path] = read_data(self._root, path)
            if data is not None:
                files[path] = data
            if data is None or _digest(data) != self._digests.get(path):
                unsteady.add(path)
        asked = [
            asked_of(
                parcel,
                [self._claims[path] for path in parcel.paths],
                [one for path in (*self._shared, *parcel.paths) for one in findings[path]],
                self._looked_for(parcel, files),
            )
            for parcel in parcels
        ]
        return content_of(asked, files, shared=self._shared, today=self._today)

    def _looked_for(self, parcel: Parcel, files: Mapping[str, bytes]) -> Mapping[str, bool]:
        """Return of the files that a parcel asked for, or seems to ask for, whether they are there."""
        if before := self._readings.get(parcel.paths):
            return {path: self._is_file(path) for path in before.asked}
        named = {name for path in parcel.paths for name in _named(files.get(path, b""))}
        return {path: is_project_file(self._root, path) for path in named}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _named(data: bytes) -> Iterator[str]:
    """Yield what looks like files named as evidence, so that hardly any parcel has to be carried out again."""
    if b"file" in data:
        for match in _PROOF.finditer(data.decode(errors="replace")):
            yield (match[1] or match[2] or match[3] or "").strip()


def _joined(readings: Sequence[Reading], common: Portfolio, files: Iterable[str]) -> Checked:
    """Return what the project comes to by what its parcels gave."""
    addresses = {
        found: address
        for one in readings
        for found, address in zip((*one.findings, *one.accepted), one.addresses, strict=True)
    }
    in_use = frozenset[int]().union(*(one.in_use for one in readings))
    unused = [gone(one) for one in common.accepted if one.at not in in_use]
    addresses.update((found, Address(found.span.path)) for found in unused)
    entries: dict[tuple[str, str], Acceptance] = {}
    for one in common.accepted:
        entries.setdefault((one.entry.code, one.entry.at), one.entry)
    return Checked(
        findings=in_order((*joined_findings([one.findings for one in readings]), *unused)),
        accepted=joined_accepted(
            [AcceptedFinding(found, entries[found.code, str(addresses[found])]) for found in one.accepted]
            for one in readings
        ),
        addresses=Noted(addresses),
        files=tuple(sorted({*files, *(path for one in readings for path in one.files)})),
        common=common,
        has_plans=any(one.has_plans for one in readings),
    )
