"""From a plain tree to a typed model, with every misfit as a finding in its place.

In: a `Document` and the pydantic model of its form. Out: the model and the findings. A tree with faults still gives a
model where it can, with the faulty values left out or filled with a placeholder, so that one fault hides no other.
"""

from __future__ import annotations

from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from inspect import isclass
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from planctl.diagnostics import Diagnostic, finding
from planctl.forms.fields import PLACEHOLDER, PLACEHOLDER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from planctl.source.document import Document

T = TypeVar("T")
Loc = tuple[str | int, ...]

_ROUNDS = 5
_OWN_CODES = frozenset(
    {
        "impossible-date",
        "not-a-date",
        "not-a-score",
        "expected-flag",
        "not-a-period",
        "bad-document-id",
        "bad-item-id",
        "unknown-state",
        "evidence-kind",
    }
)
_LIBRARY_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "string_too_short": "empty-value",
    "string_type": "expected-text",
    "string_pattern_mismatch": "unexpected-value",
    "literal_error": "unexpected-value",
    "tuple_type": "expected-list",
    "too_short": "empty-value",
    "dict_type": "expected-mapping",
    "mapping_type": "expected-mapping",
    "model_type": "expected-mapping",
    "model_attributes_type": "expected-mapping",
}


def validate(kind: type[T], document: Document, *, within: Loc = ()) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """Return the value that the tree (or the part of it at `within`) describes, and what does not fit.

    The value is None only where nothing can be made of the tree.
    """
    adapter = _adapter(kind)
    data = _part(document.data, within)
    try:
        return adapter.validate_python(data), ()
    except ValidationError as error:
        faults = error.errors(include_url=False)
    findings = tuple(_finding(fault, document, within=within, kind=kind) for fault in faults)
    return _mended(adapter, deepcopy(data), faults), findings


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(kind)


def _part(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def _mended(adapter: TypeAdapter[T], data: Any, faults: Sequence[ErrorDetails]) -> T | None:
    """Leave out what does not fit, fill in what is then missing, and try again a few times."""
    numbers = count()
    for _ in range(_ROUNDS):
        for fault in faults:
            _mend(data, _steps(data, fault["loc"]), missing=fault["type"] == "missing", number=next(numbers))
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
    return None


def _steps(data: Any, loc: Sequence[str | int]) -> list[str | int]:
    """Drop from a fault's path what names no node: pydantic puts tags and the word for a key's own fault into it."""
    steps: list[str | int] = []
    for at, step in enumerate(loc):
        if isinstance(data, dict) and (step in data or at == len(loc) - 1):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        steps.append(step)
    return steps


def _mend(data: Any, steps: Sequence[str | int], *, missing: bool, number: int) -> None:
    if not steps:
        return
    try:
        holder = _part(data, tuple(steps[:-1]))
    except (KeyError, IndexError, TypeError):
        return
    last = steps[-1]
    if missing and isinstance(holder, dict):
        holder[last] = f"{PLACEHOLDER}{number}" if last not in _PLACEHOLDERS else _PLACEHOLDERS[last]
    elif isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last] = {} if not isinstance(holder[last], dict) else holder[last]


_PLACEHOLDERS: Mapping[Any, Any] = {
    "period": PLACEHOLDER_YEAR,
    "sections": [],
    "decisions": [],
    "clauses": [],
    "items": {},
    "versions": [],
    "levels": [],
    "values": [],
}


def _finding(fault: ErrorDetails, document: Document, *, within: Loc, kind: Any) -> Diagnostic:
    what, loc = fault["type"], (*within, *fault["loc"])
    context = {name: _written(value) for name, value in fault.get("ctx", {}).items()}
    key = str(loc[-1]) if loc else ""
    if what in _OWN_CODES:
        if what == "unknown-state":
            context |= _suggestion(context["text"], fault["ctx"]["choices"])
        return finding(what, document.span_of(loc), key=key, **context)
    code = _LIBRARY_CODES.get(what, "unexpected-value")
    if code == "missing-key":
        return finding(code, document.span_of(loc[:-1]), key=key)
    if code == "unknown-key":
        return finding(code, document.key_span_of(loc), key=key, **_suggestion(key, _known_keys(kind, fault["loc"][:-1])))
    if fault["input"] is None:
        return finding("empty-value", document.span_of(loc), key=key)
    found = fault["input"] if isinstance(fault["input"], str) else ""
    return finding(code, document.span_of(loc), key=key, text=found, expected=context.get("expected", ""))


def _known_keys(kind: Any, loc: Sequence[str | int]) -> tuple[str, ...]:
    """Return the keys that the model at a path knows; the path follows fields, and the members of lists and mappings."""
    model = _model_in(kind)
    for step in loc:
        fields = model.model_fields if model else {}
        named = next((field for name, field in fields.items() if step in {name, field.alias}), None)
        model = _model_in(named.annotation) if named else model
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as `tuple[Clause, ...] | None`."""
    if isclass(annotation) and not get_args(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _written(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _suggestion(word: str, known: Iterable[str]) -> dict[str, str]:
    near = get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return {"suggestion": near[0]} if near else {}
