"""The anchors that planctl leaves in Word files it builds: the addresses behind bookmarks, and what was shown there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.importer.office_file import Built

if TYPE_CHECKING:
    from planctl.importer.package import Package

_ANCHORS = "urn:planctl:anchors"


def anchors_in(package: Package) -> tuple[dict[str, str], Built]:
    """Return the addresses of bookmarks, and what planctl built the file from."""
    found: dict[str, str] = {}
    built: dict[str, dict[str, str]] = {}
    sheet = ""
    for part in package.parts:
        if part.startswith("customXml/item") and "Props" not in part:
            content = package.bytes_of(part)
            if _ANCHORS.encode() not in content:
                continue
            root = package.tree(part)
            sheet = root.get("sheet", sheet)
            for item in root.iter(f"{{{_ANCHORS}}}item"):
                address = found[item.get("bookmark", "")] = item.get("address", "")
                cells = (one.rpartition("=") for one in item.get("cells", "").split())
                if digests := {key: sign for key, _sign, sign in cells}:
                    built.setdefault(address, digests)
    return found, Built(sheet, built)
