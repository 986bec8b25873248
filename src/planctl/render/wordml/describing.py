"""The properties of a built file. In: a sheet. Out: its title, its office and dates that are the same each time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planctl.report.sheet import Sheet

_DATED = datetime(2000, 1, 1, tzinfo=UTC)
_LANGUAGES = {"mn": "mn-MN", "en": "en-GB"}
_PROPERTY_LENGTH = 255


def describe(sheet: Sheet, properties: Any) -> None:
    """Set the file's properties from the sheet; their dates are constants, whatever the clock says."""
    properties.title = " ".join(sheet.heading.title)[:_PROPERTY_LENGTH]
    properties.author = properties.last_modified_by = sheet.organisation[:_PROPERTY_LENGTH]
    properties.created = properties.modified = _DATED
    properties.revision = 1
    properties.language = _LANGUAGES.get(sheet.language, sheet.language)
    for name in ("comments", "keywords", "subject"):
        setattr(properties, name, "")
