"""`planctl template learn`: an office's filled-in Word sheet as a template, tried before it is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.errors import PlanctlError, problem_of
from planctl.forms import FORMS
from planctl.words import _, said

if TYPE_CHECKING:
    from planctl.learning.learn import Learned
    from planctl.pipeline import Project
    from planctl.rehearsal.check import Tried
    from planctl.render import Template

FOLDER = "templates"
HIDING = frozenset({"template-hides-table", "template-hides-column", "template-hides-part"})
"""Errors that tell of what a template does not show, which an office's own sheets may never have."""


def learn(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.docx", help=_("A sheet of the office, filled in, as Word keeps it."))
    ],
    form: Annotated[
        str, typer.Option("--form", metavar="FORM", help=_("The form of the sheet, where it is not recognised."))
    ] = "",
    sheet: Annotated[
        str, typer.Option("--sheet", metavar="table|plan", help=_("The report, or the plan as approved."))
    ] = "",
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help=_("The template's file, templates/NAME.docx."))
    ] = "",
    dry_run: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--dry-run", help=_("Say what would be done; write nothing."))
    ] = False,
) -> None:
    """Write the template and name it in planctl.yaml; exit 1 where the check finds an error in it, unnamed then."""
    from planctl.source.root import find_root  # noqa: PLC0415  # the help needs none of it

    root = find_root(Path())
    if form and form not in FORMS:
        raise PlanctlError(_("there is no form “{form}”; there are: {known}"), form=form, known=", ".join(FORMS))
    if sheet and sheet not in {"table", "plan"}:
        raise PlanctlError(_("“{sheet}” is no sheet to learn; there are: table, plan"), sheet=sheet)
    made = _made(file, form, sheet)
    path = _path(name, made.template)
    for one in made.done:
        console.say(one.message, **one.values)
    tried = _tried(made, path, root)
    has_errors = any(one.is_error for one in tried.findings)
    console.findings(tried.findings, console.PathNames(root))
    if dry_run:
        console.say(_("would write {path}"), path=path)
    else:
        _write(root, path, made, is_good=not has_errors)
    console.summary(tried.findings)
    if has_errors:
        raise typer.Exit(1)


def _made(file: Path, form: str, sheet: str) -> Learned:
    """Return what is learned of a file."""
    from planctl.diagnostics import Span, finding  # noqa: PLC0415
    from planctl.importer import read_file  # noqa: PLC0415
    from planctl.importer.headings import Wanted  # noqa: PLC0415
    from planctl.learning.learn import learned  # noqa: PLC0415
    from planctl.render.wordml.opening import UnreadableError  # noqa: PLC0415

    shown = file.as_posix()
    read = read_file(file)
    if read.kind != "docx":
        raise PlanctlError(_("{file} is no Word file; a template is learned from a .docx"), file=shown)
    wanted = Wanted((form,)) if form else Wanted()
    try:
        return learned(file.read_bytes(), shown, wanted, sheet=sheet)
    except UnreadableError as fault:
        problem = console.message_of(finding(fault.code, Span(shown), **fault.values))
        raise PlanctlError(_("{path}: {problem}"), path=shown, problem=problem) from fault


def _path(name: str, template: str) -> str:
    """Return where the template goes, from the project's folder."""
    stem = (name or template).replace("\\", "/").removesuffix(".docx").removeprefix(f"{FOLDER}/")
    parts = PurePosixPath(stem).parts
    if not parts or PurePosixPath(stem).is_absolute() or ".." in parts or ":" in stem:
        raise PlanctlError(_("“{name}” is no name of a template; it lies in templates/, as NAME.docx"), name=name)
    return f"{FOLDER}/{stem}.docx"


def _tried(made: Learned, path: str, root: Path) -> Tried:
    """Return what the check of templates finds; PlanctlError where the template cannot be filled in at all."""
    from planctl.diagnostics import Severity, in_order, weighed  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.rehearsal.check import Tried, format_of, sheets_for, tried  # noqa: PLC0415
    from planctl.rehearsal.sample import samples  # noqa: PLC0415
    from planctl.render import Template  # noqa: PLC0415

    project = load(root)
    portfolio = project.portfolio
    kind = format_of(made.template)
    if kind is None:
        raise TypeError("a Word template has a format")
    template = Template(path, made.content)
    result = tried(template, kind, sheets_for(made.template, samples(portfolio)))
    found = in_order(weighed(result.findings, portfolio.settings.severities))
    if result.hides_the_rest:
        first = next(one for one in found if one.is_error)
        raise PlanctlError(
            _("no template came of it, as it cannot be filled in: {problem}"), problem=console.message_of(first)
        )
    errors = {one.code for one in found if one.is_error}
    if errors and errors <= HIDING and not _loses_of(project, made, template):
        found = tuple(replace(one, severity=Severity.WARNING) if one.code in HIDING else one for one in found)
    return Tried(found, hides_the_rest=False)


def _loses_of(project: Project, made: Learned, template: Template) -> bool:
    """Tell whether the template leaves out anything of the project's own sheets, as far as they can be made."""
    from planctl.facts import RunFacts  # noqa: PLC0415
    from planctl.render import FORMATS  # noqa: PLC0415
    from planctl.subjects import of_period, of_plan  # noqa: PLC0415

    stem = made.template.removesuffix(".docx")
    render = FORMATS["docx"].load()
    subjects = (*map(of_period, project.scorecards), *map(of_plan, project.portfolio.plans.values()))
    sheets = (
        sheet
        for subject in subjects
        for sheet in subject.compose(project.portfolio, RunFacts(), ("table", "plan"))
        if sheet.template == stem
    )
    return any(found.is_error for sheet in sheets for found in render(sheet, template).findings)


# What is written


def _write(root: Path, path: str, made: Learned, *, is_good: bool) -> None:
    """Write the template, and its line in planctl.yaml where a build can use it."""
    from planctl.output.files import write_all  # noqa: PLC0415
    from planctl.portfolio.kinds import SETTINGS_PATH  # noqa: PLC0415

    target, settings = root / path, root / SETTINGS_PATH
    old = _held(target)
    if old is not None and old != made.content:
        raise PlanctlError(
            _("{path} is there already and differs; move it away, or name another with --name"), path=path
        )
    files: dict[Path, tuple[bytes | None, bytes]] = {} if old is not None else {target: (None, made.content)}
    patch = _patch(root, made.template, path) if is_good else None
    if patch:
        files[settings] = patch
    write_all(files)
    if target in files:
        console.say(_("wrote {path}"), path=path)
    else:
        console.say(_("{path} was so already"), path=path)
    if patch is None or patch[0] != patch[1]:
        console.say(
            _("wrote its line under templates: in {path}") if patch else _("planctl uses it once planctl.yaml says:"),
            path=SETTINGS_PATH,
        )
    if patch is None:
        console.text(f"templates:\n  {made.template}: {path}\n")


def _held(path: Path) -> bytes | None:
    """Return what a file holds, None where there is none."""
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error


def _patch(root: Path, template: str, path: str) -> tuple[bytes, bytes] | None:
    """Return planctl.yaml as it is and with the template's line; None where it names another, or cannot be changed."""
    from planctl.authoring.patching import Set, patched  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.portfolio.kinds import SETTINGS_PATH  # noqa: PLC0415

    named = load(root).portfolio.settings.templates.get(template)
    if named is not None and named != path:
        return None
    content = (root / SETTINGS_PATH).read_bytes()
    try:
        return content, patched(content, [Set(("templates", template), path)], path=SETTINGS_PATH)
    except PlanctlError as problem:
        console.say(
            _("{path} could not be changed: {problem}"),
            path=SETTINGS_PATH,
            problem=said(problem.message, problem.values),
        )
        return None
