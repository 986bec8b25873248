"""From office files to files of a project: read, recognise, draft, write as YAML, check. Nothing is written here.

In: office files and the project they are for. Out: an `Arrival`: the texts of new files, what became of every cell, and
the findings of a check with those files in place, each with the cell that it comes from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planctl.authoring.drafted import Drafted, drafted, with_period
from planctl.authoring.formatting import written_out
from planctl.authoring.ids import id_of, ids_of
from planctl.authoring.rewriting import document
from planctl.errors import PlanctlError
from planctl.forms.drafting import units_of
from planctl.forms.drafts import DRAFTS
from planctl.forms.paper import Line
from planctl.garbage import collector_off
from planctl.importer import read_file
from planctl.importer.headings import Wanted
from planctl.importer.recognition import recognised
from planctl.importer.uses import Use
from planctl.pipeline import load
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.portfolio.settings import folded, spellings
from planctl.portfolio.shapes import shape_of_new
from planctl.source.discover import Folder
from planctl.source.document import SourceText
from planctl.source.overlay import Overlay
from planctl.source.reader import read
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.authoring.written import Tree
    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Paper, Written
    from planctl.importer.recognition import Reading
    from planctl.importer.uses import Used
    from planctl.place import Place

_PERIOD_IN_NAME = re.compile(r"(?:19|20)\d\d(?:[-_ ]?[hq][1-4])?|\b[ivx]+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a text of the file: what it was taken for, and where in the project it stands now."""

    used: Used
    use: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One office file: what was read, and the files that come of it by their paths in the project.

    `items` is how many items there are. `refusal` says in a line why nothing came of the file.
    """

    name: str
    reading: Reading | None = None
    paper: Paper | None = None
    drafted: Drafted | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    fates: tuple[Fate, ...] = ()
    items: int = 0
    refusal: PlanctlError | None = None

    @property
    def left(self) -> tuple[Fate, ...]:
        """The texts that stand nowhere."""
        return tuple(fate for fate in self.fates if fate.use == Use.LEFT)

    @property
    def uses(self) -> Mapping[str, int]:
        """How many texts were taken for what."""
        return Counter(fate.use for fate in self.fates)

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The headings that the form has no field for: the office's own fields."""
        made = self.drafted
        origins = (*made.plan_origins, *made.entry_origins) if made else ()
        return tuple(dict.fromkeys(str(loc[-1]) for loc in origins if len(loc) > 1 and loc[-2] == "extra"))

    @property
    def signs(self) -> int:
        """The characters in the file, without spaces."""
        return self.reading.file.signs if self.reading else 0

    @property
    def signs_left(self) -> int:
        """The characters that stand nowhere."""
        return sum(len("".join(fate.used.text.split())) for fate in self.left)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in a file that is new, and the place in the office file that it comes from."""

    diagnostic: Diagnostic
    file: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """All the files of one run. `files` are the texts to write, by their paths in the project."""

    root: Path
    incoming: tuple[Incoming, ...]
    files: Mapping[str, str]
    findings: tuple[Found, ...]
    new_units: tuple[str, ...] = ()
    standing: frozenset[str] = frozenset()
    """Those of the files that are there already and say the same."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the person who imports wants: forms and columns, the period where reports don't say it, the plan's path."""

    wanted: Wanted = field(default_factory=Wanted)
    period: str = ""
    plan: str = ""


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
        return Incoming(name, reading, fates=tuple(_fates(reading, None, None, "")), refusal=refusal)
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
        return one
    plan_path = order.plan or _free_path(one.name, taken)
    id_ = PurePosixPath(plan_path).stem
    draft = compose(one.paper)
    made = drafted(one.paper, draft, id_=id_, units=units)
    texts = {plan_path: written_out(made.plan, shape_of_new(made.plan, made.form))}
    if made.actuals:
        path = f"{plan_path.removesuffix('.yaml')}.{made.actuals['period']}.yaml"
        texts[path] = written_out(made.actuals, shape_of_new(made.actuals, made.form))
    taken.update(texts)
    fates = tuple(_fates(one.reading, draft, made, id_))
    return Incoming(one.name, one.reading, one.paper, made, texts, fates, items=len(draft.entries))


def _beside(one: Incoming, root: Path) -> Incoming:
    """Return a file with what comes of it; it is refused where files are there that say something else."""
    for path, text in one.files.items():
        try:
            there = (root / path).read_bytes().replace(b"\r\n", b"\n")
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = error.strerror or str(error)
            refusal = PlanctlError(_("{path} cannot be read: {reason}"), path=path, reason=reason)
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


def _fates(reading: Reading, draft: Draft | None, made: Drafted | None, id_: str) -> Iterator[Fate]:
    """Yield what became of each text: a cell that stands in no field, and was not counted, is left over."""
    homes: dict[Place, list[str]] = {}
    if made:
        for origins, file in ((made.plan_origins, id_), (made.entry_origins, f"{id_} actuals")):
            for loc, written in origins.items():
                for place in (written.place, *written.also):
                    homes.setdefault(place, []).append(f"{file}: {_dotted(loc)}")
    kept = _words(made)
    counted = {one.place for one in draft.counted} if draft else set()
    left = {place for one in draft.left for place in (one.place, *one.also)} if draft else set()
    for used in reading.used:
        to = tuple(homes.get(used.place, ()))
        use = used.use.value
        if used.use is Use.CELL and not to:
            use = "counted" if used.place in counted else "notes" if used.place in left else _unsaid(used)
        elif used.use in _SAID_ELSEWHERE and not to and made and not _stands_in(used.text, kept):
            use = _unsaid(used)
        yield Fate(used, use, to)


_SAID_ELSEWHERE = frozenset({Use.PASSAGE, Use.SIGNATURE, Use.REFERENCE, Use.PLACE})
_WORD = re.compile(r"[^\W\d_]{3,}")


def _words(made: Drafted | None) -> frozenset[str]:
    """Return the words of all texts of the new files."""
    return frozenset(_WORD.findall(" ".join(_texts_in((made.plan, made.actuals))).casefold())) if made else frozenset()


def _texts_in(tree: object) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case dict():
            for below in tree.values():
                yield from _texts_in(below)
        case list() | tuple():
            for below in tree:
                yield from _texts_in(below)


def _stands_in(text: str, words: frozenset[str]) -> bool:
    """Tell whether most words of a text stand in the new files: what is a passage or a signature has no place there."""
    own = _WORD.findall(text.casefold())
    return sum(word in words for word in own) * 2 >= len(own)


def _unsaid(used: Used) -> str:
    """Return what a cell without a home is: one that says nothing, or one that is left over."""
    return "nothing" if not re.search(r"\w", used.text) else Use.LEFT.value


def _dotted(loc: Loc) -> str:
    return ".".join(map(str, loc))


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
    origins: dict[str, _Origins] = {}
    for found in project.findings:
        path = found.span.path
        if path in texts:
            if path in sources and path not in origins:
                origins[path] = _Origins(path, texts[path], sources[path])
            at = origins.get(path)
            written = at.of(found) if at else None
            yield Found(found, at.name if at else "", written.place if written else None)


class _Origins:
    """From places in a new file back to the cells that they were made of."""

    def __init__(self, path: str, text: str, one: Incoming) -> None:
        self.name = one.name
        self._document, _found = read(SourceText(path, text))
        made = one.drafted
        is_plan = path == next(iter(one.files))
        self._origins = (made.plan_origins if is_plan else made.entry_origins) if made else {}

    def of(self, found: Diagnostic) -> Written | None:
        """Return the cell behind a finding: that of the value, else of what it is in, by its text or name."""
        loc = self._document.loc_at(found.span) if self._document else ()
        for end in range(len(loc), 0, -1):
            for own in (loc[:end], *((*loc[:end], key) for key in _NAMES)):
                if own in self._origins:
                    return self._origins[own]
        return None


_NAMES = ("text", "name", "title")
