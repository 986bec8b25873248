"""`planctl rename`: another id for an item or a document, everywhere at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.errors import PlanctlError
from planctl.forms.fields import is_document_id, is_item_id
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.authoring.renaming import Place
    from planctl.diagnostics import Diagnostic
    from planctl.portfolio.plan import Plan
    from planctl.source.document import Document, SourceText


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a project as they were read."""

    root: Path
    sources: tuple[SourceText, ...]
    documents: tuple[Document, ...]
    plans: Mapping[str, Plan]
    findings: tuple[Diagnostic, ...]


def run(
    item: Annotated[
        str, typer.Argument(metavar="DOCUMENT#ITEM | DOCUMENT", help=_("An item's address, or a document's id."))
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("The new id, without the document's."))],
    dry_run: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--dry-run", help=_("Write nothing; show what would change."))
    ] = False,
) -> None:
    """Change an id in its plan, in the actuals and in the links of every document: in all of them, or in none."""
    from planctl.output.files import write_all  # noqa: PLC0415  # the help needs none of it
    from planctl.source.root import find_root  # noqa: PLC0415

    files = _read(find_root(Path()))
    places = _places(files, item, new)
    _refuse_faulty(files, places, item)
    texts = _texts(files, places)
    if not dry_run:
        write_all(texts)
    names = console.PathNames(files.root)
    for place in places:
        console.text(f"{names.of(str(place.span))}: {place.old} → {place.new}\n")
    count = len(texts)
    if dry_run:
        console.say_counted(_("{n} file would be changed"), _("{n} files would be changed"), count)
    else:
        console.say_counted(_("{n} file was changed"), _("{n} files were changed"), count)


def _read(root: Path) -> _Files:
    from planctl.portfolio.link import link  # noqa: PLC0415
    from planctl.source.discover import discover  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    sources, unread = discover(root)
    every = [read(source) for source in sources]
    documents = tuple(document for document, _found in every if document)
    portfolio, _misfits = link(documents)
    findings = (*unread, *(one for _document, found in every for one in found))
    return _Files(root, sources, documents, portfolio.plans, findings)


# What is asked for


def _places(files: _Files, what: str, new: str) -> tuple[Place, ...]:
    from planctl.authoring.renaming import document_places, item_places  # noqa: PLC0415

    id_, mark, item = what.partition("#")
    plan = _plan(files, id_)
    if (item if mark else id_) == new:
        raise PlanctlError(_("“{id}” is its id already"), id=new)
    if not mark:
        _refuse_document_id(files, plan, new)
        return document_places(plan, new, files.documents)
    if item not in plan.parts:
        raise PlanctlError(
            _("“{document}” has no item “{item}”{suggestion}"),
            document=id_,
            item=item,
            suggestion=_did_you_mean(item, plan.parts),
        )
    _refuse_item_id(files, plan, new)
    return item_places(plan, item, new, files.documents)


def _plan(files: _Files, id_: str) -> Plan:
    """Return the one plan with this id; PlanctlError where there is none, or where several have it."""
    from planctl.portfolio.kinds import kind_of, named  # noqa: PLC0415

    if (plan := files.plans.get(id_)) is None:
        raise PlanctlError(
            _("there is no document “{id}”{suggestion}"), id=id_, suggestion=_did_you_mean(id_, files.plans)
        )
    alike = [
        one.path
        for one in files.documents
        if kind_of(one) == "plan" and named(one, "id").casefold() == plan.id.casefold()
    ]
    if len(alike) > 1:
        raise PlanctlError(_("“{id}” is the id of several documents: {path}"), id=id_, path=", ".join(alike))
    return plan


def _refuse_document_id(files: _Files, plan: Plan, new: str) -> None:
    from planctl.authoring.renaming import actuals_of  # noqa: PLC0415
    from planctl.portfolio.kinds import kind_of, named  # noqa: PLC0415

    if not is_document_id(new):
        raise PlanctlError(
            _(
                "“{text}” cannot be the id of a document: use letters, digits, `_`, `-` and `.`, up to 60, beginning "
                "with a letter or digit"
            ),
            text=new,
        )
    for one in (*(one for one in files.documents if kind_of(one) == "plan"), *actuals_of(new, files.documents)):
        if one is not plan.document and new.casefold() in {
            named(one, "id").casefold(),
            named(one, "actuals").casefold(),
        }:
            raise PlanctlError(_("“{id}” is taken: it stands in {path}"), id=new, path=one.path)


def _refuse_item_id(files: _Files, plan: Plan, new: str) -> None:
    from planctl.authoring.renaming import actuals_of, entries_of  # noqa: PLC0415

    if not is_item_id(new):
        raise PlanctlError(
            _("“{text}” cannot be the id of an item: use up to 80 characters without spaces and `#`"), text=new
        )
    if new in plan.parts:
        path = plan.document.span_of(plan.parts[new])
        raise PlanctlError(_("“{id}” is taken: it stands in {path}"), id=new, path=path)
    for one in actuals_of(plan.id, files.documents):
        if new in entries_of(one):
            path = one.key_span_of(("items", new))
            raise PlanctlError(_("“{id}” is taken: it stands in {path}"), id=new, path=path)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, tuple(known), n=1)
    return said(_("; did you mean “{suggestion}”?"), {"suggestion": near[0]}) if near else ""


# What is written


def _refuse_faulty(files: _Files, places: Sequence[Place], what: str) -> None:
    """Refuse to begin where a file that may name the id cannot be read as it stands, names it twice, or is a copy."""
    from planctl.portfolio.kinds import is_copy  # noqa: PLC0415

    id_, _mark, item = what.partition("#")
    texts = {source.path: source.text for source in files.sources}
    faulty = {found.span.path for found in files.findings if found.is_error}
    involved = sorted(path for path in faulty if (item or id_) in texts.get(path, item or id_))
    if involved:
        raise PlanctlError(
            _("{path} has errors; `planctl check` shows them; nothing was written"), path=", ".join(involved)
        )
    if copies := sorted({place.document.path for place in places if is_copy(place.document)}):
        raise PlanctlError(
            _("{path} is a copy of another body's plan, which keeps its ids; nothing was written"),
            path=", ".join(copies),
        )
    own = [place for place in places if place.loc[-1:] == ("id",)]
    if len(own) > 1:
        where = ", ".join(str(place.span) for place in own)
        raise PlanctlError(_("“{id}” stands several times: {path}; nothing was written"), id=own[0].old, path=where)


def _texts(files: _Files, places: Sequence[Place]) -> Mapping[Path, tuple[bytes, bytes]]:
    """Return the old and the new content of each file; nothing is written before all of them are there."""
    from planctl.authoring.renaming import changed  # noqa: PLC0415

    by_file: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_file[place.document.path].append(place)
    texts = {}
    for path, own in by_file.items():
        content = (files.root / path).read_bytes()
        texts[files.root / path] = (content, changed(content, own))
    return texts
