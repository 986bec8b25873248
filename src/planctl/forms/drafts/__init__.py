"""The register of ways back: for each form that papers are taken in of, a file here that has its name.

Its `draft` makes a plan and its actuals of an office's own paper. It is imported when it is asked for: nothing but an
import needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from planctl.forms.paper import Draft, Paper

Drafts: TypeAlias = Callable[["Paper"], "Draft"]


class _Drafts(Mapping[str, Drafts]):
    """Ways back by the name of their form, each the `draft` of the file that has its name."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Drafts:
        if name not in self._names:
            raise KeyError(name)
        draft: Drafts = import_module(f"{__name__}.{name.replace('-', '_')}").draft
        return draft

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


DRAFTS: Mapping[str, Drafts] = _Drafts("resolutions", "action-plan", "performance-plan", "programme", "strategy")
