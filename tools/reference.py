"""Write the YAML reference of the README from the models, so that the two never differ.

python tools/reference.py            put it between the README's reference marks
python tools/reference.py --check    exit 1 where the README is not current
"""

from __future__ import annotations

import argparse
import sys
from enum import StrEnum
from inspect import isclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from planctl.forms import FORMS, fields
from planctl.forms.actuals import ActualsModel
from planctl.forms.approval import ApprovalFile
from planctl.forms.indicators import Weight
from planctl.forms.period import Period
from planctl.forms.timing import Timing
from planctl.portfolio.accepted import AcceptedFile
from planctl.portfolio.rubric import RubricFile, Step
from planctl.portfolio.settings import Settings
from planctl.rollup.list import RollupFile

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- reference -->\n", "<!-- /reference -->\n"
KINDS: dict[Any, str] = {
    fields.Date: "date",
    fields.Score: "per cent",
    fields.Flag: "true or false",
    fields.ReportedPeriod: "period",
    Period: "period",
    Timing: "time",
    Weight: "number",
    Step: "per cent, or a range of them",
    int: "whole number",
}


def reference() -> str:
    """Return the reference as Markdown: a table for each file and each part of it."""
    files: list[tuple[str, type[BaseModel]]] = [("planctl.yaml", Settings)]
    files += [(f"A plan of the form `{form.name}`", form.plan) for form in FORMS.values()]
    files += [("Actuals", ActualsModel)]
    files += [(f"An entry under `items:` (form `{form.name}`)", form.entry) for form in FORMS.values()]
    files += [("A rubric file in `rubrics/`", RubricFile), ("An approval in `approvals/`", ApprovalFile)]
    files += [("accepted.yaml", AcceptedFile), ("A list of organisations for `planctl rollup`", RollupFile)]
    told: set[type[BaseModel]] = set()
    return "\n".join(line for title, model in files for line in _file(title, model, told))


def _file(title: str, model: type[BaseModel], told: set[type[BaseModel]]) -> Iterator[str]:
    """Return the tables of a file and of its parts, but for parts that another file told of."""
    yield f"\n### {title}\n"
    waiting = [model]
    for part in waiting:
        told.add(part)
        if part is not model:
            yield f"\n{_name(part)}:\n"
        yield from _table(part)
        waiting += [inner for inner in dict.fromkeys(_inner_models(part)) if inner not in told and inner not in waiting]


def _table(model: type[BaseModel]) -> Iterator[str]:
    yield "| key | takes | |"
    yield "|---|---|---|"
    for name, field in model.model_fields.items():
        needed = "**needed.** " if field.is_required() else ""
        takes = _takes(field.annotation, field.metadata)
        yield f"| `{field.alias or name}` | {takes} | {needed}{field.description or ''} |"


def _inner_models(model: type[BaseModel]) -> list[type[BaseModel]]:
    return [inner for field in model.model_fields.values() for inner in _models(field.annotation)]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isclass(annotation) and not get_args(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _name(model: type[BaseModel]) -> str:
    return f"*{model.__name__}* — {(model.__doc__ or '').split(chr(10), 1)[0].split('. ')[0].rstrip('.')}"


def _takes(annotation: Any, metadata: list[Any]) -> str:  # noqa: PLR0911  # a table of kinds
    arguments = [part for part in get_args(annotation) if part is not type(None)]
    origin = getattr(annotation, "__origin__", None)
    if annotation in KINDS:
        return KINDS[annotation]
    if isclass(annotation) and issubclass(annotation, StrEnum):
        return ", ".join(f"`{value}`" for value in annotation)
    if origin is tuple:
        return f"list of {_takes(arguments[0], [])}"
    if origin is dict and arguments[1] is Any:
        return "keys, each with an entry"
    if origin is dict:
        return f"keys, each with {_takes(arguments[1], [])}"
    if arguments and all(isinstance(part, str) for part in arguments):
        return ", ".join(f"`{part}`" for part in arguments)
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return f"*{annotation.__name__}*"
    if arguments:
        return _takes(arguments[0], metadata)
    return {"date": "date", "Decimal": "per cent", "bool": "true or false"}.get(
        getattr(annotation, "__name__", ""), "text"
    )


def current(text: str) -> str:
    """Return the README with the reference in its place."""
    head, rest = text.split(BEGIN, 1)
    _old, tail = rest.split(END, 1)
    return f"{head}{BEGIN}{reference()}\n{END}{tail}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true")
    text = README.read_text(encoding="utf-8")
    if parser.parse_args().check:
        sys.exit(current(text) != text)
    README.write_text(current(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
