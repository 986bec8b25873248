"""`planctl git-setup`: let git show plans by their ids, and built Word and Excel files as text; and take it back."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import one_of_option
from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.portfolio.actuals import Evaluation
    from planctl.source.git import Repository


class Host(StrEnum):
    """The services whose rules for CODEOWNERS differ."""

    GITHUB = "github"
    GITLAB = "gitlab"


@dataclass(frozen=True, slots=True)
class _Setting:
    """A setting of the repository, before and after; None is none."""

    repository: Repository
    name: str
    before: str | None
    after: str | None

    def show(self) -> None:
        for sign, value in (("-", self.before), ("+", self.after)):
            if value is not None:
                console.text(f"{sign}git config {self.name} = {value}\n")

    def write(self) -> None:
        self.repository.set(self.name, self.after)

    def put_back(self) -> None:
        self.repository.set(self.name, self.before)


@dataclass(frozen=True, slots=True)
class _File:
    """A file, before and after; None is no file. `shown` is its path from the repository's top."""

    path: Path
    shown: str
    before: str | None
    after: str | None

    def show(self) -> None:
        old, new = ((text or "").splitlines() for text in (self.before, self.after))
        names = [self.shown if text is not None else "/dev/null" for text in (self.before, self.after)]
        for line in unified_diff(old, new, names[0], names[1], lineterm=""):
            console.text(f"{line}\n")

    def write(self) -> None:
        self._put(self.after)

    def put_back(self) -> None:
        self._put(self.before)

    def _put(self, text: str | None) -> None:
        from planctl.output.files import remove_file, replace_file  # noqa: PLC0415  # the help needs none of it

        if text is None:
            remove_file(self.path)
            with suppress(OSError):  # a folder that was made for it is empty now; any other stays
                self.path.parent.rmdir()
        else:
            replace_file(self.path, text.encode(errors="surrogateescape"))


_Step = _Setting | _File


def run(
    dry_run: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--dry-run", help=_("Write nothing; show what would change."))
    ] = False,
    undo: Annotated[  # noqa: FBT002  # likewise
        bool, typer.Option("--undo", help=_("Take out what was put in; everything else stays."))
    ] = False,
    codeowners: Annotated[
        list[str] | None,
        typer.Option(
            "--codeowners",
            metavar="self=@OWNER,… | superior=@OWNER,…",
            help=_("Also write who is to approve changes of an evaluation; once for each evaluation."),
        ),
    ] = None,
    host: Annotated[
        Host | None,
        one_of_option("--host", Host, _("Whose rules CODEOWNERS is to follow.")),
    ] = None,
) -> None:
    """Set up this repository alone: nothing of the user's settings or of the system's is touched."""
    from planctl.source.git import repository_of  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415  # the help needs none of it

    root = find_root(Path()).resolve()
    repository = repository_of(root)
    owners = _owners(codeowners or [])
    if undo and owners:
        raise PlanctlError(_("--undo takes out the lines of CODEOWNERS too; leave --codeowners away"))
    steps = tuple(step for step in _steps(repository, root, owners, host, undo=undo) if step.before != step.after)
    for step in steps:
        step.show()
    if not steps:
        console.say(_("there is nothing to take out") if undo else _("all of it is set up already"))
    elif dry_run:
        console.say(_("nothing was written"))
    else:
        _write(steps)
        console.say(_("all of this was written"))
    if undo:
        _forget(repository, dry_run=dry_run)
    else:
        _tell_what_follows(root, owners)


def _tell_what_follows(root: Path, owners: Mapping[Evaluation, Sequence[str]]) -> None:
    """Tell what git shows from now on, and what is left for the author to do."""
    console.say(_("`git diff` and `git log -p` show plans by their ids, and Word and Excel files as text"))
    console.say(
        _("such a diff is for reading, not for applying; `git diff --no-textconv` shows the files as they are written")
    )
    console.say(_("git keeps these settings in this clone alone: whoever clones anew runs `planctl git-setup` again"))
    _tell_shared(root, owners)


def _steps(
    repository: Repository,
    root: Path,
    owners: Mapping[Evaluation, Sequence[str]],
    host: Host | None,
    *,
    undo: bool,
) -> Iterator[_Step]:
    from planctl.authoring.git_files import ATTRIBUTES, PLACES, attributes, owner_lines  # noqa: PLC0415

    if undo:
        yield from _settings_out(repository)
        yield _changed(repository, root / ATTRIBUTES, None)
        for place in dict.fromkeys(path for places in PLACES.values() for path in places):
            yield _changed(repository, repository.top / place, None)
        return
    yield from _settings_in(repository)
    yield _changed(repository, root / ATTRIBUTES, attributes())
    if owners:
        prefix = repository.prefix_of(root)
        held = {prefix + path: bodies for path, bodies in _evaluations(root).items()}
        if lines := owner_lines(held, owners):
            yield _changed(repository, _place_of_owners(repository, host), lines)
        else:
            console.say(_("no file of this project holds such an evaluation yet; CODEOWNERS stays as it is"))


def _write(steps: Sequence[_Step]) -> None:
    """Write everything, or put back what was written before the step that failed."""
    done: list[_Step] = []
    try:
        for step in steps:
            done.append(step)
            step.write()
    except PlanctlError:
        for step in reversed(done[:-1]):
            step.put_back()
        raise


# Settings


def _settings_in(repository: Repository) -> Iterator[_Setting]:
    """Yield what is to be set; where an office has a command of its own under the name, PlanctlError."""
    from planctl.authoring.git_files import DRIVERS, READER, command, settings  # noqa: PLC0415
    from planctl.plain.text import EDITION  # noqa: PLC0415

    if not sys.executable:
        raise PlanctlError(_("this Python does not know where its program lies, so git cannot be told to run it"))
    for driver in DRIVERS:
        own = repository.setting(f"diff.{driver}.textconv")
        if own is not None and READER not in own:
            raise PlanctlError(
                _("the setting {name} is yours ({value}); `git config --unset {name}` first; nothing was written"),
                name=f"diff.{driver}.textconv",
                value=own,
            )
    for name, value in settings(command(Path(sys.executable).as_posix(), EDITION)).items():
        before = repository.setting(name)
        if before is None or name.endswith(".textconv"):
            yield _Setting(repository, name, before, value)


def _settings_out(repository: Repository) -> Iterator[_Setting]:
    """Yield what is to be taken out: of each setting only the value that planctl gives it."""
    from planctl.authoring.git_files import READER, settings  # noqa: PLC0415

    for name, value in settings(READER).items():
        before = repository.setting(name)
        is_own = before is not None and (READER in before if name.endswith(".textconv") else before == value)
        yield _Setting(repository, name, before, None if is_own else before)


def _forget(repository: Repository, *, dry_run: bool) -> None:
    """Take out the texts that git kept."""
    from planctl.authoring.git_files import DRIVERS  # noqa: PLC0415

    for driver in () if dry_run else DRIVERS:
        repository.forget(f"refs/notes/textconv/{driver}")


# Files


def _changed(repository: Repository, path: Path, lines: Sequence[str] | None) -> _File:
    """Return a file with these lines of planctl's own, or without any where there are none to be."""
    from planctl.authoring.git_files import BrokenBlockError, with_lines, without_lines  # noqa: PLC0415

    shown = path.relative_to(repository.top).as_posix()
    if path.is_symlink():
        raise PlanctlError(
            _("{path} is a link, and nothing is written through links; put the file itself there"), path=shown
        )
    before = _text_of(path)
    try:
        after = with_lines(before, lines) if lines is not None else before and without_lines(before)
    except BrokenBlockError:
        raise PlanctlError(
            _("{path} holds only one of the two lines “planctl git-setup: begin” and “end”, or several; mend it first"),
            path=shown,
        ) from None
    return _File(path, shown, before, after)


def _text_of(path: Path) -> str | None:
    """Return a file's text as it is, line ends and all; None where there is no file."""
    try:
        return path.read_bytes().decode(errors="surrogateescape")
    except FileNotFoundError:
        return None


# Owners


def _owners(told: Sequence[str]) -> dict[Evaluation, tuple[str, ...]]:
    """Return who owns which evaluation, as the command line says."""
    from planctl.authoring.git_files import is_owner  # noqa: PLC0415
    from planctl.portfolio.actuals import EVALUATIONS  # noqa: PLC0415

    owners: dict[Evaluation, tuple[str, ...]] = {}
    for one in told:
        body, _mark, names = one.partition("=")
        named = tuple(names.replace(",", " ").split())
        evaluation = next((known for known in EVALUATIONS if known == body.strip()), None)
        if evaluation is None or not named or not all(map(is_owner, named)):
            raise PlanctlError(
                _("--codeowners: “{text}” is not such as self=@office or superior=@province/control,a@example.mn"),
                text=one,
            )
        owners[evaluation] = (*owners.get(evaluation, ()), *named)
    return owners


def _evaluations(root: Path) -> dict[str, frozenset[Evaluation]]:
    """Return which evaluations stand in which file of the project."""
    from planctl.portfolio.actuals import EVALUATIONS  # noqa: PLC0415
    from planctl.portfolio.kinds import kind_of  # noqa: PLC0415
    from planctl.source.discover import discover  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    held = {}
    for source in discover(root)[0]:
        document, _findings = read(source)
        if document is None or kind_of(document) != "actuals":
            continue
        items = document.data.get("items")
        entries = [one for one in items.values() if isinstance(one, dict)] if isinstance(items, dict) else []
        held[source.path] = frozenset(body for body in EVALUATIONS if any(body in entry for entry in entries))
    return held


def _place_of_owners(repository: Repository, host: Host | None) -> Path:
    """Return the file of owners that the service reads, or the one that it would read first."""
    from planctl.authoring.git_files import PLACES  # noqa: PLC0415

    top = repository.top
    is_gitlab = (top / ".gitlab-ci.yml").exists() or (top / ".gitlab").exists() or "gitlab" in repository.addresses()
    places = PLACES[host or (Host.GITLAB if is_gitlab else Host.GITHUB)]
    return top / next((place for place in places if (top / place).is_file()), places[0])


def _tell_shared(root: Path, owners: Mapping[Evaluation, Sequence[str]]) -> None:
    """Say plainly which files nobody's approval protects from the other body."""
    if not owners:
        return
    shared = [path for path, held in sorted(_evaluations(root).items()) if len(held) > 1]
    if shared:
        names = console.PathNames(root)
        console.say(
            _(
                "both evaluations stand in one file, where the approval of either owner is enough: {path}; give each "
                "body a file of its own"
            ),
            path=", ".join(map(names.of, shared)),
        )
    console.say(_("run it again when the file of a new period is there; a rule in the service must ask for owners"))
