"""The surroundings are wrong: no project, no permission, no template; one sentence, ready for translation."""

from __future__ import annotations

from planctl.words import _  # noqa: F401


class PlanctlError(Exception):
    """Something outside the plans keeps planctl from working.

    `message` is an English sentence with blanks in braces and the id of its translation; `values` fill the blanks.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = {name: str(value) for name, value in values.items()}

    def __str__(self) -> str:
        return self.message.format_map(self.values)
