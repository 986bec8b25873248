"""The register of the formats of findings: a file with `write(findings) -> str` for each, and a line here.

What a format writes is a whole document, also where nothing was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.findings.formats import as_github, as_gitlab, as_json, as_junit, as_sarif, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.findings.told import Findings


@dataclass(frozen=True, slots=True)
class FindingsFormat:
    """A way of writing findings; what is for people is written in the letters of their terminal, the rest as UTF-8."""

    write: Callable[[Findings], str]
    is_for_people: bool = False


FINDINGS_FORMATS: Mapping[str, FindingsFormat] = {
    "text": FindingsFormat(as_text.write, is_for_people=True),
    "json": FindingsFormat(as_json.write),
    "github": FindingsFormat(as_github.write),
    "gitlab": FindingsFormat(as_gitlab.write),
    "sarif": FindingsFormat(as_sarif.write),
    "junit": FindingsFormat(as_junit.write),
}
