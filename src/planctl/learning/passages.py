"""The texts in front of the tables of a plan as approved: a heading and paragraphs as patterns, repeated for each.

In: what was read of a sheet, and its XML. Out: the same XML, changed in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.importer.uses import Use
from planctl.learning.narrative import narrative, plain_of
from planctl.learning.wording import command, like, paragraphs_of, remove
from planctl.render.wordml.xml import P
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.importer.uses import Used
    from planctl.importer.word import Standing
    from planctl.learning.done import Account
    from planctl.place import Place
    from planctl.render.wordml.xml import Element


def learn_passages(standing: Standing, used: Mapping[Place, Used], table: Element, account: Account) -> None:
    """Put the loop of the passages in the place of the first one above `table`, and take the others out."""
    found: list[tuple[Place, Element]] = []
    for place, one in used.items():
        if one.use is Use.HEADING:
            break
        element = standing.at(place)
        if one.use is Use.PASSAGE and element is not None and element.tag == P and not place.part:
            found.append((place, element))
    heading = next((one for _place, one in found if _is_bold(one)), None)
    donors = [one for _place, one in found if one is not heading and not _is_bold(one)]
    body = plain_of(donors, standing.labels)
    new = [
        command("{%p for passage in sheet.passages %}"),
        command("{%p if passage.title %}"),
        like(heading if heading is not None else body, "{{ passage.title }}"),
        command("{%p endif %}"),
        *narrative("passage.blocks", donors, standing.labels),
        command("{%p endfor %}"),
    ]
    before = found[0][1] if found else table
    for element in new:
        before.addprevious(element)
    for _place, element in found:
        remove(element)
    tag = "{{ passage.title }}"
    if found:
        account.tell(_("{place}: the texts above the table → {tag}"), place=found[0][0], tag=tag)
    else:
        account.tell(_("the sheet has no texts above its table; {tag} was put there"), tag=tag)


def _is_bold(element: Element) -> bool:
    from planctl.render.wordml.xml import W  # noqa: PLC0415

    return any(paragraph.find(f".//{W}b") is not None for paragraph in paragraphs_of(element))
