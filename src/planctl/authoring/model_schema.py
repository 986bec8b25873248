"""What a model of a file says, as JSON Schema (draft 7, which every editor reads), true to how planctl reads YAML.

In: a pydantic model. Out: definitions. A scalar arrives as text, so that a number or a flag is a text too, and a text a
number; what the schema cannot tell (a real day, a known unit) is left to `planctl check`.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from inspect import isclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BeforeValidator, ValidationError

from planctl.forms.fields import FILLED, SCORE, Strict, Written
from planctl.forms.number import plain
from planctl.words import _, in_both

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic.fields import FieldInfo

    from planctl.portfolio.rubric import Level
    from planctl.words import Language

Json: TypeAlias = dict[str, object]

_TEXT = ("string", "number", "boolean")
_ANYTHING = Written(_("a text, not a list or further keys"), "")
_UNMARKED = {bool: Written(_("`true` or `false`"), "true", "true|false")}
"""How kinds of values stand in a file that do not say so themselves."""


class Definitions:
    """The definitions of models, each under a name of its own, as they are referred to.

    `first` is the language that comes first in what editors show; `levels` are suggested where a score is taken.
    """

    def __init__(self, *, first: Language, levels: Sequence[Level] = ()) -> None:
        self.made: dict[str, Json] = {}
        self._names: dict[type[Strict], str] = {}
        self._first = first
        self._levels = levels

    def both(self, message: str, **values: object) -> str:
        """Return a sentence in both languages, in one line."""
        return " / ".join(told.format_map(values) for told in in_both(message, first=self._first))

    def reference(self, model: type[Strict]) -> Json:
        """Return the reference to a model, which is defined from then on; a model may hold itself."""
        if model not in self._names:
            self._names[model] = name = self._free_name(model.__name__)
            self.made[name] = {}
            self.made[name] |= self.mapping(model)
        return {"$ref": f"#/definitions/{self._names[model]}"}

    def _free_name(self, name: str) -> str:
        taken = sum(known.rstrip("0123456789") == name for known in self.made)
        return f"{name}{taken + 1}" if taken else name

    def mapping(self, model: type[Strict]) -> Json:
        """Return what a model says: its keys, which of them are needed, and whether others are welcome."""
        keys = {field.alias or name: field for name, field in model.model_fields.items()}
        needed = [key for key, field in keys.items() if field.is_required()]
        return {
            "type": ["object", "null"] if _may_be_empty(model) else "object",
            "properties": {key: self._property(field) for key, field in keys.items()},
            **({"required": needed} if needed else {}),
            "additionalProperties": model.model_config.get("extra") != "forbid",
        }

    def _property(self, field: FieldInfo) -> Json:
        value = self.value(field.annotation, field.metadata)
        if "$ref" in value:
            value = {"allOf": [value]}  # what stands beside a reference does not count in draft 7
        default = field.default
        if isinstance(default, str) and default:
            value["default"] = int(default) if default.isdecimal() else default
        if field.examples:
            value["examples"] = field.examples
        if not field.description:
            return value
        told = in_both(field.description, first=self._first)
        return {**value, "description": " / ".join(told), "markdownDescription": "\n\n".join(told)}

    def value(self, annotation: Any, metadata: Iterable[object] = ()) -> Json:
        """Return what stands for a value of this kind."""
        marks = tuple(metadata)
        arguments = get_args(annotation)
        match get_origin(annotation):
            case None:
                return self._single(annotation, marks)
            case kind if kind is Annotated:
                return self.value(arguments[0], (*marks, *arguments[1:]))
            case kind if kind in {Union, UnionType}:
                return self._either(arguments, marks)
            case kind if kind is Literal:
                return _one_of(arguments)
            case kind if kind is tuple:
                return _also_alone(self._list(arguments[0], marks), marks, alone=self.value(arguments[0]))
            case _:
                return _also_alone(self._keys(arguments, marks), marks, alone={"type": [*_TEXT]})

    def _single(self, kind: Any, marks: tuple[object, ...]) -> Json:
        if not isclass(kind):
            return {}
        if issubclass(kind, Strict):
            return _also_alone(self.reference(kind), marks, alone={"type": [*_TEXT], "pattern": r"\S"})
        return {"enum": [*kind]} if issubclass(kind, StrEnum) else self._scalar(kind, marks)

    def _either(self, kinds: tuple[Any, ...], marks: tuple[object, ...]) -> Json:
        values = [self.value(kind, marks) for kind in kinds if kind is not NoneType]
        value: Json = values[0] if len(values) == 1 else {"anyOf": [*values]}
        return _or_nothing(value) if NoneType in kinds else value

    def _list(self, kind: Any, marks: tuple[object, ...]) -> Json:
        least = [least for mark in marks if (least := getattr(mark, "min_length", None))]
        return {"type": "array", "items": self.value(kind), **({"minItems": least[0]} if least else {})}

    def _keys(self, kinds: tuple[Any, ...], marks: tuple[object, ...]) -> Json:
        name, kind = kinds
        value = self.value(kind)
        if _is_read_by_itself(marks):
            value = _or_nothing(value)
        written = _mark(Written, get_args(name)[1:])
        names = {"propertyNames": {"pattern": _whole(written.pattern)}} if written and written.pattern else {}
        return {"type": "object", "additionalProperties": value, **names}

    def _scalar(self, kind: type[Any], marks: tuple[object, ...]) -> Json:
        written = _mark(Written, marks) or _UNMARKED.get(kind, _ANYTHING)
        expected = self.both(written.says)
        value: Json = {"type": [*_types(kind, written)], "errorMessage": expected}
        if pattern := _whole(written.pattern) if written.pattern else _not_blank(marks):
            value |= {"pattern": pattern, "patternErrorMessage": expected}
        bounds = {"minimum": written.least, "maximum": written.greatest}
        value |= {name: bound for name, bound in bounds.items() if bound is not None}
        if written is SCORE and self._levels:
            value["defaultSnippets"] = [*self._suggested()]
        return value

    def _suggested(self) -> Iterable[Json]:
        for level in self._levels:
            names = (level.name.mn, level.name.en)
            shown = " / ".join(dict.fromkeys(names if self._first == "mn" else reversed(names)))
            for step in level.values:
                if not step.is_range:
                    body = plain(step.low)
                    yield {"label": f"{body} — {shown}", "body": float(body) if "." in body else int(body)}


def _types(kind: type[Any], written: Written) -> tuple[str, ...]:
    """Return the types that YAML may give what planctl reads as a text; a date alone is nothing but a text."""
    if kind is bool:
        return "boolean", "string"
    if issubclass(kind, date):
        return ("string",)
    if issubclass(kind, str) or written is _ANYTHING:
        samples = {"string": "", "number": "1", "boolean": "true"}
        return tuple(type_ for type_ in _TEXT if not samples[type_] or _fits(samples[type_], written))
    return ("integer" if written.whole else "number"), "string"


def _fits(text: str, written: Written) -> bool:
    return not written.pattern or re.fullmatch(written.pattern, text) is not None


def _not_blank(marks: tuple[object, ...]) -> str:
    return r"\S" if FILLED in marks else ""


def _one_of(choices: tuple[str, ...]) -> Json:
    """Return a choice of words; of digits, which may stand in quotes or without."""
    if not all(choice.isdecimal() for choice in choices):
        return {"enum": [*choices]}
    return {"anyOf": [{"enum": [*map(int, choices)]}, {"type": "string", "pattern": f"^(?:{'|'.join(choices)})$"}]}


def _also_alone(value: Json, marks: tuple[object, ...], *, alone: Json) -> Json:
    """Return what a list or a mapping may be instead, where a function of its own reads it: a value alone."""
    return {"anyOf": [alone, value]} if _is_read_by_itself(marks) else value


def _is_read_by_itself(marks: tuple[object, ...]) -> bool:
    return any(isinstance(mark, BeforeValidator) for mark in marks)


def _or_nothing(value: Json) -> Json:
    """Return what may also be left empty."""
    match value:
        case {"enum": [*choices]}:
            return {**value, "enum": [*choices, None]}
        case {"anyOf": [*kinds]}:
            return {**value, "anyOf": [*kinds, {"type": "null"}]}
        case {"type": [*types]}:
            return {**value, "type": [*types, "null"]}
        case {"type": str(one)}:
            return {**value, "type": [one, "null"]}
        case {"$ref": _}:
            return {"anyOf": [value, {"type": "null"}]}
        case _:
            return value


def _may_be_empty(model: type[Strict]) -> bool:
    """Tell whether a model makes something of nothing, as an entry does whose keys are not filled in yet."""
    try:
        model.model_validate(None)
    except ValidationError:
        return False
    return True


def _mark(kind: type[Any], marks: Iterable[object]) -> Any:
    """Return the last mark of a kind: the nearest to the value's use."""
    return next((mark for mark in reversed(tuple(marks)) if isinstance(mark, kind)), None)


def _whole(pattern: str) -> str:
    return rf"^\s*(?:{pattern})\s*$"
