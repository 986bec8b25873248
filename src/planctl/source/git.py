"""Repositories of git: revisions, their files and their contents, read without checking anything out.

In: a folder and revisions as a person names them. Out: commits, paths and bytes; PlanctlError where there is no git, no
repository, or no such revision.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.source.git_log import COMMIT_FORMAT, Commit, commits_told
from planctl.source.git_program import first_line, ran
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from subprocess import CompletedProcess

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
            raise PlanctlError(_("git {command}: {problem}"), command=arguments[0], problem=first_line(done.stderr))
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
            *("--no-color", "--no-ext-diff", "--no-show-signature", "--encoding=UTF-8"),
            f"--format=tformat:{COMMIT_FORMAT}",
            *(commit, "--", under),
        )
        return tuple(commits_told(told))

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

    def _git(self, *arguments: str, given: bytes = b"") -> CompletedProcess[bytes]:
        return ran(self.top, *arguments, given=given, elsewhere=self.elsewhere)

    def forget(self, reference: str) -> None:
        """Take out a reference, if it is there."""
        self.run("update-ref", "-d", reference)


def repository_of(folder: Path) -> Repository:
    """Return the repository that a folder lies in; PlanctlError where there is none, or git will not read it."""
    done = ran(folder, "rev-parse", "--show-toplevel")
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
    raise PlanctlError(_("git {command}: {problem}"), command="rev-parse", problem=first_line(done.stderr))


def opened(folder: Path) -> Repository:
    """Return the repository whose top a folder is, or which lies in it without files; PlanctlError where it is none."""
    is_bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    if not is_bare and not (folder / ".git").exists():
        raise PlanctlError(_("{folder} lies in no git repository"), folder=folder.as_posix())
    return Repository(folder.resolve(), elsewhere=True)


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
