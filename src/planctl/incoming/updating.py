"""From office files to changes of files that are there: what came back is held against the plan's own sheet.

In: office files and the project. Out: `Updates`: for each file what it changes and what is only told, the new bytes of
the project's files, and what a check finds with them in place. Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from planctl.authoring.drafted import title_of, with_period
from planctl.authoring.pairing import lines_of, paired, regrouped, settled, with_lines, without_same_numbers
from planctl.authoring.patching import patched
from planctl.authoring.rewriting import document
from planctl.authoring.updating import updated
from planctl.authoring.updating.edits import Edit, Listed, edits_of, paths_of
from planctl.authoring.updating.head import head_edits
from planctl.authoring.updating.sides import Held, side
from planctl.errors import PlanctlError
from planctl.facts import RunFacts
from planctl.forms.drafts import DRAFTS
from planctl.forms.paper import bare
from planctl.forms.period import period_of
from planctl.importer import read_file
from planctl.importer.headings import Wanted
from planctl.importer.recognition import recognised
from planctl.incoming.records import is_of_records, records_edits
from planctl.pipeline import load
from planctl.portfolio.settings import spellings
from planctl.portfolio.shapes import shapes
from planctl.report import approved, frame, table
from planctl.report.as_paper import as_paper
from planctl.report.mongolian import approved_title, report_title
from planctl.report.records import with_records
from planctl.source.discover import Folder
from planctl.source.document import SourceText
from planctl.source.overlay import Overlay
from planctl.source.reader import read
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.forms.paper import Paper
    from planctl.importer.office_file import OfficeFile
    from planctl.incoming.arrival import Order
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard

_NO_FACTS = RunFacts()


@dataclass(frozen=True, slots=True)
class Update:
    """One office file: which plan and period it is of, what it changes, and what is told only.

    `refusal` says in a line why nothing is changed by it. `rows` is how many of its rows stand for items.
    """

    name: str
    plan: str = ""
    period: str = ""
    rows: int = 0
    edits: tuple[Edit, ...] = ()
    listed: tuple[Listed, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    refusal: PlanctlError | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """All the files of one run. `files` has the bytes before (None: no file) and after, by the paths in the project."""

    root: Path
    updates: tuple[Update, ...]
    files: Mapping[str, tuple[bytes | None, bytes]]
    findings: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _State:
    """The project with what the files before have changed; it is loaded anew where a further file is of the same."""

    folder: Folder
    files: dict[str, tuple[bytes | None, bytes]] = field(default_factory=dict)
    loaded: Project | None = None

    def project(self) -> Project:
        if self.loaded is None:
            self.loaded = load(Overlay(self.folder, self.texts()))
        return self.loaded

    def texts(self, further: Mapping[str, str] | None = None) -> Mapping[str, str]:
        texts = {path: new.decode("utf-8-sig", "replace") for path, (_old, new) in self.files.items()}
        return texts | dict(further or {})

    def content(self, path: str) -> bytes:
        """Return what a file holds by now."""
        return self.files[path][1] if path in self.files else (self.folder.root / path).read_bytes()

    def put(self, path: str, old: bytes | None, new: bytes) -> None:
        before = self.files[path][0] if path in self.files else old
        if before != new:
            self.files[path] = (before, new)
            self.loaded = None


def update(files: Sequence[tuple[Path, str]], root: Path, order: Order, *, removes: bool = False) -> Updates:
    """Return what office files change in the project at a folder; with `removes` rows that are gone go there too."""
    state = _State(Folder(root))
    updates = tuple(_update(path, name, state, order, removes=removes) for path, name in files)
    found = state.project().findings if state.files else ()
    return Updates(root, updates, state.files, tuple(one for one in found if one.span.path in state.files))


def _update(path: Path, name: str, state: _State, order: Order, *, removes: bool) -> Update:
    """Return what one file changes; whatever keeps from that is kept as its refusal."""
    try:
        return _updated(read_file(path, name), state, order, removes=removes)
    except PlanctlError as error:
        return Update(name, refusal=error)


@dataclass(frozen=True, slots=True)
class _Base:
    """What the plan says now: its own sheet, as a paper, and what it was made of."""

    sheet: Sheet
    paper: Paper
    card: Scorecard | None = None
    new_file: str = ""


def _updated(file: OfficeFile, state: _State, order: Order, *, removes: bool) -> Update:
    project = state.project()
    file = _anchored(file, project)
    plan = _named_plan(file, project, order)
    wanted = Wanted((plan.form.name,), order.wanted.columns) if plan else order.wanted
    reading = recognised(file, wanted)
    paper = reading.paper
    if paper is None:
        raise PlanctlError(
            _("{file}: no table with the headings of a form; name them with --map, or the form with --form"),
            file=file.name,
        )
    if order.period and paper.kind == "report":
        paper = with_period(paper, order.period)
    plan = plan or _plan_of_title(paper, project, file.name)
    base = _base(plan, paper, state, file.name)
    card = base.card if paper.kind == "report" else None
    held = Held(
        card.actuals.plan if card else plan,
        card.actuals if card else None,
        spellings(project.portfolio.settings.units),
        removes=removes,
        orders=paper.kind == "plan",
    )
    edits, listed = _compared(file, paper, base, held)
    if base.new_file and not edits:
        return Update(file.name, plan.id, _period(paper), len(lines_of(paper)), (), listed, reading.remarks_of_file)
    _apply(edits, base.new_file, held, state)
    return Update(file.name, plan.id, _period(paper), len(lines_of(paper)), edits, listed, reading.remarks_of_file)


def _period(paper: Paper) -> str:
    return paper.period.text if paper.kind == "report" and paper.period else ""


def _compared(file: OfficeFile, paper: Paper, base: _Base, held: Held) -> tuple[tuple[Edit, ...], tuple[Listed, ...]]:
    """Return what a paper says otherwise than the plan's own sheet, the sheet of records included."""
    compose = DRAFTS.get(held.plan.form.name)
    if compose is None:
        return (), ()
    own = _with_columns_of(base.paper, paper)
    lines, own_lines = lines_of(paper), lines_of(own)
    pairs = paired(lines, own_lines)
    columns = frozenset(key for one in paper.tables for key in one.columns)
    as_built = file.built.cells if file.built.sheet == base.sheet.stem else {}
    done, disputed = settled(lines, own_lines, pairs, as_built, columns)
    grouped = frozenset(one.key for layout in held.plan.form.tables for one in layout.columns if one.grouped)
    done = regrouped(done, own_lines, pairs, grouped)
    new, old = map(with_lines, (paper, own), without_same_numbers(done, own_lines, pairs))
    outcome = updated(side(new, compose(new)), side(old, compose(old)), pairs, held)
    listed = [
        Listed(
            "both-changed",
            own_lines[pairs.same[one.line]].address,
            one.key,
            one.ours,
            one.theirs.text,
            one.theirs.place,
        )
        for one in disputed
    ]
    is_ours = any(line.address for line in lines)
    printed = (*head_edits(paper, own, held, is_ours=is_ours), *outcome.edits)
    if base.card is None:
        return printed, (*listed, *outcome.listed)
    flat, told = records_edits(file, base.sheet.records, held)
    edits, fought = _both_sheets(printed, flat)
    return edits, (*listed, *outcome.listed, *told, *fought)


def _both_sheets(printed: Sequence[Edit], flat: Sequence[Edit]) -> tuple[tuple[Edit, ...], tuple[Listed, ...]]:
    """Return the edits of both sheets of a workbook: one that only one makes holds, two that differ are told."""
    by_place = {(edit.path, edit.change.loc): edit for edit in flat}
    edits: list[Edit] = []
    fought: list[Listed] = []
    for edit in printed:
        other = by_place.pop((edit.path, edit.change.loc), None)
        if other is None or bare(str(other.new)) == bare(str(edit.new)):
            edits.append(edit)
        else:
            fought.append(
                Listed("both-changed", edit.address, edit.field, str(edit.new or ""), str(other.new or ""), edit.place)
            )
    return (*edits, *by_place.values()), tuple(fought)


def _with_columns_of(own: Paper, paper: Paper) -> Paper:
    """Return the plan's sheet with no more columns than the paper has."""
    shown: dict[int, set[str]] = {}
    for one in paper.tables:
        shown.setdefault(one.layout, set()).update(one.columns)
    return with_lines(
        own,
        [
            replace(line, cells={key: cell for key, cell in line.cells.items() if key in shown.get(one.layout, ())})
            for one in own.tables
            for line in lines_of(replace(own, tables=(one,)))
        ],
    )


# Which plan


def _anchored(file: OfficeFile, project: Project) -> OfficeFile:
    """Return a file whose bookmarks lead to items of the project, also where its own list of them is lost."""
    names = {name for one in file.tables for row in one.rows for name in row.bookmarks}
    if not names - file.anchors.keys():
        return file
    every = (f"{plan.id}#{item}" for plan in project.portfolio.plans.values() for item in plan.all_items)
    known = {name: address for address in every if (name := frame.anchor(address)) in names}
    return replace(file, anchors={**known, **file.anchors})


def _named_plan(file: OfficeFile, project: Project, order: Order) -> Plan | None:
    """Return the plan that the caller names, or the addresses in the file."""
    plans = project.portfolio.plans
    if order.plan:
        if (plan := plans.get(PurePosixPath(order.plan).stem)) is None:
            raise PlanctlError(_("{path} is no plan that can be changed; `planctl check` tells why"), path=order.plan)
        return plan
    counts = Counter(address.partition("#")[0] for address in _addresses(file))
    if not counts:
        return None
    id_ = counts.most_common(1)[0][0]
    if id_ not in plans:
        raise PlanctlError(
            _("{file} was built from “{plan}”, of which the project has no sound plan; name it with --out"),
            file=file.name,
            plan=id_,
        )
    return plans[id_]


def _addresses(file: OfficeFile) -> Iterable[str]:
    for one in file.tables:
        for row in one.rows:
            yield from (file.anchors[name] for name in row.bookmarks if name in file.anchors)
        if is_of_records(one):
            yield from (row.cells[0].text.strip() for row in one.rows if row.cells and "#" in row.cells[0].text)


def _plan_of_title(paper: Paper, project: Project, name: str) -> Plan:
    """Return the only plan of the same form and title; PlanctlError where there are none or several."""
    titles = {_words_of(title_of(paper)), _words_of(str(paper.title or ""))}
    plans = [plan for plan in project.portfolio.plans.values() if plan.form.name == paper.form]
    found = [plan for plan in plans if titles & set(_titles_of(plan, paper))]
    if len(found) == 1:
        return found[0]
    if found:
        raise PlanctlError(
            _("{file}: several plans have its title: {plans}; name one with --out plans/ID.yaml"),
            file=name,
            plans=", ".join(plan.id for plan in found),
        )
    raise PlanctlError(
        _("{file}: no plan of the form {form} has its title; name the plan with --out plans/ID.yaml"),
        file=name,
        form=paper.form,
    )


def _titles_of(plan: Plan, paper: Paper) -> Iterable[str]:
    """Yield how the plan's title stands on its sheets."""
    title, years = plan.model.title, plan.model.rules.years
    yield _words_of(frame.bare_title(plan))
    if period := period_of(paper.period.text) if paper.period else None:
        yield _words_of(report_title(title, period))
    if years:
        yield _words_of(approved_title(title, years[0], years[-1]))


def _words_of(title: str) -> str:
    return bare(title.replace("{period}", "").replace("{year}", "")).casefold()


# The plan's own sheet


def _base(plan: Plan, paper: Paper, state: _State, name: str) -> _Base:
    """Return what the plan says now in the sheet that the paper is one of."""
    project = state.project()
    further = frozenset(key for one in paper.tables for key in one.columns)
    if paper.kind == "plan" and (sheet := approved.compose(plan, project.portfolio, _NO_FACTS)):
        return _Base(sheet, as_paper(plan.form, "plan", sheet, period="", day=None, further=further))
    period = paper.period.text if paper.period else ""
    if paper.kind == "plan":
        period = period or str(plan.model.rules.years[0] if plan.model.rules.years else "2000")
    if not period or period_of(period) is None:
        raise PlanctlError(_("{file} does not say its period; name it with --period"), file=name)
    new_file = ""
    if (card := _card(project, plan, period)) is None:
        new_file, project = _with_new_file(plan, period, state)
        card = _card(project, plan, period)
    if card is None:
        raise PlanctlError(
            _("{file}: the actuals of {plan} {period} have errors; `planctl check` tells which"),
            file=name,
            plan=plan.id,
            period=period,
        )
    (sheet,) = with_records([table.compose(card, project.portfolio, _NO_FACTS)], card, project.portfolio)
    own = as_paper(plan.form, paper.kind, sheet, period=period, day=card.actuals.date, further=further)
    return _Base(sheet, own, card, new_file if paper.kind == "report" else "")


def _card(project: Project, plan: Plan, period: str) -> Scorecard | None:
    return next(
        (
            card
            for card in project.scorecards
            if card.actuals.plan.id == plan.id and str(card.actuals.period) == str(period_of(period))
        ),
        None,
    )


def _with_new_file(plan: Plan, period: str, state: _State) -> tuple[str, Project]:
    """Return the path of actuals of a new period, and the project with them in place, still empty."""
    path = f"{plan.document.path.removesuffix('.yaml').removesuffix('.yml')}.{period}.yaml"
    if state.folder.has_file(path):
        raise PlanctlError(_("{path} is there already and has errors; `planctl check` tells which"), path=path)
    return path, load(Overlay(state.folder, state.texts({path: _empty(plan, period)})))


def _empty(plan: Plan, period: str) -> str:
    items = dict.fromkeys(plan.items)
    return document({"actuals": plan.id, "period": period, "items": items}, remarks=())


# The files


def _apply(edits: Sequence[Edit], new_file: str, held: Held, state: _State) -> None:
    """Put the edits into the files that they change, into all of them or none."""
    done: list[tuple[str, bytes | None, bytes]] = []
    for path in paths_of(edits):
        if path == new_file:
            old, before = None, _empty(held.plan, str(held.actuals.period) if held.actuals else "").encode()
        else:
            old = before = state.content(path)
        source, _found = read(SourceText(path, before.decode("utf-8-sig", "replace")))
        shape = shapes([held.plan.document, source]).get(path) if source else None
        changes = edits_of(edits, path)
        new = patched(before, changes, path=path, shape=shape) if shape else patched(before, changes, path=path)
        done.append((path, old, new))
    for path, old, new in done:
        state.put(path, old, new)
