"""Which findings `planctl check` shows and counts: `--select` and `--ignore`, by code or by weight.

What keeps a file from being read is never left unselected: nobody knows what else would be found in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planctl.codes import CODES, reading, rendering
from planctl.diagnostics import Severity
from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.diagnostics import Diagnostic

ERROR = Severity.ERROR.value
_UNREADABLE = frozenset(code.name for code in reading.CODES if code.severity == ERROR)
_FOUND_BY_CHECK = {name: code for name, code in CODES.items() if code not in rendering.CODES}
"""Templates are tried by `planctl template check` and by builds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Codes and weights: those that are wanted (none means all) and those that are not."""

    selected: frozenset[str]
    ignored: frozenset[str]

    def has(self, found: Diagnostic) -> bool:
        """Tell whether a finding is shown and counts."""
        return self._takes(found.code, found.severity.value)

    def _takes(self, code: str, severity: str) -> bool:
        is_selected = not self.selected or bool(self.selected & {code, severity}) or code in _UNREADABLE
        return is_selected and not self.ignored & {code, severity}

    def refuse_nothing(self, severities: Mapping[str, str]) -> None:
        """Raise PlanctlError where no check is left: that nothing is found then says nothing."""
        for name, code in _FOUND_BY_CHECK.items():
            weight = code.severity if code.severity == ERROR else severities.get(name, code.severity)
            is_wanted = not self.selected or bool(self.selected & {name, weight})
            if weight != "off" and is_wanted and not self.ignored & {name, weight}:
                return
        raise PlanctlError(_("no check is left: what --select and --ignore leave of the codes is none that is checked"))


def choice_of(select: Sequence[str], ignore: Sequence[str]) -> Choice:
    """Return what the options say; PlanctlError where a word is neither a code nor a weight, or none is there."""
    return Choice(_words(select, "--select"), _words(ignore, "--ignore"))


def _words(given: Iterable[str], option: str) -> frozenset[str]:
    words = [word.strip() for text in given for word in text.split(",")]
    known = [*Severity, *CODES]
    for word in words:
        if word in known:
            continue
        if not word:
            raise PlanctlError(_("{option} names nothing; write codes, `error` or `warning`"), option=option)
        if near := get_close_matches(word, known, n=3, cutoff=0.5):
            raise PlanctlError(
                _("{option}: there is no code “{code}”; near it are: {near}"),
                option=option,
                code=word,
                near=", ".join(near),
            )
        raise PlanctlError(_("{option}: there is no code “{code}”"), option=option, code=word)
    return frozenset(words)
