"""What comes of office files: the texts of new files, what became of every text, and what a check finds in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.importer.headings import Wanted
from planctl.importer.uses import Use

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.authoring.drafted import Drafted
    from planctl.diagnostics import Diagnostic
    from planctl.errors import PlanctlError
    from planctl.forms.paper import Paper
    from planctl.importer.recognition import Reading
    from planctl.importer.uses import Used
    from planctl.place import Place


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a text of the file: what it was taken for, and where in the project it stands now."""

    used: Used
    use: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One office file: what was read, and the files that come of it by their paths in the project.

    `items` is how many items there are. `refusal` says in a line why nothing came of the file.
    """

    name: str
    reading: Reading | None = None
    paper: Paper | None = None
    drafted: Drafted | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    fates: tuple[Fate, ...] = ()
    items: int = 0
    refusal: PlanctlError | None = None

    @property
    def left(self) -> tuple[Fate, ...]:
        """The texts that stand nowhere."""
        return tuple(fate for fate in self.fates if fate.use == Use.LEFT)

    @property
    def uses(self) -> Mapping[str, int]:
        """How many texts were taken for what."""
        return Counter(fate.use for fate in self.fates)

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The headings that the form has no field for: the office's own fields."""
        made = self.drafted
        origins = (*made.plan_origins, *made.entry_origins) if made else ()
        return tuple(dict.fromkeys(str(loc[-1]) for loc in origins if len(loc) > 1 and loc[-2] == "extra"))

    @property
    def signs(self) -> int:
        """The characters in the file, without spaces."""
        return self.reading.file.signs if self.reading else 0

    @property
    def signs_left(self) -> int:
        """The characters that stand nowhere."""
        return sum(len("".join(fate.used.text.split())) for fate in self.left)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in a file that is new, and the place in the office file that it comes from."""

    diagnostic: Diagnostic
    file: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """All the files of one run. `files` are the texts to write, by their paths in the project."""

    root: Path
    incoming: tuple[Incoming, ...]
    files: Mapping[str, str]
    findings: tuple[Found, ...]
    new_units: tuple[str, ...] = ()
    standing: frozenset[str] = frozenset()
    """Those of the files that are there already and say the same."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the person who imports wants: forms and columns, the period where reports don't say it, the plan's path."""

    wanted: Wanted = field(default_factory=Wanted)
    period: str = ""
    plan: str = ""
