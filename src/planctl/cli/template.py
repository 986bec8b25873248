"""`planctl template`: the templates of the sheets, a copy of one to make the office's own, and a check of those."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.template_learn import learn
from planctl.codes.rendering import PARTS
from planctl.errors import PlanctlError
from planctl.words import _, said, translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.cli.template_check import Chosen, Surroundings
    from planctl.diagnostics import Diagnostic

SURROUNDINGS = 2

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("list", help=_("List the templates and whose they are."))
def list_() -> None:
    """Print each template's name and, where the project has its own, that one's path."""
    from planctl.output.template_store import shipped_names  # noqa: PLC0415  # the help needs none of it

    own = _own_templates()
    for name in shipped_names():
        console.text(f"{name}\t{own[name]}\n" if name in own else f"{name}\n")


@app.command(help=_("Copy a template, to change it in Word and name it in planctl.yaml."))
def copy(
    name: Annotated[str, typer.Argument(help=_("The template's name, as `planctl template list` shows it."))],
    to: Annotated[Path | None, typer.Argument(help=_("Where to put it; by default templates/ in the project."))] = None,
) -> None:
    """Write the template where the office can change it; nothing is overwritten."""
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.output.template_store import shipped_content  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    content = shipped_content(name)
    root = find_root(Path())
    target = to or root / "templates" / name
    if target.is_dir():
        target = target / Path(name).name
    if target.exists():
        raise PlanctlError(_("{path} is there already; move it away first"), path=target.as_posix())
    replace_file(target, content)
    if not target.resolve().is_relative_to(root.resolve()):
        console.say(_("wrote {path}; planctl can use it once it lies in the project"), path=target.as_posix())
        return
    console.say(_("wrote {path}; planctl uses it once planctl.yaml says:"), path=target.as_posix())
    console.text(f"templates:\n  {name}: {target.resolve().relative_to(root.resolve()).as_posix()}\n")


app.command("learn", help=_("Make a template of a sheet that the office has filled in."))(learn)


def _own_templates() -> dict[str, str]:
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    try:
        root = find_root(Path())
    except PlanctlError:
        return {}
    return dict(load(root).portfolio.settings.templates)


# The check


@app.command(help=_("Fill the office's own templates with a sample, and find what is wrong with them."))
def check(
    templates: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|PATH", help=_("Templates by name, or files; by default those that planctl.yaml names.")
        ),
    ] = None,
    as_: Annotated[str, typer.Option("--as", metavar="NAME", help=_("The template that a file is to stand for."))] = "",
    sample: Annotated[
        Path | None, typer.Option("--sample", help=_("Write a sample sheet: .docx or .html, as its template is."))
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help=_("Print the sample sheet of a Word template as PDF."))
    ] = None,
) -> None:
    """Try templates on sample sheets; exit 1 where one has an error, which a build would refuse too."""
    from planctl.cli.template_check import Surroundings, project, write_sample  # noqa: PLC0415  # the help needs none
    from planctl.rehearsal.sample import samples  # noqa: PLC0415

    root, portfolio = project()
    around = Surroundings(root, portfolio, samples(portfolio))
    found_ones, problems = _looked_up(templates or list(around.own), as_, around)
    if not problems:
        _refuse_several(found_ones, sample=sample, pdf=pdf)
    found = _try(found_ones, around)
    for problem in problems:
        console.problem(problem)
    if not found_ones and not problems:
        console.say(_("planctl.yaml names no templates of the office's own"))
    if (sample or pdf) and not problems:
        write_sample(found_ones[0], to=sample, as_pdf=pdf)
    if any(one.is_error for one in found):
        raise typer.Exit(1)
    if problems:
        raise typer.Exit(SURROUNDINGS)


def _looked_up(named: Sequence[str], as_: str, around: Surroundings) -> tuple[list[Chosen], list[PlanctlError]]:
    """Return the templates that were asked for, and why others of them cannot be tried."""
    from planctl.cli.template_check import chosen  # noqa: PLC0415

    good: list[Chosen] = []
    problems: list[PlanctlError] = []
    for what in dict.fromkeys(named):
        try:
            good.append(chosen(what, as_, around))
        except PlanctlError as problem:
            problems.append(problem)
    return good, problems


def _refuse_several(found: Sequence[Chosen], *, sample: Path | None, pdf: Path | None) -> None:
    if (sample or pdf) and len(found) != 1:
        words = said(_("name the one template that the sample sheet is to be made from"))
        raise typer.BadParameter(words, param_hint="--sample" if sample else "--pdf")
    if pdf and found[0].kind.suffix != ".docx":
        raise typer.BadParameter(said(_("a PDF is made from a Word template")), param_hint="--pdf")


def _try(templates: Sequence[Chosen], around: Surroundings) -> tuple[Diagnostic, ...]:
    """Print what is wrong with the templates, and return it."""
    from planctl.diagnostics import in_order, weighed  # noqa: PLC0415
    from planctl.rehearsal.check import tried  # noqa: PLC0415

    names = console.PathNames(around.root)
    results = [tried(one.template, one.kind, one.sheets) for one in templates]
    severities = around.portfolio.settings.severities
    found = in_order(weighed((one for result in results for one in result.findings), severities))
    console.findings(map(_worded, found), names)
    for one, result in zip(templates, results, strict=True):
        if result.hides_the_rest:
            path = names.of(one.template.path)
            console.say(_("{path}: which parts it does not show can be told once this is mended"), path=path)
    if templates:
        console.say_counted(
            _("{n} template was tried on a sample"), _("{n} templates were tried on samples"), len(templates)
        )
        console.summary(found)
    return found


def _worded(found: Diagnostic) -> Diagnostic:
    """Name the part of a sheet in the language in use."""
    values = (
        (name, translated(PARTS.get(value, "")) or value if name == "part" else value) for name, value in found.values
    )
    return replace(found, values=tuple(values))
