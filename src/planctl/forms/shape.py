"""What a model says of the tree it is read from: the keys in the order of writing, and which values are addresses.

In: the model of a plan, of actuals, of settings or of a scale. Out: its `Shape`, for those who rewrite files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from planctl.forms.fields import ADDRESS, After

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic.fields import FieldInfo

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A value as a model describes it: `keys` are those of a mapping, in the order in which they are written.

    `entries` is the shape of each entry, of a list or of a mapping whose keys are the author's own.
    """

    keys: Mapping[str, Shape] = field(default_factory=dict)
    entries: Shape | None = None
    is_address: bool = False

    def below(self, step: str | int) -> Shape:
        """Return the shape of what stands under a key or index; an empty one where the model knows nothing of it."""
        return self.entries or self.keys.get(str(step)) or UNKNOWN


UNKNOWN = Shape()


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """Return the shape of a model, by the keys that stand in files."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    order = list(fields)
    for key, info in fields.items():
        for mark in info.metadata:
            if isinstance(mark, After):
                order.remove(key)
                order.insert(order.index(mark.key) + 1, key)
    return Shape(keys=MappingProxyType({key: _of_field(fields[key]) for key in order}))


def addresses(shape: Shape, data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield the place and the text of every value in a tree that is the address of an item."""
    if isinstance(data, str):
        if _takes_address(shape.entries or shape):
            yield loc, data
    elif isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from addresses(shape.below(step), value, (*loc, step))


def _takes_address(shape: Shape) -> bool:
    """Tell whether a text alone is an address here: its own, or the first value of the mapping that it stands for."""
    return shape.is_address or next((first.is_address for first in shape.keys.values()), False)


def _of_field(info: FieldInfo) -> Shape:
    return _of_annotation(info.annotation, info.metadata)


def _of_annotation(annotation: Any, marks: Sequence[Any]) -> Shape:
    if ADDRESS in marks:
        return Shape(is_address=True)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_annotation(parts[0], parts[1:])
    if origin in {tuple, list, dict}:
        of_entries = parts[1] if origin is dict else parts[0]
        return Shape(entries=_of_annotation(of_entries, ()))
    if origin is None:
        is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
        return shape_of(annotation) if is_model else UNKNOWN
    # A union, such as `tuple[Clause, ...] | None`: its only member that says something.
    return next((shape for part in parts if (shape := _of_annotation(part, ())) != UNKNOWN), UNKNOWN)
