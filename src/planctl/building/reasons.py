"""Why an output was built or not. In: what it rests on now, and what it rested on. Out: reasons, to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from planctl import versions
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.building.record import Basis, Kept
    from planctl.survey.grounds import Grounds

FileState: TypeAlias = Literal["as it was", "missing", "changed"]
"""What became of a built file since it was written."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence with blanks, ready for translation, and what fills them."""

    message: str
    values: tuple[tuple[str, str], ...] = ()


NO_RECORD = Reason(_("there is no record of an earlier build"))
ANEW = Reason(_("everything was asked for anew"))
NEW = Reason(_("new"))
MISSING = Reason(_("it was missing"))
EDITED = Reason(_("it was changed in the folder"))
ANOTHER_AS_OF = Reason(_("another --as-of"))
ANOTHER_DAY = Reason(_("another day, by which records run out"))
OWN_FILES = Reason(_("planctl itself was changed"))
PRINTED = Reason(_("its Word sheet was made, or it was missing"))
OTHERS = Reason(_("the documents that it counts are others"))
TOGETHER = Reason(_("it is read together with other files than before"))
CAME_OUT_THE_SAME = Reason(_("made again, and the same as before"))
UNCHANGED = Reason(_("unchanged"))
SHOWS_THE_SAME = Reason(_("unchanged: what it rests on was changed, but not what it shows"))
TEMPLATE_AT_FAULT = Reason(_("not built: its template has errors"))


def _reason(message: str, **values: str) -> Reason:
    return Reason(message, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Files:
    """The digests of all files of the project, by path: when it was built before, and now."""

    before: Mapping[str, str]
    now: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Now:
    """What an output rests on now, and the files of the whole project."""

    grounds: Grounds
    as_of: str | None
    format: str
    basis: Basis
    files: Files


def why_built(was: Kept | None, then: Grounds | None, now: Now, *, file: FileState) -> tuple[Reason, ...]:
    """Return why an output was made: all that is another than when it was made before."""
    if was is None:
        return (NEW,)
    found = [*_of_file(file), *(_of_grounds(then, now.grounds, now.files) if then else ())]
    if was.as_of != now.as_of:
        found.append(ANOTHER_AS_OF)
    found += [*_of_template(was.basis, now.basis), *_of_libraries(was.basis, now.format)]
    return tuple(dict.fromkeys(found)) or (_of_company(then, now.grounds),)


def _of_company(then: Grounds | None, now: Grounds) -> Reason:
    """Return the reason where no file that an output rests on is another itself."""
    if then is None:
        return NO_RECORD
    return OTHERS if then.files.keys() == now.files.keys() else TOGETHER


def _of_file(state: FileState) -> Iterator[Reason]:
    if state == "missing":
        yield MISSING
    elif state == "changed":
        yield EDITED


def _of_grounds(then: Grounds, now: Grounds, files: Files) -> Iterator[Reason]:
    """Yield what is another; a file that is only read together with others is neither new nor gone."""
    for path in sorted(filter(None, {*then.files, *now.files})):
        was = then.files.get(path, files.before.get(path))
        digest = now.files.get(path, files.now.get(path))
        if was is None and digest is not None:
            yield _reason(_("{path} is new"), path=path)
        elif digest is None:
            yield _reason(_("{path} is gone"), path=path)
        elif was != digest:
            yield _reason(_("{path} changed"), path=path)
    yield from _of_versions(then.tools, now.tools)
    if then.day != now.day:
        yield ANOTHER_DAY


def _of_versions(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Reason]:
    for name in now:
        before = then.get(name, "-")
        if before == now[name]:
            continue
        if name == versions.OWN:
            yield _reason(_("planctl {version} instead of {before}"), version=now[name], before=before)
        elif name != versions.OWN_FILES:
            yield _reason(
                _("the library {name} {version} instead of {before}"), name=name, version=now[name], before=before
            )
        elif then.get(versions.OWN) == now.get(versions.OWN):
            yield OWN_FILES


def _of_template(then: Basis, now: Basis) -> Iterator[Reason]:
    if then.template and now.template and then.template[0] != now.template[0]:
        yield _reason(_("the template {path} instead of {before}"), path=now.template[0], before=then.template[0])
    elif then.template != now.template and now.template:
        yield _reason(_("the template {path} changed"), path=now.template[0])


def _of_libraries(then: Basis, format_: str) -> Iterator[Reason]:
    yield from _of_versions(dict(then.libraries), versions.of_format(format_))
