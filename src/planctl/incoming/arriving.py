"""From office files to files of a project: read, recognise, draft, write as YAML, check. Nothing is written here.

In: office files and the project they are for. Out: an `Arrival`: the texts of new files, what became of every cell, and
the findings of a check with those files in place, each with the cell that it comes from.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planctl.authoring.drafted import drafted, with_period
from planctl.authoring.formatting import written_out
from planctl.authoring.ids import id_of, ids_of
from planctl.authoring.rewriting import document
from planctl.errors import PlanctlError, problem_of
from planctl.forms.drafting import units_of
from planctl.forms.drafts import DRAFTS
from planctl.forms.paper import Line
from planctl.garbage import collector_off
from planctl.importer import read_file
from planctl.importer.recognition import recognised
from planctl.incoming.arrival import Arrival, Found, Incoming, Order
from planctl.incoming.fates import fates_of
from planctl.incoming.origins import Origins
from planctl.pipeline import load
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.portfolio.settings import folded, spellings
from planctl.portfolio.shapes import shape_of_new
from planctl.source.discover import Folder
from planctl.source.overlay import Overlay
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.authoring.written import Tree

_PERIOD_IN_NAME = re.compile(r"(?:19|20)\d\d(?:[-_ ]?[hq][1-4])?|\b[ivx]+\b", re.IGNORECASE)


def arrive(files: Sequence[tuple[Path, str]], root: Path, order: Order) -> Arrival:
    """Return what comes of office files (with the names that findings call them by) in the project at a folder.

    A folder without planctl.yaml gets one, with the units that the papers name.
    """
    with collector_off():
        return _arrived(files, root, order)


def _arrived(files: Sequence[tuple[Path, str]], root: Path, order: Order) -> Arrival:
    state = Folder(root)
    is_new = not state.has_file(SETTINGS_PATH)
    settings = load(state).portfolio.settings if not is_new else None
    incoming = tuple(_read(path, name, order) for path, name in files)
    known = spellings(settings.units) if settings else {}
    new_units = _new_units(incoming, known)
    units = known | {folded(name): id_ for id_, name in new_units.items()} if is_new else known
    taken: set[str] = set()
    done = tuple(_beside(_with_files(one, order, units, taken), root) for one in incoming)
    texts = {path: text for one in done for path, text in one.files.items()}
    if is_new and texts:
        texts[SETTINGS_PATH] = _settings(incoming, new_units)
    found = tuple(_findings(state, texts, done)) if texts else ()
    standing = frozenset(path for path in texts if (root / path).exists())
    return Arrival(root, done, texts, found, tuple(new_units.values()) if is_new else (), standing)


# One file


def _read(path: Path, name: str, order: Order) -> Incoming:
    """Read a file and recognise its paper; whatever keeps from that is kept as the refusal of this one file."""
    try:
        file = read_file(path, name)
    except PlanctlError as error:
        return Incoming(name, refusal=error)
    reading = recognised(file, order.wanted)
    paper = reading.paper
    if paper is None:
        refusal = PlanctlError(
            _("{file}: no table with the headings of a form; name them with --map, or the form with --form"), file=name
        )
        return Incoming(name, reading, fates=tuple(fates_of(reading, None, None, "")), refusal=refusal)
    if order.period and paper.kind == "report":
        paper = with_period(paper, order.period)
    if paper.kind == "report" and paper.period is None:
        refusal = PlanctlError(_("{file} does not say its period; name it with --period"), file=name)
        return Incoming(name, reading, paper, refusal=refusal)
    return Incoming(name, reading, paper)


def _with_files(one: Incoming, order: Order, units: Mapping[str, str], taken: set[str]) -> Incoming:
    """Return a file with what comes of it."""
    if one.paper is None or one.reading is None or one.refusal:
        return one
    compose = DRAFTS.get(one.paper.form)
    if compose is None:
        refusal = PlanctlError(
            _("{file} is a paper of the form {form}, which `planctl import` takes no papers of"),
            file=one.name,
            form=one.paper.form,
        )
        return replace(one, refusal=refusal)
    plan_path = order.plan or _free_path(one.name, taken)
    id_ = PurePosixPath(plan_path).stem
    draft = compose(one.paper)
    made = drafted(one.paper, draft, id_=id_, units=units)
    texts = {plan_path: written_out(made.plan, shape_of_new(made.plan, made.form))}
    if made.actuals:
        path = f"{plan_path.removesuffix('.yaml')}.{made.actuals['period']}.yaml"
        texts[path] = written_out(made.actuals, shape_of_new(made.actuals, made.form))
    taken.update(texts)
    fates = tuple(fates_of(one.reading, draft, made, id_))
    return Incoming(one.name, one.reading, one.paper, made, texts, fates, items=len(draft.entries))


def _beside(one: Incoming, root: Path) -> Incoming:
    """Return a file with what comes of it; it is refused where files are there that say something else."""
    for path, text in one.files.items():
        try:
            there = (root / path).read_bytes().replace(b"\r\n", b"\n")
        except FileNotFoundError:
            continue
        except OSError as error:
            refusal = PlanctlError(_("{path} cannot be read: {problem}"), path=path, problem=problem_of(error))
            return replace(one, files={}, refusal=refusal)
        if there != text.encode():
            refusal = PlanctlError(
                _("{file}: {path} is there already and says something else; --update changes it, --out names another"),
                file=one.name,
                path=path,
            )
            return replace(one, files={}, refusal=refusal)
    return one


def _free_path(name: str, taken: Iterable[str]) -> str:
    """Return the path of the plan by the name of the office file, without its period: the plan goes on in the next."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    id_ = id_of(_PERIOD_IN_NAME.sub(" ", stem.replace("_", " ")), fallback="plan")
    others = {PurePosixPath(path).stem for path in taken if path.startswith("plans/")}
    return f"plans/{next(ids_of([id_.replace('-', ' ')], others)) if id_ in others else id_}.yaml"


# The project around them


def _new_units(incoming: Iterable[Incoming], known: Mapping[str, str]) -> dict[str, str]:
    """Return the units that the papers name and the project has not, by new ids."""
    names: dict[str, str] = {}
    for one in incoming:
        for table in one.paper.tables if one.paper else ():
            for line in table.lines:
                for name in units_of(line.cells.get("units")) if isinstance(line, Line) else ():
                    if folded(name) not in known:
                        names.setdefault(folded(name), name)
    return dict(zip(ids_of(names.values()), names.values(), strict=True))


def _settings(incoming: Iterable[Incoming], units: Mapping[str, str]) -> str:
    """Return a planctl.yaml with what the papers say of their office."""
    papers = [one.paper for one in incoming if one.paper]
    tree: dict[str, Tree] = {"planctl": "1"}
    for key, said in (
        ("organisation", next((paper.organisation for paper in papers if paper.organisation), None)),
        ("place", next((paper.place for paper in papers if paper.place), None)),
    ):
        if said:
            tree[key] = said.text
    if units:
        tree["units"] = {id_: {"name": name} for id_, name in units.items()}
    return document(tree, remarks=())


def _findings(state: Folder, texts: Mapping[str, str], incoming: Sequence[Incoming]) -> Iterator[Found]:
    """Yield what a check finds in the new files, and where in the office files it comes from."""
    project = load(Overlay(state, texts))
    sources = {path: one for one in incoming for path in one.files}
    origins: dict[str, Origins] = {}
    for found in project.findings:
        path = found.span.path
        if path in texts:
            if path in sources and path not in origins:
                origins[path] = Origins(path, texts[path], sources[path])
            at = origins.get(path)
            written = at.of(found) if at else None
            yield Found(found, at.name if at else "", written.place if written else None)
