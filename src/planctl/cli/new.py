"""`planctl new`: a plan, a scale or a list of organisations to begin with: every key with what it is for."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from planctl.cli import console
from planctl.errors import PlanctlError
from planctl.forms import FORMS
from planctl.words import _

RUBRIC, ROLLUP = "rubric", "rollup"
KINDS = (*FORMS, RUBRIC, ROLLUP)
_LIST = "organisations"


def run(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="FORM", help=_("The form of the plan; `rubric` for a scale, `rollup` for a list of organisations.")
        ),
    ],
    id_: Annotated[
        str, typer.Argument(metavar="ID", help=_("The id of the new document; by default the form's name."))
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help=_("The file to write; by default in plans/, for a scale in rubrics/, and for a list here.")
        ),
    ] = None,
) -> None:
    """Write the file; nothing is overwritten, and an id that is taken is refused."""
    from planctl.cli.editors import modeline  # noqa: PLC0415  # the help needs none of it
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    if kind not in KINDS:
        raise _unknown(kind)
    if kind == ROLLUP:
        _require_good(id_ or _LIST)
        _write_list(out or Path(f"{id_ or _LIST}.yaml"))
        return
    name = id_ or (kind if kind in FORMS else "own")
    _require_good(name)
    root = find_root(out.absolute().parent if out else Path())
    target = out or root / ("plans" if kind in FORMS else "rubrics") / f"{name}.yaml"
    shown = out.as_posix() if out else console.PathNames(root).of(target.relative_to(root).as_posix())
    if target.exists():
        raise PlanctlError(_("{path} is there already; nothing was written"), path=shown)
    _require_free(kind, name, root)
    replace_file(target, f"{modeline(root, target)}{_text(kind, name)}".encode())
    console.say(_("wrote {path}; fill it in, and `planctl check` says what is missing"), path=shown)


def _write_list(target: Path) -> None:
    """Write a list of organisations, which belongs to no project."""
    from planctl.authoring.blank import blank  # noqa: PLC0415  # the help needs none of it
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.rollup.list import RollupFile  # noqa: PLC0415

    shown = target.as_posix()
    if target.exists():
        raise PlanctlError(_("{path} is there already; nothing was written"), path=shown)
    text = blank(RollupFile, {"rollup": "1"}, year=_this_year(), asked={"path"})
    replace_file(target, text.encode())
    console.say(_("wrote {path}; fill it in, and `planctl rollup` brings its organisations together"), path=shown)


def _text(kind: str, name: str) -> str:
    from planctl.authoring.blank import blank_plan, blank_rubric  # noqa: PLC0415

    year = _this_year()
    return blank_plan(FORMS[kind], name, year=year) if kind in FORMS else blank_rubric(name, year=year)


def _this_year() -> int:
    return datetime.now(UTC).astimezone().year


def _unknown(kind: str) -> PlanctlError:
    if near := get_close_matches(kind, KINDS, n=1, cutoff=0.5):
        return PlanctlError(_("there is no form “{form}”; did you mean “{near}”?"), form=kind, near=near[0])
    return PlanctlError(_("there is no form “{form}”; there are: {known}"), form=kind, known=", ".join(KINDS))


def _require_good(name: str) -> None:
    """Refuse an id that the check would refuse."""
    from planctl.forms.fields import is_document_id  # noqa: PLC0415

    if not is_document_id(name):
        raise PlanctlError(_("“{id}” cannot be an id: it takes letters, digits, `_`, `-` and `.`"), id=name)


def _require_free(kind: str, name: str, root: Path) -> None:
    """Refuse an id that another document of the project has; capitals make no difference, as in files' names."""
    from planctl.pipeline import load  # noqa: PLC0415

    portfolio = load(root).portfolio
    paths = {id_: one.document.path for id_, one in portfolio.plans.items()}
    if kind not in FORMS:
        paths = {id_: one.path for id_, one in portfolio.rubrics.items() if not one.path.startswith("planctl:")}
    taken = {id_.casefold(): path for id_, path in paths.items()}
    if path := taken.get(name.casefold()):
        raise PlanctlError(_("the id “{id}” is that of {path}; name another one"), id=name, path=path)
