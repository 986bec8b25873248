"""Which two states of a project are meant: folders, or revisions of its repository; nothing is checked out.

In: what stands on the command line. Out: two trees and how they are called; PlanctlError where one is not to be had.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.source.discover import Folder
from planctl.source.git import repository_of
from planctl.source.revision import Revision
from planctl.source.root import PROJECT_FILE, find_root
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.source.tree import Tree

HEAD = "HEAD"
WORKING_TREE = _("the working tree")
_SHORT = 10
"""Characters of a commit's id that people read."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of a project, and how it is called."""

    tree: Tree
    name: str


def states_of(named: Sequence[str], *, exact: bool) -> tuple[State, State]:
    """Return the two states: no name for HEAD and the working tree, one for a base, two for both ends or two folders.

    Of two revisions the earlier state is that in which they parted, as a pull request shows it, unless `exact`.
    """
    if len(named) == 2 and all(Path(one).is_dir() for one in named):  # noqa: PLR2004  # both ends
        before, after = map(_folder, named)
        return before, after
    root = find_root(Path()).resolve()
    repository = repository_of(root)
    base, head = (*named, HEAD)[:2] if named else (HEAD, "")
    first = repository.commit_of(base)
    if not head:
        return State(Revision(repository, first, root), HEAD), State(Folder(root), said(WORKING_TREE))
    last = repository.commit_of(head)
    name = base
    if not exact:
        parted = repository.merge_base(first, last)
        if parted is None:
            raise PlanctlError(_("the two states have no history in common; compare them with --exact"))
        name = base if parted == first else f"{base} ({parted[:_SHORT]})"
        first = parted
    one, other = Revision(repository, first, root), Revision(repository, last, root)
    if one.is_empty and other.is_empty:
        raise PlanctlError(_("neither {before} nor {after} has a planctl.yaml here"), before=name, after=head)
    return State(one, name), State(other, head)


def _folder(named: str) -> State:
    root = Path(named)
    if not (root / PROJECT_FILE).is_file():
        raise PlanctlError(_("no planctl.yaml in {folder}"), folder=root.as_posix())
    return State(Folder(root.resolve()), root.as_posix())
