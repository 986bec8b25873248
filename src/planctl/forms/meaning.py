"""What a value of a file means, so that two ways of writing one thing are the same: `100%` and `100`, `[]` and nothing.

In: a model. Out: a `Meaning` for it and for everything below, which reads single values as the model would.
"""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from planctl.forms.fields import Strict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo


@dataclass(frozen=True, eq=False)
class Meaning:
    """How a value is read. `default` is what it means to leave it out."""

    annotation: Any = Any
    marks: tuple[Any, ...] = ()
    default: Any = None

    def of(self, value: object) -> object:
        """Return what a value means; one that does not fit means what is written."""
        if value is None:
            return self.default
        try:
            return self._adapter.validate_python(value)
        except ValidationError:
            return value

    def below(self, step: str | int) -> Meaning:
        """Return how the value under a key or index is read; as it is written where the model knows nothing of it."""
        return self.entries or self.keys.get(str(step), UNKNOWN)

    @cached_property
    def keys(self) -> Mapping[str, Meaning]:
        """How the values under a model's own keys are read."""
        kind = self.kind
        return _of_model(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else {}

    @cached_property
    def entries(self) -> Meaning | None:
        """How each entry is read, of a list or of a mapping whose keys are the author's own."""
        origin, parts = get_origin(self.kind), get_args(self.kind)
        return Meaning(parts[-1] if origin is dict else parts[0]) if origin in {tuple, list, dict} and parts else None

    @cached_property
    def kind(self) -> Any:
        """The annotation without its marks; of a union (`tuple[Clause, ...] | None`) the member that holds others."""
        kind = _bare(self.annotation)
        if get_origin(kind) in {None, tuple, list, dict}:
            return kind
        members = map(Meaning, get_args(kind))
        return next((one.kind for one in members if one.keys or one.entries), None)

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        kind: Any = Annotated[self.annotation, *self.marks] if self.marks else self.annotation
        bare = _bare(kind)
        has_rules_of_its_own = isinstance(bare, type) and (issubclass(bare, BaseModel) or is_dataclass(bare))
        return TypeAdapter(kind) if has_rules_of_its_own else TypeAdapter(kind, config=Strict.model_config)


UNKNOWN = Meaning()


@cache
def meaning_of(model: type[BaseModel]) -> Meaning:
    """Return how a model, and everything below it, is read."""
    return Meaning(model)


def _bare(annotation: Any) -> Any:
    """Return an annotation without its marks."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


@cache
def _of_model(model: type[BaseModel]) -> Mapping[str, Meaning]:
    return MappingProxyType({info.alias or name: _of_field(info) for name, info in model.model_fields.items()})


def _of_field(info: FieldInfo) -> Meaning:
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return Meaning(info.annotation, tuple(info.metadata), default)
