"""The register of document forms: one file here for each; to add one, write it and add its name to FORMS.

A form's file is imported when that form is asked for: its models take longer to make than a short plan to check, and
most projects have one form or two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.forms.form import Form


class _Forms(Mapping[str, "Form"]):
    """Forms by name, each the FORM of the file that has its name."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Form:
        if name not in self._names:
            raise KeyError(name)
        form: Form = import_module(f"{__name__}.{name.replace('-', '_')}").FORM
        return form

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


FORMS: Mapping[str, Form] = _Forms("resolutions", "action-plan", "performance-plan", "programme", "strategy")
