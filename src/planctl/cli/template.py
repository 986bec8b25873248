"""`planctl template`: the templates of the sheets, and a copy of one to make the office's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planctl.cli import console
from planctl.errors import PlanctlError
from planctl.words import _

app = typer.Typer(no_args_is_help=True)


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
    from planctl.source.discover import find_root  # noqa: PLC0415

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


def _own_templates() -> dict[str, str]:
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.discover import find_root  # noqa: PLC0415

    try:
        root = find_root(Path())
    except PlanctlError:
        return {}
    return dict(load(root).portfolio.settings.templates)
