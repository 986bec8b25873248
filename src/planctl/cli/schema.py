"""`planctl schema`: what each file takes, as JSON Schema: for editors, and for programs that write plans."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from planctl.portfolio.portfolio import Portfolio


def run(
    name: Annotated[
        str,
        typer.Argument(
            metavar="SCHEMA",
            help=_(
                "A form, FORM.actuals, settings, rubric, approval, accepted, actuals, plans (all of plans/); "
                "by default all."
            ),
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help=_("The file to write, or the folder for the schemas of editors."))
    ] = None,
) -> None:
    """Print a schema, or write it; without a name the folder gets all that editors need."""
    from planctl.authoring.editors import as_text  # noqa: PLC0415  # the help needs none of it
    from planctl.authoring.schema import ALL, levels, names, schema  # noqa: PLC0415
    from planctl.cli.editors import language, write_schemas  # noqa: PLC0415
    from planctl.output.files import replace_file  # noqa: PLC0415

    if name and name not in names():
        raise _unknown(name, names())
    portfolio = _portfolio()
    if out and not name:
        if out.is_file() or out.suffix == ".json":
            raise PlanctlError(_("{path} is no folder; name the schema that the file is to hold"), path=out.as_posix())
        write_schemas(out, portfolio)
        return
    text = as_text(schema(name or ALL, levels(portfolio), first=language()))
    if out is None:
        console.data(text)
        return
    target = out / f"{name}.json" if out.is_dir() else out
    replace_file(target, text.encode())
    console.say(_("wrote {path}"), path=target.as_posix())


def _portfolio() -> Portfolio:
    """Return the portfolio of the project one stands in; outside of one, that of planctl's own scales."""
    from planctl.pipeline import load, of_no_project  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    try:
        root = find_root(Path())
    except PlanctlError:
        return of_no_project()
    return load(root).portfolio


def _unknown(name: str, known: tuple[str, ...]) -> PlanctlError:
    if near := get_close_matches(name, known, n=1, cutoff=0.5):
        return PlanctlError(_("there is no schema “{name}”; did you mean “{near}”?"), name=name, near=near[0])
    return PlanctlError(_("there is no schema “{name}”; there are: {known}"), name=name, known=", ".join(known))
