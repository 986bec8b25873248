"""The only runner of git: revisions, their files and their contents, read without checking anything out.

In: a folder and revisions as a person names them. Out: commits, paths and bytes; PlanctlError where there is no git, no
repository, or no such revision.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

NOT_SHALLOW = "false"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit: its path from the repository's top with "/", git's mode, and the id of its content."""

    path: str
    mode: str
    content: str

    @property
    def is_link(self) -> bool:
        """Tell whether it is a symbolic link; its content is then the path it leads to."""
        return self.mode == "120000"

    @property
    def is_submodule(self) -> bool:
        """Tell whether it is another repository, of which this one knows the commit only."""
        return self.mode == "160000"


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a commit changed, against its first parent. `was` is the path before, another one after a renaming.

    `content` is None where the file was removed, or is none that holds a text (a link, another repository).
    """

    path: str
    was: str
    content: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a history; `parents` are the nearest ones of the same history. Names are as the mailmap has them."""

    id: str
    parents: tuple[str, ...]
    time: str
    mail: str
    person: str
    subject: str
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, by the folder at its top; one that is `elsewhere` has nothing to do with where planctl runs."""

    top: Path
    elsewhere: bool = False

    def prefix_of(self, folder: Path) -> str:
        """Return the path from the top to a folder inside: "" or one that ends in "/"."""
        inside = folder.resolve().relative_to(self.top).as_posix()
        return "" if inside == "." else f"{inside}/"

    def trees(self, states: Sequence[tuple[str, str]]) -> tuple[tuple[str, str] | None, ...]:
        """Return, for each revision and folder of it, the ids of the commit and the folder's tree, all at once.

        None stands for a revision that is not there, and for a folder that it does not hold.
        """
        asked = "".join(f"{revision}^{{commit}}\n{revision}^{{commit}}:{folder}\n" for revision, folder in states)
        told = self.run("cat-file", "--batch-check", given=asked.encode()).decode(errors="replace").splitlines()
        pairs = zip(_object_in(told[::2], "commit"), _object_in(told[1::2], "tree"), strict=True)
        return tuple((commit, tree) if commit and tree else None for commit, tree in pairs)

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git writes; PlanctlError with git's first line where it fails."""
        done = self._git(*arguments, given=given)
        if done.returncode:
            raise PlanctlError(_("git {command}: {problem}"), command=arguments[0], problem=_first_line(done.stderr))
        return done.stdout

    def commit_of(self, revision: str) -> str:
        """Return the id of the commit that a revision names."""
        done = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode:
            raise PlanctlError(
                _("this repository is shallow and does not hold the revision {revision}; `git fetch --unshallow` first")
                if self.is_shallow
                else _("there is no revision {revision}"),
                revision=revision,
            )
        return done.stdout.decode().strip()

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the newest commit that both commits go back to; None where they have no history in common."""
        done = self._git("merge-base", one, other)
        if done.returncode and self.is_shallow:
            raise PlanctlError(
                _("this repository is shallow: where the two states part is unknown; `git fetch --unshallow` first")
            )
        return None if done.returncode else done.stdout.decode().strip()

    @property
    def is_shallow(self) -> bool:
        """Tell whether a part of the history was left out when the repository was fetched."""
        return self._git("rev-parse", "--is-shallow-repository").stdout.decode().strip() not in {"", NOT_SHALLOW}

    def files(self, commit: str, under: str = "") -> tuple[Entry, ...]:
        """Return every file of a commit below a folder (`prefix_of`), by path."""
        told = self.run("ls-tree", "-r", "-z", "--full-tree", commit, *(["--", under] if under else []))
        return tuple(_entry(line) for line in told.split(b"\0") if line)

    def contents(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """Return the bytes of contents by their ids, of all of them at once."""
        wanted = tuple(dict.fromkeys(ids))
        told = self.run("cat-file", "--batch", given="".join(f"{one}\n" for one in wanted).encode()) if wanted else b""
        found: dict[str, bytes] = {}
        at = 0
        for one in wanted:
            end = told.index(b"\n", at)
            head = told[at:end].split()
            if len(head) != 3:  # noqa: PLR2004  # id, type, size; or: id, "missing"
                raise PlanctlError(_("the repository does not hold the content {id}; fetch it again"), id=one)
            begin, size = end + 1, int(head[2])
            found[one] = told[begin : begin + size]
            at = begin + size + 1
        return found

    def head(self) -> str | None:
        """Return the id of the commit that is checked out, or None where nothing was committed yet."""
        done = self._git("rev-parse", "--verify", "--quiet", "HEAD")
        return None if done.returncode else done.stdout.decode().strip()

    def history(self, commit: str, under: str) -> tuple[Commit, ...]:
        """Return the commits up to this one that made the files below a folder what they are, the oldest first.

        A side of a merge of which nothing was taken is left out.
        """
        told = self.run(
            *("--literal-pathspecs", "-c", "log.showRoot=true", "log", "--topo-order", "--reverse"),
            *("--parents", "--diff-merges=first-parent", "--raw", "--no-abbrev", "-M", "-z"),
            *("--no-color", "--no-ext-diff", "--no-show-signature", "--encoding=UTF-8", f"--format=tformat:{_COMMIT}"),
            *(commit, "--", under),
        )
        return tuple(_commits(told))

    def boundary(self) -> frozenset[str]:
        """Return the commits where the history of a shallow repository was cut off."""
        told = self.run("rev-parse", "--git-path", "shallow")
        path = self.top / os.fsdecode(told).removesuffix("\n")
        return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()

    def setting(self, name: str) -> str | None:
        """Return what the repository's own settings say under a name (the last of several), or None."""
        done = self._git("config", "--local", "-z", "--get", name)
        return None if done.returncode else done.stdout.decode(errors="surrogateescape").removesuffix("\0")

    def set(self, name: str, value: str | None) -> None:
        """Put a value into the repository's own settings; None takes out what is there."""
        if value is not None:
            self.run("config", "--local", "--replace-all", name, value)
        elif self.setting(name) is not None:
            self.run("config", "--local", "--unset-all", name)

    def addresses(self) -> str:
        """Return where the repository is fetched from, all on one line; "" where it is from nowhere."""
        done = self._git("config", "--get-regexp", r"^remote\..*\.url$")
        return " ".join(done.stdout.decode(errors="replace").split())

    def _git(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return _git(self.top, *arguments, given=given, elsewhere=self.elsewhere)

    def forget(self, reference: str) -> None:
        """Take out a reference, if it is there."""
        self.run("update-ref", "-d", reference)


def repository_of(folder: Path) -> Repository:
    """Return the repository that a folder lies in; PlanctlError where there is none, or git will not read it."""
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode == 0:
        return Repository(Path(os.fsdecode(done.stdout).removesuffix("\n")).resolve())
    problem = done.stderr.decode(errors="replace")
    if "dubious ownership" in problem:
        raise PlanctlError(
            _("the repository of {folder} belongs to another user; git reads it after `{command}`"),
            folder=folder,
            command=f'git config --global --add safe.directory "{folder.as_posix()}"',
        )
    if "must be run in a work tree" in problem:
        raise PlanctlError(_("{folder} lies in a bare repository, which has no files of its own"), folder=folder)
    if "not a git repository" in problem:
        raise PlanctlError(_("{folder} lies in no git repository"), folder=folder)
    raise PlanctlError(_("git {command}: {problem}"), command="rev-parse", problem=_first_line(done.stderr))


def opened(folder: Path) -> Repository:
    """Return the repository whose top a folder is, or which lies in it without files; PlanctlError where it is none."""
    is_bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    if not is_bare and not (folder / ".git").exists():
        raise PlanctlError(_("{folder} lies in no git repository"), folder=folder.as_posix())
    return Repository(folder.resolve(), elsewhere=True)


PROTOCOLS = ("https", "ssh", "file")
"""What is fetched from; git knows others, some of which run programs that the address names."""

LONGEST_FETCH_SECONDS = 120


def fetched(address: str, revision: str, into: Path) -> Repository:
    """Return a repository that holds a revision of an address, as it is there now, without its history.

    It is kept bare in the folder `into`, under the reference `reference_of` the revision. Nobody is asked for a
    password, nothing of what was fetched is run. PlanctlError with git's words where it cannot be had.
    """
    if not (into / "HEAD").is_file():
        into.mkdir(parents=True, exist_ok=True)
        Repository(into, elsewhere=True).run("init", "--quiet", "--bare", "--template=")
    unattended = {
        "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS),
        "GIT_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20"),
    }
    options = (f"core.hooksPath={os.devnull}", "gc.auto=0", "maintenance.auto=false")
    with tempfile.TemporaryFile() as told:  # not a pipe, which git's own children would keep open
        code = _waited(
            [
                *(_program(), *(part for option in options for part in ("-c", option))),
                *("fetch", "--quiet", "--force", "--no-tags", "--no-recurse-submodules", "--depth=1"),
                *("--", address, f"{revision}:{reference_of(revision)}"),
            ],
            folder=into,
            env={**_environment(elsewhere=True), **unattended},
            told=told,
        )
        told.seek(0)
        problem = told.read()
    if code is None:
        raise PlanctlError(_("{address} did not answer within {n} seconds"), address=address, n=LONGEST_FETCH_SECONDS)
    if code:
        raise PlanctlError(
            _("{revision} of {address}: {problem}"), revision=revision, address=address, problem=_first_line(problem)
        )
    return Repository(into.resolve(), elsewhere=True)


def reference_of(revision: str) -> str:
    """Return the reference under which a fetched revision is kept."""
    return f"refs/planctl/{hashlib.sha256(revision.encode()).hexdigest()[:16]}"


def _waited(command: list[str], *, folder: Path, env: Mapping[str, str], told: BinaryIO) -> int | None:
    """Return how a program ended; one that takes too long is ended with all that it started, and comes to None."""
    alone = os.name == "posix"
    try:
        process = subprocess.Popen(  # noqa: S603  # git as found on the path
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
            start_new_session=alone,
        )
    except OSError as error:
        raise PlanctlError(_("git cannot be run: {problem}"), problem=error.strerror or error) from error
    try:
        return process.wait(LONGEST_FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            if alone:
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()


def _program() -> str:
    if not (git := shutil.which("git")):
        raise PlanctlError(_("git is not installed, or not on the path"))
    return git


def _environment(*, elsewhere: bool = False) -> dict[str, str]:
    """Return what git is run with: English, as its words are looked at; no locks, questions or pagers.

    For a repository that is `elsewhere`, without what a hook of this one tells git, and nothing missed is fetched.
    """
    told = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    if not elsewhere:
        return {**os.environ, **told}
    kept = {name: value for name, value in os.environ.items() if name not in _OF_THIS_REPOSITORY}
    return {**kept, **told, "GIT_NO_LAZY_FETCH": "1"}


_OF_THIS_REPOSITORY = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"),
        *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_IMPLICIT_WORK_TREE"),
    }
)
"""What git tells the programs that it starts, such as hooks, about the repository that it works on."""


def _git(
    folder: Path, *arguments: str, given: bytes = b"", elsewhere: bool = False
) -> subprocess.CompletedProcess[bytes]:
    git = _program()
    try:
        return subprocess.run(  # noqa: S603  # git as found on the path
            [git, *arguments],
            cwd=folder,
            env=_environment(elsewhere=elsewhere),
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise PlanctlError(_("git cannot be run: {problem}"), problem=error.strerror or error) from error


def _object_in(lines: Iterable[str], kind: str) -> Iterator[str]:
    """Yield the ids of objects from what `cat-file --batch-check` says; "" where there is none of this kind."""
    for line in lines:
        id_, *rest = line.split()
        yield id_ if rest[:1] == [kind] else ""


def _entry(line: bytes) -> Entry:
    """Return one line of `ls-tree`: mode, type and id, a tab, and the path."""
    head, path = line.split(b"\t", 1)
    mode, _type, content = head.decode().split()
    return Entry(path.decode(errors="surrogateescape"), mode, content)


_COMMIT = "%x01%H%x02%P%x02%aI%x02%aE%x02%aN%x02%s"
"""What people wrote comes last, so that no sign in it is taken for the end of a field before it."""

_TEXT_MODES = {"100644", "100755"}


def _commits(told: bytes) -> Iterator[Commit]:
    """Yield the commits of `log -z --raw`: a head, then for each file its modes, ids and kind, and its path or two."""
    parts = iter(told.split(b"\0"))
    head: list[str] = []
    touched: list[Touched] = []
    for part in parts:
        line = part.removeprefix(b"\n")
        if line.startswith(b"\x01"):
            if head:
                yield _commit(head, touched)
            head, touched = line[1:].decode(errors="replace").split("\x02", 5), []
        elif line.startswith(b":"):
            _old, mode, _was, content, kind = line[1:].decode().split()
            was = next(parts).decode(errors="surrogateescape")
            path = next(parts).decode(errors="surrogateescape") if kind[0] in "RC" else was
            touched.append(Touched(path, was, content if mode in _TEXT_MODES else None))
    if head:
        yield _commit(head, touched)


def _commit(head: Sequence[str], touched: Iterable[Touched]) -> Commit:
    id_, parents, time, mail, person, subject = head
    mail, person, subject = (" ".join(filter(None, map(_printable, text.split()))) for text in (mail, person, subject))
    return Commit(id_, tuple(parents.split()), time, mail, person, subject, tuple(touched))


def _printable(word: str) -> str:
    return "".join(sign for sign in word if sign.isprintable())


def _first_line(told: bytes) -> str:
    return next(iter(told.decode(errors="replace").strip().splitlines()), "?")
