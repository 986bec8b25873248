"""The same question about a project in which nothing changed: what was answered is written again, at once.

Most of the time that a short command takes goes into importing what it would need if something had changed. So this
is looked up before: nothing is imported here but what the looking takes. An answer is kept where a command reads the
project through `watched`, and only that of a run that found errors or none. The question holds all that shapes an
answer but is not in the project: arguments, folders, language, terminal, program; the day and the files are its
grounds.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl import __version__
from planctl.cache import replay
from planctl.cache.store import Store
from planctl.cli import REPEATED, language
from planctl.cli.cache_folder import cache_folder
from planctl.cli.hearing import can_repeat, heard, imagined, repeat
from planctl.cli.surroundings import today
from planctl.errors import PlanctlError
from planctl.garbage import collector_off
from planctl.source.evidence import project_files
from planctl.source.root import PROJECT_FILE, find_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planctl.cache.replay import Grounds
    from planctl.cli.hearing import Heard
    from planctl.source.tree import Tree

LONG = "build"
ANEW = "--no-cache"
"""The word by which nothing is taken from earlier runs."""

IN_PROJECT = (PROJECT_FILE, "accepted.yaml", "plans", "approvals", "rubrics", ".planctl/schema")
"""Where these commands look in a project, with all that is below. Of others they only ask whether they are there."""

SHAPING = (
    *("NO_COLOR", "FORCE_COLOR", "PY_COLORS", "CLICOLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
    *("TERM", "COLORTERM", "TERM_PROGRAM", "WT_SESSION", "COLUMNS", "LINES", "TERMINAL_WIDTH"),
    *("JUPYTER_COLUMNS", "JUPYTER_LINES", "DATABRICKS_RUNTIME_VERSION", "GITHUB_ACTIONS"),
    *("TYPER_USE_RICH", "_TYPER_FORCE_DISABLE_TERMINAL", "TYPER_STANDARD_TRACEBACK", "_TYPER_STANDARD_TRACEBACK"),
    *("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONPATH", "PYTHONWARNINGS"),
    *("LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG"),
)
"""What planctl and its libraries look up in the environment when they write."""

_REPOSITORY = ".git"
_USER = ("LOGNAME", "USER", "LNAME", "USERNAME")
"""Where Python looks for the user's name, before it asks the system for that of the user's number."""

_PROGRAM = str(Path(__file__).parents[1])
_FOUND_TO_BE_FINE, _FOUND_ERRORS = 0, 1


class Left(NamedTuple):
    """Files in a folder that a run leaves, and what tells whether they are still as it left them.

    `besides` are places of which it found out by itself that it read them.
    """

    folder: str
    names: tuple[str, ...]
    besides: tuple[str, ...]
    is_as_left: Callable[[], bool]


class _Run:
    """What the run that is on has been heard writing, and what its answer rests on once it reads a project.

    `left` are files that it changes itself: the answer rests on what they are at its end.
    """

    def __init__(self, written: Heard) -> None:
        self.written = written
        self.grounds: Grounds | None = None
        self.touched = ""
        self.left: Left | None = None
        self.is_given_up = False


_run: ContextVar[_Run | None] = ContextVar("_run", default=None)


def answered(arguments: Sequence[str], speech: str, command: Callable[[], int]) -> int:
    """Return the exit code of a command, or of what it wrote when the same was asked before."""
    folder = None if ANEW in arguments else cache_folder()
    store = Store(folder)
    question = _question(arguments, speech) if folder else None
    if question is not None:
        answer = replay.answer_to(store, question, today().isoformat(), _files)
        if answer and can_repeat(answer.written):
            repeat(answer.written)
            return answer.code
    # What short commands import and make from here on stays until the end, which is near.
    with nullcontext() if LONG in arguments else collector_off():
        return command() if question is None else _kept(store, question, arguments, command)


def _kept(store: Store, question: str, arguments: Sequence[str], command: Callable[[], int]) -> int:
    """Run a command and keep what it answers, if the question is the same afterwards."""
    with heard(most=replay.LARGEST) as written:
        this = _Run(written)
        outer = _run.set(this)
        try:
            code = command()
        finally:
            _run.reset(outer)
    rests_on = _still_holding(this, code)
    if rests_on and _question(arguments, language.chosen(arguments)) == question:
        replay.keep(store, question, replay.Answer(tuple(this.written.steps), code), rests_on)
        store.sweep()
    return code


def watched(root: Path, day: date) -> Tree:
    """Return what a project's folder holds, for a command whose whole answer rests on that and the day."""
    from planctl.source.discover import Folder  # noqa: PLC0415  # an answer that was kept needs none of it

    if _run.get() is None:
        return Folder(root)
    from planctl.source.watched import Watched  # noqa: PLC0415  # likewise

    asked: dict[str, bool] = {}
    watch(root, day, asked=asked)
    return Watched(Folder(root), asked)


def watch(root: Path, day: date, *, asked: Mapping[str, bool], besides: Iterable[Path] = ()) -> None:
    """Note what a project's folder holds now, and what stands `besides`: the answer rests on that and the day.

    `asked` is filled in with the files that are asked for, and whether they are there, while the command runs.
    """
    _watch(str(root), day, (*_in_project(str(root)), *map(str, besides)), asked)


def watch_all(file: Path, projects: Iterable[str], day: date) -> None:
    """Note what many projects' folders hold now: the answer rests on these, the file that names them and the day.

    No project may be asked for more than it is read from.
    """
    _watch(str(file.parent), day, (str(file), *(place for root in projects for place in _in_project(root))), {})


def _in_project(root: str) -> Iterator[str]:
    return (os.path.join(root, name) for name in IN_PROJECT)  # noqa: PTH118  # thousands of them


def _watch(root: str, day: date, places: tuple[str, ...], asked: Mapping[str, bool]) -> None:
    if this := _run.get():
        every = (_PROGRAM, *places)
        this.touched = replay.touched(every)
        this.grounds = replay.grounds(root, day.isoformat(), every, asked)


def leave(left: Left, tell: Callable[[], None]) -> None:
    """Note that the next answer rests on files that this run changes, as it leaves them, and what it will tell."""
    if this := _run.get():
        this.left = left
        with imagined(most=replay.LARGEST) as this.written:
            tell()


def give_up() -> None:
    """Keep nothing of this run: it writes around the streams, or rests on what nobody can look at again."""
    if this := _run.get():
        this.is_given_up = True


def _still_holding(this: _Run, code: int) -> Grounds | None:
    """Return what an answer rests on if it was heard as a whole and nothing was touched meanwhile."""
    found = this.grounds
    if not found or this.is_given_up or not this.written.whole or code not in {_FOUND_TO_BE_FINE, _FOUND_ERRORS}:
        return None
    left = this.left
    # Before it is asked whether anything was touched, so that nothing changes unseen in between.
    now = _now(found, left) if left else found
    if replay.touched(found.places) != this.touched or not found.finds_the_same(_files):
        return None
    # Where times are coarse a writing may show in the contents alone, which were others when they were read.
    return now if not left or (found.hold(found.day, _files) and left.is_as_left()) else None


def _now(found: Grounds, left: Left) -> Grounds:
    places = (*found.places, *left.besides)
    return replay.grounds(found.root, found.day, places, found.asked, (left.folder, left.names))


def _files(root: str, paths: Iterable[str]) -> frozenset[str]:
    return project_files(Path(root), paths)


def _question(arguments: Sequence[str], speech: str) -> str | None:
    """Return all that shapes an answer besides the project, in one text; None where that cannot be told."""
    try:
        parts = [
            [__version__, _PROGRAM, sys.version, sys.platform, *sys.warnoptions, str(sys.flags)],
            [(place, _changed(place)) for place in sys.path],
            list(arguments),
            os.getcwd(),  # noqa: PTH109
            [list(_whereabouts(word)) for word in _words(arguments)],
            speech,
            getattr(os, "getuid", str)(),
            {name: os.environ.get(name) for name in SHAPING},
            list(_terminal()),
            list(_told_in_manifests(arguments)),
        ]
    except (OSError, ValueError):
        return None
    return json.dumps(parts)


def _words(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the folder that one stands in, and the words that may be paths: all but the command, as `build` is both."""
    yield "."
    command = next(at for at, word in enumerate(arguments) if word in REPEATED)
    yield from (word for at, word in enumerate(arguments) if at != command)


def _told_in_manifests(arguments: Sequence[str]) -> Iterator[Any]:
    """Yield what the manifest of a build tells of its surroundings: the revisions of projects, and who the user is."""
    if LONG in arguments:
        yield [os.environ.get(name) for name in _USER]
        for root in dict.fromkeys(root for word in _words(arguments) for root in _roots(word)):
            yield root, _revision(root)


def _revision(root: str) -> str | None:
    """Return the revision of a project; git is asked only where there may be a repository."""
    folder, above = root, os.path.dirname(root)  # noqa: PTH120
    while folder != above and not os.path.lexists(f"{folder}/{_REPOSITORY}"):
        folder, above = above, os.path.dirname(above)  # noqa: PTH120
    if "GIT_DIR" not in os.environ and not os.path.lexists(f"{folder}/{_REPOSITORY}"):
        return None
    from planctl.cli.surroundings import run_facts  # noqa: PLC0415  # only this needs git

    return run_facts(Path(root), as_of=None).revision


def _roots(word: str) -> Iterator[str]:
    try:
        yield os.path.realpath(find_root(Path(os.path.abspath(word))))  # noqa: PTH100  # as the scope has it
    except PlanctlError:
        return


def _changed(place: str) -> int | None:
    """Return when a folder of Python's changed, as it does when a library is exchanged."""
    try:
        return os.stat(place or os.curdir).st_mtime_ns  # noqa: PTH116
    except OSError:
        return None


def _whereabouts(word: str) -> Iterator[Any]:
    """Yield where a word leads if it is a path, whether something is there, and in which project that is."""
    path = os.path.abspath(word)  # noqa: PTH100  # as the scope has it
    yield os.path.realpath(path)
    yield os.path.exists(path)  # noqa: PTH110
    try:
        yield os.path.realpath(find_root(Path(path)))
    except PlanctlError:
        yield None


def _terminal() -> Iterator[Any]:
    """Yield what the streams are and how wide the terminal is, in the order in which a table looks for it."""
    for stream in (sys.stdout, sys.stderr):
        yield from (stream.isatty(), getattr(stream, "encoding", None), hasattr(stream, "buffer"))
    yield sys.getfilesystemencoding()
    for number in range(3):
        try:
            yield tuple(os.get_terminal_size(number))
        except OSError:
            yield None
    yield _console_mode()


def _console_mode() -> int | None:
    """Return how a console of Windows takes colours; None elsewhere."""
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415  # elsewhere it is not needed

    mode = ctypes.c_ulong()
    output = ctypes.windll.kernel32.GetStdHandle(-11)
    return mode.value if ctypes.windll.kernel32.GetConsoleMode(output, ctypes.byref(mode)) else None
