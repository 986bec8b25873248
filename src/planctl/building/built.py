"""What a build did. In: nothing. Out: `Built`, which grows as the build goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.building.reasons import UNCHANGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.building.reasons import Reason
    from planctl.diagnostics import Diagnostic
    from planctl.errors import PlanctlError
    from planctl.output.manifest import Output
    from planctl.refusal import Part


@dataclass(slots=True)
class Built:
    """What a build did, by the paths of outputs in the build folder.

    `subjects` counts what sheets were to be made of; `is_printed` tells that PDFs were asked for. `refused` are all
    documents of the project that have errors, with their files; `failed` are outputs whose template has errors;
    `problems` say what could not be read or written. `of_files` was found in the project's files, `documents` are the
    files of each plan and period, `asked` the files that were asked for and whether they were there; `of_templates` was
    found where sheets were made. `why` tells of each output why it
    was made or not. `manifest` is the digest of the manifest's file.
    """

    refused: Mapping[Part, frozenset[str]] = field(default_factory=dict)
    subjects: int = 0
    is_printed: bool = False
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    of_files: tuple[Diagnostic, ...] = ()
    documents: list[frozenset[str]] = field(default_factory=list)
    of_templates: list[Diagnostic] = field(default_factory=list)
    problems: list[PlanctlError] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    asked: dict[str, bool] = field(default_factory=dict)
    why: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    manifest: str = ""

    def once_more(self) -> Built:
        """Return what a build would do that came right after this one."""
        why = {path: reasons if path in self.failed else (UNCHANGED,) for path, reasons in self.why.items()}
        return replace(self, written=[], removed=[], unchanged=[*self.unchanged, *self.written], why=why)
