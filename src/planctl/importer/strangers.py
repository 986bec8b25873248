"""What a package holds besides its own text, and planctl leaves alone: macros, other files, ways to elsewhere.

In: a package. Out: remarks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.importer.package import Package
    from planctl.importer.remarks import Remarks

_EMBEDDED = re.compile(
    r"""(?ix) .*/embeddings/.+ | .*/diagrams/data[0-9]*\.xml | Object\ [0-9]+/content\.xml
    | .*\.(?:zip|7z|rar|jar|exe|docx?|xlsx?|ods|odt|mht|mhtml|html?|rtf)"""
)
_FAR = ("http:", "https:", "ftp:", "\\\\", "file://")
_LONGEST = 200


def remark_on_package(package: Package, remarks: Remarks) -> None:
    """Say what the package holds that is neither read, run nor fetched."""
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in package.parts):
        remarks.add("macros-not-read")
    for part in package.parts:
        if _EMBEDDED.fullmatch(part):
            remarks.add("embedded-not-read", part=part[:_LONGEST])
    for target in dict.fromkeys(_outside(package)):
        remarks.add("external-link-not-followed", target=target[:_LONGEST])


def _outside(package: Package) -> list[str]:
    """Return what relations of any part point to outside of the file, links for people to click on left out."""
    found = []
    for part in package.parts:
        folder, _slash, name = part.rpartition("/")
        if not name.endswith(".rels") or not folder.endswith("_rels"):
            continue
        owner = f"{folder.removesuffix('_rels')}{name.removesuffix('.rels')}"
        for kind, target, is_outside in package.relations(owner).values():
            # A template on somebody's own disk is the one that the file was begun with.
            is_own_template = kind == "attachedTemplate" and not target.startswith(_FAR[:4])
            if is_outside and kind != "hyperlink" and not is_own_template:
                found.append(target)
    return found
