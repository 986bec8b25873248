"""A file to begin with: every key of its model with what it is for; those that may be left out as remarks.

In: the model of a kind of file. Out: its YAML. `___` stands where the author is to write; the check of texts finds it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from inspect import isclass
from textwrap import wrap
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from planctl.forms.fields import DATE, ITEM_ID, PERIOD, YEAR, Strict, Written
from planctl.portfolio.rubric import RubricFile
from planctl.words import _, said, translated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from planctl.forms.form import Form

BLANK = "___"
WIDTH = 100

_PLAIN = re.compile(r"[^\W_][\w .,/-]*|___")


def blank_plan(form: Form, id_: str, *, year: int) -> str:
    """Return a plan of a form to begin with; `year` stands where one is needed."""
    return blank(form.plan, {"form": form.name, "id": id_}, year=year)


def blank_rubric(name: str, *, year: int) -> str:
    """Return a scale to begin with."""
    return blank(RubricFile, {"rubric": name}, year=year)


def blank(model: type[Strict], given: Mapping[str, str], *, year: int, asked: Collection[str] = ()) -> str:
    """Return a file of this model to begin with, in which the given keys are filled in.

    `asked` are keys that are to be written although they may be left out.
    """
    begin = said(_("Write where `{blank}` stands. Keys behind a # may be left out."), {"blank": BLANK})
    return "\n".join([*_remarks(begin), *_Writer(year, asked).mapping(model, given, ())]) + "\n"


class _Writer:
    """Writes one file. It remembers which items' ids it has given, and which models it has told of."""

    def __init__(self, year: int, asked: Collection[str]) -> None:
        self._year = year
        self._asked = asked
        self._items: dict[str, int] = {}
        self._told: set[type[Strict]] = set()

    def mapping(self, model: type[Strict], given: Mapping[str, str], within: tuple[type[Strict], ...]) -> list[str]:
        """Return the keys of a model, each below what it is for; within another the needed ones come first.

        Where the model stands a second time its needed keys are enough.
        """
        keys = {field.alias or name: field for name, field in model.model_fields.items()}
        needed = [key for key, field in keys.items() if field.is_required() or key in self._asked] or [*keys][:1]
        told = model in self._told
        self._told.add(model)
        lines: list[str] = []
        for key in sorted(needed if told else keys, key=lambda key: within != () and key not in needed):
            block = self._key(key, keys[key], given.get(key), (*within, model))
            lines += () if told else _remarks(translated(keys[key].description or ""))
            lines += block if key in needed else (f"#{line}" for line in block)
        return lines

    def _key(self, key: str, field: FieldInfo, given: str | None, within: tuple[type[Strict], ...]) -> list[str]:
        if given is not None:
            return [f"{key}: {_quoted(given)}"]
        if field.examples:
            return [f"{key}: {_quoted(str(field.examples[0]))}"]
        if isinstance(field.default, str | int) and field.default != "":
            default = str(field.default)
            return [f"{key}: {_quoted(default.lower() if isinstance(field.default, bool) else default)}"]
        return self._value(f"{key}:", field.annotation, field.metadata, within)

    def _value(self, head: str, kind: Any, marks: Iterable[object], within: tuple[type[Strict], ...]) -> list[str]:
        """Return a value behind its head, or below it."""
        kind, found = _bare(kind, tuple(marks))
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is tuple:
            return self._list(head, arguments[0], within)
        if origin is dict:
            return self._keys(head, arguments[1], within)
        if isclass(kind) and issubclass(kind, Strict):
            return [head, *_indented(self.mapping(kind, {}, within))] if kind not in within else [f"{head} {{}}"]
        return [f"{head} {_quoted(self._example(kind, found, within))}"]

    def _list(self, head: str, kind: Any, within: tuple[type[Strict], ...]) -> list[str]:
        kind, marks = _bare(kind, ())
        if not (isclass(kind) and issubclass(kind, Strict)):
            return [f"{head} [{_quoted(self._example(kind, marks, within))}]"]
        if kind in within:
            return [f"{head} []"]
        lines = self.mapping(kind, {}, within)
        first = next(at for at, line in enumerate(lines) if not line.startswith("#"))
        entry = [*lines[:first], f"- {lines[first]}", *_indented(lines[first + 1 :])]
        return [head, *_indented(entry)]

    def _keys(self, head: str, kind: Any, within: tuple[type[Strict], ...]) -> list[str]:
        kind, _marks = _bare(kind, ())
        if not (isclass(kind) and issubclass(kind, Strict)) or kind in within:
            return [f"{head} {{}}"]
        return [head, *_indented([f'"{BLANK}":', *_indented(self.mapping(kind, {}, within))])]

    def _example(self, kind: Any, marks: tuple[object, ...], within: tuple[type[Strict], ...]) -> str:
        written = next((mark for mark in reversed(marks) if isinstance(mark, Written)), None)
        if written is ITEM_ID:
            name = within[-1].__name__.casefold()
            self._items[name] = self._items.get(name, 0) + 1
            return f"{name}-{self._items[name]}"
        if written in {YEAR, PERIOD}:
            return str(self._year)
        if written is DATE:
            return f"{self._year}-12-25"
        if written:
            return written.example
        if get_origin(kind) is Literal:
            return str(get_args(kind)[0])
        return str(next(iter(kind))) if isclass(kind) and issubclass(kind, StrEnum) else BLANK


def _bare(kind: Any, marks: tuple[object, ...]) -> tuple[Any, tuple[object, ...]]:
    """Return what an annotation is of, the first of several kinds, with the marks on it."""
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            marks = (*marks, *more)
        elif get_origin(kind) in {Union, UnionType}:
            kind = next(one for one in get_args(kind) if one is not NoneType)
        else:
            return kind, marks


def _remarks(text: str) -> Iterator[str]:
    yield from (f"# {line}" for line in wrap(text, WIDTH))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines)


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else f'"{text}"'
