"""Gathering: from the organisations of a list to their documents, of which only the changed ones are read anew.

In: the list, what is kept between runs, and a way of carrying tasks out. Out: documents, scales and problems by
organisation. Of a folder the contents of its files are the key, of a revision the id of its tree.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from planctl import __version__
from planctl.errors import PlanctlError
from planctl.rollup.documents import Document, Packed, Scale, documents_in, packed_in, scale_in
from planctl.rollup.list import NOT_FILLED_IN
from planctl.rollup.names import is_blank
from planctl.rollup.origins import Origin
from planctl.rollup.states import Problem
from planctl.rollup.tasks import results_in, task_of
from planctl.source.discover import paths_of, real
from planctl.source.fetching import fetched, reference_of
from planctl.source.git import opened
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planctl.cache.store import Store
    from planctl.diagnostics import Diagnostic
    from planctl.forms.period import Period
    from planctl.rollup.list import Entry, GitPlace
    from planctl.work import Executor, Task

KIND = "numbers"
LAYOUT = 3
"""Of the numbers that are kept; it grows with every change of what they say."""

NEVER_FETCHED = _("{revision} of {address} was never fetched")

_AT_ONCE = 8
"""Addresses that are fetched from at the same time."""

_UNKNOWN = 20
"""So many files are taken for those of a project that has not been looked at."""


_Wanted: TypeAlias = "tuple[Located, str | None]"
"""A project to be read, and the key under which its numbers are to be kept."""

Digests: TypeAlias = "Callable[[Mapping[str, Sequence[str]]], Mapping[str, Mapping[str, str]]]"


@dataclass(slots=True)
class Gathered:
    """The documents of each organisation by its number in the list, the scales by key, and who could not be read.

    Of each document there is a line; its parts stay packed. `read` is how many organisations were read anew, all others
    being as they were; `rests_on_more` tells that of some more than their own files was asked.
    """

    documents: dict[int, list[Document]] = field(default_factory=dict)
    parts: dict[int, Packed] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    problems: dict[int, Problem] = field(default_factory=dict)
    read: int = 0
    rests_on_more: bool = False
    _told_by: dict[str, int] = field(default_factory=dict)

    def take(self, entry: int, numbers: Mapping[str, Any]) -> None:
        """Take in the numbers of an organisation."""
        self.documents[entry] = list(documents_in(entry, numbers))
        self.parts[entry] = packed_in(numbers)
        for key in numbers["rubrics"]:
            # The words of the first in the list, in whatever order they come.
            if entry < self._told_by.get(key, entry + 1):
                self._told_by[key] = entry
                self.scales[key] = scale_in(numbers, key)

    def refuse(self, entry: int, error: PlanctlError) -> None:
        """Take in what keeps an organisation from being read."""
        self.problems[entry] = Problem(error.message, error.values)

    def name_from(self, root: Path) -> None:
        """Name folders from the list's own: pages go to others, who have no part in where they lie on this machine."""
        for entry, one in self.problems.items():
            self.problems[entry] = Problem(one.message, {name: _from(root, text) for name, text in one.values.items()})


def _from(root: Path, text: str) -> str:
    """Return a path from a folder; what is none, or has no more in common with it than the drive, as it is."""
    path, folder = Path(text), real(root)
    for up, above in enumerate((folder, *folder.parents[:-1])):
        if path.is_relative_to(above):
            return "/".join([".."] * up + list(path.relative_to(above).parts)) or "."
    return text


@dataclass(frozen=True, slots=True)
class Located:
    """An organisation's project; `content` names all that it says, None where that cannot be known beforehand.

    `place` is the same for the same project, at whatever revision; `files` are about how many it has.
    """

    entry: int
    place: str
    origin: Origin
    content: str | None
    files: int = _UNKNOWN

    @property
    def documents(self) -> int:
        """About how many documents it has: a plan is a file, and so is what was reported of it."""
        return max(self.files // 2, 1)


@dataclass(frozen=True, slots=True)
class Means:
    """What gathering goes by: the list's folder, results kept, digests of files, tasks, and fetched repositories.

    `digests` gives, of files in folders, the digest of each, "" where it cannot be read. `executor` gives a way of
    carrying out so many documents, and how many make a task; `done` is told how many of how many are read. Where
    `fetches` is False, what was fetched before is taken; where it `is_anew`, nothing that was kept is.
    """

    root: Path
    store: Store
    digests: Digests
    executor: Callable[[int], tuple[Executor, int]]
    repositories: Path
    fetches: bool = True
    is_anew: bool = False
    done: Callable[[int, int], None] = lambda _done, _whole: None


def located(entries: Sequence[Entry], means: Means, gathered: Gathered) -> list[Located]:
    """Return where the organisations' projects lie; those that are nowhere are told of in `gathered`."""
    found: dict[int, Located] = {}
    revisions: defaultdict[Path, list[tuple[Entry, GitPlace, str]]] = defaultdict(list)
    for entry, repository, reference in _repositories(entries, means, gathered):
        git = entry.organisation.git
        assert git is not None  # noqa: S101  # as `_repositories` gives no others
        revisions[repository].append((entry, git, reference))
    for top, of_one in revisions.items():
        try:
            trees = opened(top).trees([(reference, git.folder or "") for _entry, git, reference in of_one])
        except PlanctlError as error:
            for entry, _git, _reference in of_one:
                gathered.refuse(entry.at, error)
            continue
        for (entry, git, _reference), tree in zip(of_one, trees, strict=True):
            if tree is None:
                gathered.refuse(entry.at, _no_revision(git))
            else:
                folder = (top / (git.folder or ".")).as_posix()
                place = f"{git.repository}//{git.folder or ''}" if git.is_address else folder
                commit, content = tree[0], f"tree {tree[1]}"
                found[entry.at] = Located(entry.at, place, Origin(folder, top.as_posix(), commit), content)
    for entry in entries:
        path = entry.organisation.path
        if path and is_blank(path):
            gathered.refuse(entry.at, PlanctlError(NOT_FILLED_IN, key="path"))
        elif path:
            folder = real(means.root / path).as_posix()
            found[entry.at] = Located(entry.at, folder, Origin(folder), None)
    return [found[at] for at in sorted(found)]


def _no_revision(git: GitPlace) -> PlanctlError:
    if git.folder:
        return PlanctlError(
            _("{repository} has no revision {revision}, or no folder {folder} in it"),
            repository=git.repository,
            revision=git.revision,
            folder=git.folder,
        )
    return PlanctlError(_("{repository} has no revision {revision}"), repository=git.repository, revision=git.revision)


def _repositories(entries: Sequence[Entry], means: Means, gathered: Gathered) -> Iterator[tuple[Entry, Path, str]]:
    """Yield the organisations that lie in git with their repository's top and their revision in it."""
    addresses: list[tuple[Entry, GitPlace]] = []
    for entry in entries:
        git = entry.organisation.git
        if git and is_blank(git.repository):
            gathered.refuse(entry.at, PlanctlError(NOT_FILLED_IN, key="repository"))
        elif git and git.is_address:
            addresses.append((entry, git))
        elif git:
            yield entry, real(means.root / git.repository), git.revision
    wanted = dict.fromkeys((git.repository, git.revision) for _entry, git in addresses)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        problems = dict(zip(wanted, pool.map(lambda pair: _fetched(pair[0], pair[1], means), wanted), strict=True))
    for entry, git in addresses:
        if problem := problems[git.repository, git.revision]:
            gathered.refuse(entry.at, problem)
        else:
            yield entry, _kept_at(git.repository, git.revision, means), reference_of(git.revision)


def _fetched(address: str, revision: str, means: Means) -> PlanctlError | None:
    """Fetch a revision, or see that it was fetched before; return what keeps it from being had."""
    into = _kept_at(address, revision, means)
    if not means.fetches:
        is_there = (into / "HEAD").is_file()
        return None if is_there else PlanctlError(NEVER_FETCHED, revision=revision, address=address)
    try:
        fetched(address, revision, into)
    except PlanctlError as error:
        return error
    return None


def _kept_at(address: str, revision: str, means: Means) -> Path:
    """Return where a fetched revision is kept: by itself, as fetches into one repository stop each other."""
    return means.repositories / hashlib.sha256(f"{address}\n{revision}".encode()).hexdigest()[:32]


def gather(
    found: Iterable[Located], periods: Sequence[Period], means: Means, gathered: Gathered, *, today: date
) -> Gathered:
    """Return the documents of all organisations; those that are as they were come from what is kept."""
    waiting: list[_Wanted] = []
    for one in _with_contents(found, means):
        key = _key(one.content, periods) if one.content else None
        kept = means.store.get(KIND, key) if key and not means.is_anew else None
        if kept and _holds(kept, today):
            gathered.take(one.entry, kept["numbers"])
        else:
            waiting.append((one, key))
    gathered.read = len(waiting)
    if waiting:
        _read(waiting, periods, means, gathered, today=today)
    gathered.name_from(means.root)
    return gathered


def _read(
    waiting: Sequence[_Wanted], periods: Sequence[Period], means: Means, gathered: Gathered, *, today: date
) -> None:
    """Have the organisations read, several small ones together, and take in what comes of them."""
    whole = sum(one.documents for one, _key in waiting)
    executor, in_a_task = means.executor(whole)
    batches = list(_batches(waiting, in_a_task))
    tasks = (_task(batch, periods, today) for batch in batches)
    read = 0

    def done(documents: int) -> None:
        nonlocal read
        read += documents
        means.done(read, whole)

    for at, content in executor.results(tasks, done):
        for (one, key), result in zip(batches[at], results_in(content), strict=True):
            _take(gathered, one, key, result, means.store)


def _task(batch: Sequence[_Wanted], periods: Sequence[Period], today: date) -> Task:
    task = task_of([one.origin for one, _key in batch], periods, today)
    return replace(task, documents=sum(one.documents for one, _key in batch), name=batch[0][0].origin.folder)


def _batches(waiting: Iterable[_Wanted], documents: int) -> Iterator[list[_Wanted]]:
    """Yield organisations that come to so many documents together; none is parted."""
    batch: list[_Wanted] = []
    for wanted in waiting:
        batch.append(wanted)
        if sum(one.documents for one, _key in batch) >= documents:
            yield batch
            batch = []
    if batch:
        yield batch


def _take(gathered: Gathered, one: Located, key: str | None, result: Mapping[str, Any], store: Store) -> None:
    if problem := result.get("problem"):
        gathered.problems[one.entry] = Problem(*problem)
        return
    gathered.take(one.entry, result["numbers"])
    gathered.rests_on_more |= not result["lasts"]
    if key and result["lasts"]:
        store.put(KIND, key, {name: result[name] for name in ("numbers", "from", "until")})


def _holds(kept: Mapping[str, Any], today: date) -> bool:
    """Tell whether numbers that were kept hold on a day: nothing has run out since they were made."""
    day = today.isoformat()
    return (kept["from"] or day) <= day <= (kept["until"] or day)


def _key(content: str, periods: Sequence[Period]) -> str:
    return json.dumps([__version__, LAYOUT, [str(period) for period in periods], content])


def _with_contents(found: Iterable[Located], means: Means) -> Iterator[Located]:
    """Yield the projects, those in folders with what names their contents, where that can be known."""
    every = tuple(found)
    listings = dict(_listings({one.origin.folder for one in every if one.content is None}))
    digests = means.digests({folder: names for folder, (names, _findings) in listings.items()})
    for one in every:
        if one.content is None and (told := digests.get(one.origin.folder)):
            names, findings = listings[one.origin.folder]
            whole = json.dumps([told, repr(findings)]).encode(errors="surrogatepass")
            content = f"files {hashlib.sha256(whole).hexdigest()}" if all(told.values()) else None
            yield replace(one, content=content, files=len(names))
        else:
            yield one


def _listings(folders: Iterable[str]) -> Iterator[tuple[str, tuple[tuple[str, ...], tuple[Diagnostic, ...]]]]:
    """Yield the files of each folder that can be looked into; who reads the others says what is wrong with them."""
    for folder in sorted(folders):
        with suppress(OSError):
            if Path(folder).is_dir():
                yield folder, paths_of(Path(folder))
