"""From a plain tree to a typed model, with every misfit as a finding in its place.

In: a `Document` and the pydantic model of its form. Out: the model and the findings. A tree with faults still gives a
model where it can, with the faulty values left out or filled with a placeholder, so that one fault hides no other.
"""

from __future__ import annotations

import re
from copy import deepcopy
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from inspect import isclass
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.forms.fields import CONTROLS, NO_ESCAPES, PLACEHOLDER, PLACEHOLDER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from planctl.source.document import Document

T = TypeVar("T", bound=BaseModel)
Loc = tuple[str | int, ...]

_MOST_ROUNDS = 50
"""Each round mends all that the one before it brought to light; the innermost place is mended first."""

_KEY_ITSELF = "[key]"
"""Ends the path of a fault that lies in a mapping's key."""

_OWN_CODES = frozenset(
    {
        "impossible-date",
        "not-a-date",
        "not-a-score",
        "expected-flag",
        "not-a-period",
        "not-a-year",
        "not-a-count",
        "not-a-timing",
        "not-a-weight",
        "bad-document-id",
        "bad-item-id",
        "unknown-state",
        "unexpected-value",
        "evidence-kind",
        "empty-value",
        "control-character",
    }
)
_LIBRARY_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "too_short": "empty-value",
    "tuple_type": "expected-list",
    "dict_type": "expected-mapping",
    "mapping_type": "expected-mapping",
    "model_type": "expected-mapping",
    "model_attributes_type": "expected-mapping",
}

_PLACEHOLDERS: Mapping[str | int, Any] = {
    "planctl": "1",
    "period": PLACEHOLDER_YEAR,
    "sections": [],
    "decisions": [],
    "clauses": [],
    "measures": [],
    "goals": [],
    "objectives": [],
    "year": PLACEHOLDER_YEAR,
    "years": {"first": PLACEHOLDER_YEAR, "last": PLACEHOLDER_YEAR},
    "first": PLACEHOLDER_YEAR,
    "last": PLACEHOLDER_YEAR,
    "every": "year",
}
"""What stands for a missing key that takes no text."""


def validate(kind: type[T], document: Document) -> tuple[T | None, tuple[Diagnostic, ...]]:
    """Return the value that the tree describes, and what does not fit.

    The value is None only where nothing can be made of the tree.
    """
    adapter: TypeAdapter[T] = _adapter(kind)
    try:
        return adapter.validate_python(document.data, context=_context_of(document)), ()
    except ValidationError as error:
        mending = _Mending(kind, document)
        return mending.mended(adapter, error), tuple(mending.findings)


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(kind)


def _context_of(document: Document) -> str | None:
    """Return the context that tells whether a value may hold what only an escape can bring into it."""
    return None if "\\" in document.page.text else NO_ESCAPES


class _LeftOut:
    """Stands in a list where an entry does not fit, so that the places of the others stay what they are."""


_LEFT_OUT = _LeftOut()


class _Mending:
    """A tree on its way to something that fits: in each round what does not is reported, and left out or filled in.

    `_touched` are the places where something was left out or filled in, so that a fault there is only what came of it;
    `_above` are all that hold such a place. A misspelt key is read as what it seems to mean; `_spelt` holds how the
    author wrote it.
    """

    def __init__(self, kind: type[BaseModel], document: Document) -> None:
        self.findings: list[Diagnostic] = []
        self._kind = kind
        self._document = document
        self._data: Any = _without_left_out(document.data)
        self._touched: set[Loc] = set()
        self._above: set[Loc] = set()
        self._spelt: dict[Loc, str] = {}

    def mended(self, adapter: TypeAdapter[T], error: ValidationError) -> T | None:
        for _round in range(_MOST_ROUNDS):
            for loc, fault in self._in_place(error.errors(include_url=False)):
                self._mend(loc, fault)
            if self._data is _LEFT_OUT:
                return None
            try:
                return adapter.validate_python(_without_left_out(self._data), context=_context_of(self._document))
            except ValidationError as again:
                error = again
        return None

    def _in_place(self, faults: Sequence[ErrorDetails]) -> Iterator[tuple[Loc, ErrorDetails]]:
        """Yield the faults, misspelt keys first, with their paths in the tree that still has what was left out."""
        kept: dict[int, list[int]] = {}
        order = {"extra_forbidden": 0, "too_short": 2}
        placed = [(self._loc(fault["loc"], kept), fault) for fault in faults]
        yield from sorted(placed, key=lambda pair: order.get(pair[1]["type"], 1))

    def _loc(self, loc: Loc, kept: dict[int, list[int]]) -> Loc:
        """Return a path as it was before anything was left out; `kept` remembers the lists that were looked through."""
        node, steps = self._data, list[str | int]()
        for step in loc:
            if isinstance(node, list) and isinstance(step, int):
                if id(node) not in kept:
                    kept[id(node)] = [at for at, one in enumerate(node) if one is not _LEFT_OUT]
                steps.append(kept[id(node)][step])
            else:
                steps.append(step)
            node = _child(node, steps[-1])
        return tuple(steps)

    def _mend(self, loc: Loc, fault: ErrorDetails) -> None:
        """Report the fault unless it came of an earlier mending, and mend it."""
        what, holder = fault["type"], _at(self._data, loc[:-1])
        if what == "missing" and isinstance(holder, dict) and loc[-1] in holder:
            return
        meant = self._meant(loc) if what == "extra_forbidden" else ""
        if not self._came_of_mending(loc, what):
            self.findings.append(self._finding(loc, fault, meant))
        if what == "missing" and isinstance(holder, dict):
            self._fill_in(loc, holder)
        elif what == "extra_forbidden" and isinstance(holder, dict):
            self._respell(loc, holder, meant)
        else:
            self._leave_out(_of_the_value(loc))

    def _came_of_mending(self, loc: Loc, what: str) -> bool:
        """Tell whether something was left out or filled in here, or below where a fault is about what is below."""
        if any(loc[:length] in self._touched for length in range(len(loc) + 1)):
            return True
        return what in {"evidence-kind", "too_short"} and loc in self._above

    def _touch(self, loc: Loc) -> None:
        self._touched.add(loc)
        self._above.update(loc[:length] for length in range(len(loc)))

    def _fill_in(self, loc: Loc, holder: dict[Any, Any]) -> None:
        """Put something in the place of a missing value: a text that occurs nowhere else, or an empty list."""
        self._touch(loc)
        holder[loc[-1]] = deepcopy(_PLACEHOLDERS.get(loc[-1], f"{PLACEHOLDER}{len(self._touched)}"))

    def _respell(self, loc: Loc, holder: dict[Any, Any], meant: str) -> None:
        """Read a misspelt key as what it seems to mean, or leave it out."""
        written = str(loc[-1])
        value = holder.pop(written)
        if meant and meant not in holder:
            holder[meant] = value
            self._spelt[*loc[:-1], meant] = written

    def _leave_out(self, loc: Loc) -> None:
        """Leave out a value that does not fit; what was filled in and still does not fit takes its holder along."""
        while loc in self._touched and loc:
            loc = loc[:-1]
        self._touch(loc)
        holder = _at(self._data, loc[:-1])
        if not loc:
            self._data = _LEFT_OUT
        elif isinstance(holder, list) and isinstance(loc[-1], int):
            holder[loc[-1]] = _LEFT_OUT
        elif isinstance(holder, dict):
            holder.pop(loc[-1], None)

    # The finding

    def _finding(self, loc: Loc, fault: ErrorDetails, meant: str) -> Diagnostic:
        code = _code_of(fault)
        if code == "unknown-key":
            return finding(code, self._span(code, loc), **self._values_of_unknown(loc, fault, meant))
        return finding(code, self._span(code, loc), **self._values(code, fault, key=_key_of(loc)))

    def _span(self, code: str, loc: Loc) -> Span:
        value = _of_the_value(loc)
        written = tuple(self._spelt.get(value[: at + 1], step) for at, step in enumerate(value))
        if code == "missing-key":
            return self._document.span_of(written[:-1])
        if code == "unknown-key" or value != loc:
            return self._document.key_span_of(written)
        return self._document.span_of(written)

    def _values_of_unknown(self, loc: Loc, fault: ErrorDetails, meant: str) -> dict[str, str]:
        key = _key_of(loc)
        if fault["input"] is None and not meant and self._stands_behind_a_comma(loc):
            return {"key": key, "after": key}
        return {"key": key, "suggestion": meant} if meant else {"key": key}

    def _values(self, code: str, fault: ErrorDetails, *, key: str) -> dict[str, str]:  # noqa: PLR0911  # an arm for each kind
        given, context = fault["input"], fault.get("ctx", {})
        text = given if isinstance(given, str) else "…"
        match code:
            case "expected-list":
                return {"key": key, "text": text}
            case "unexpected-value" if "expected" in context:
                return {"key": key, "text": text, "expected": _in_our_words(str(context["expected"]))}
            case "unexpected-value":
                return {"key": key, "text": text}
            case "control-character":
                return {"character": " ".join(f"U+{ord(sign):04X}" for sign in re.findall(f"[{CONTROLS}]", text))}
            case "unknown-state":
                choices = [str(choice) for choice in context["choices"]]
                return {"key": key, "text": text, "choices": ", ".join(choices), **_suggestion(text, choices)}
            case _ if fault["type"] in _OWN_CODES:
                return {"key": key, **{name: str(value) for name, value in context.items()}}
            case _:
                return {"key": key}

    def _stands_behind_a_comma(self, loc: Loc) -> bool:
        """Tell whether a key without a value is the rest of one that a comma inside braces ended: `{reached: 9,2}`."""
        at = self._span("unknown-key", loc).line
        line = self._lines[at - 1] if at <= len(self._lines) else ""  # behind a `?` that ends a file there is no line
        return re.search(rf",\s*{re.escape(str(loc[-1]))}\s*[,}}]", line) is not None

    @cached_property
    def _lines(self) -> list[str]:
        return self._document.text.split("\n")

    def _meant(self, loc: Loc) -> str:
        """Return the key that a misspelt one seems to mean, or "" where none is near."""
        return _suggestion(str(loc[-1]), _known_keys(self._kind, loc[:-1])).get("suggestion", "")


def _code_of(fault: ErrorDetails) -> str:
    what, given = fault["type"], fault["input"]
    if what in {"missing", "extra_forbidden"} or what in _OWN_CODES:
        return _LIBRARY_CODES.get(what, what)
    if given is None:
        return "empty-value"
    if what in _LIBRARY_CODES:
        return _LIBRARY_CODES[what]
    return "expected-text" if isinstance(given, list | dict) else "unexpected-value"


def _key_of(loc: Loc) -> str:
    """Return the key that a fault is about: of an entry of a list that of the list."""
    return next((step for step in reversed(_of_the_value(loc)) if isinstance(step, str)), "")


def _of_the_value(loc: Loc) -> Loc:
    return loc[:-1] if loc and loc[-1] == _KEY_ITSELF else loc


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(node, list) and isinstance(step, int) else None


def _at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = _child(data, step)
    return data


def _without_left_out(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_left_out(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_without_left_out(value) for value in data if value is not _LEFT_OUT]
    return data


def _in_our_words(expected: str) -> str:
    """Return `0, 1, 2` for the library's English `'0', '1' or '2'`."""
    return ", ".join(re.findall("'([^']*)'", expected)) or expected


def _known_keys(kind: type[BaseModel], loc: Sequence[str | int]) -> tuple[str, ...]:
    """Return the keys of the model at a path, which follows fields and the members of lists and mappings."""
    model: type[BaseModel] | None = kind
    for step in loc:
        fields = _fields(model) if model else {}
        model = fields[step] if isinstance(step, str) and step in fields else model
    return tuple(_fields(model)) if model else ()


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, type[BaseModel] | None]:
    """Return the keys of a model, each with the model of what stands there."""
    return {field.alias or name: _model_in(field.annotation) for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as `tuple[Clause, ...] | None`."""
    if isclass(annotation) and not get_args(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _suggestion(word: str, known: Iterable[str]) -> dict[str, str]:
    near = _nearest(word, tuple(known))
    return {"suggestion": near} if near else {}


@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the known word nearest to one, or ""; the same slip is often made in every entry of a file."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")


# What the author wrote, whether it fits or not


def words_in(data: Any) -> Iterator[str]:
    """Yield every key and every text of a tree."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from words_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from words_in(value)
