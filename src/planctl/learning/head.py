"""The head of a sheet as that of a template: title, date, place and reference give way to tags.

In: what was read of a sheet, and its XML. Out: the same XML, changed in place. What the sheet does not show stands in
conditions, so that it takes no room where a plan has none of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.excerpt import beginning
from planctl.forms.citing import day_span
from planctl.importer.uses import Use
from planctl.learning.wording import (
    aligned,
    around,
    emptied,
    is_blank,
    like,
    paragraphs_of,
    put,
    remove,
    set_capitals,
    set_words,
    text_of,
)
from planctl.render.wordml.xml import P
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.forms.paper import Paper
    from planctl.importer.uses import Used
    from planctl.importer.word import Standing
    from planctl.learning.done import Account
    from planctl.place import Place
    from planctl.render.wordml.xml import Element

DATE, PLACE, REFERENCE, DRAFT = (f"sheet.heading.{name}" for name in ("date", "place", "reference", "draft"))
_TITLE = '{{ sheet.heading.title|join(" ") }}'
_IS_DRAFT = re.compile(r"\W*төсөл\W*", re.IGNORECASE)
_NO_DATE = re.compile(
    r"(?:20)?[_.…]{2,}\s*оны?\s*[_.…]*\s*\d{0,2}[_.…]*\s*(?:дугаар|дүгээр|-?р)?\s*сарын\s*[_.…\d]*(?:\s*-?\s*(?:ны|ний))?"
    r"(?:\s*өдөр)?",
    re.IGNORECASE,
)


def learn_head(paper: Paper, standing: Standing, used: Mapping[Place, Used], table: Element, account: Account) -> None:
    """Put tags into the head of a sheet, which stands above `table`."""
    _Head(paper, standing, used, table, account).learn()


class _Head:
    """Works on what stands above the first table."""

    def __init__(
        self, paper: Paper, standing: Standing, used: Mapping[Place, Used], table: Element, account: Account
    ) -> None:
        self._paper, self._standing, self._used, self._account = paper, standing, used, account
        self._table = table
        self._below = table
        """The element in front of which new lines of the head go."""

    def learn(self) -> None:
        title = self._title()
        self._reference(title)
        self._draft(title)
        date = self._date(title)
        self._place(date)

    def _places(self, use: Use) -> list[tuple[Place, Element]]:
        found = []
        titles = {one.title.place for one in self._paper.tables if one.title}
        for place, one in self._used.items():
            if one.use is use and not one.what and place not in titles and not place.part:
                element = self._standing.at(place)
                if element is not None and not (use is Use.TITLE and _IS_DRAFT.fullmatch(one.text)):
                    found.append((place, element))
        return found

    # Title

    def _title(self) -> Element | None:
        """Put the title's tag, and return its first paragraph."""
        lines = self._places(Use.TITLE)
        if self._paper.title is None or not lines:
            new = aligned(like(self._pattern(), _TITLE), "center")
            self._in_front(new)
            self._account.tell(_("the sheet has no title that is known; {tag} stands above the table"), tag=_TITLE)
            return new
        place, first = lines[0]
        text = " ".join(self._used[one].text for one, _element in lines)
        paragraph = _first_filled(first)
        if len(lines) > 1 and all(element.tag == P for _place, element in lines):
            set_words(paragraph, "{{ line }}", capitals=text.isupper())
            around(paragraph, "{%p for line in sheet.heading.title %}", paragraph, "{%p endfor %}")
        else:
            _keep_only(first, paragraph)
            set_words(paragraph, _TITLE, capitals=text.isupper())
        for _place, element in lines[1:]:
            if element.tag == P:
                remove(element)
            else:
                emptied(element)
        self._account.tell(_("{place}: the title → {tag}"), place=place, tag="{{ sheet.heading.title }}")
        return paragraph

    # Reference, draft mark

    def _reference(self, title: Element | None) -> None:
        lines = self._places(Use.REFERENCE)
        tag = f"{{{{ {REFERENCE} }}}}"
        if not lines:
            new = aligned(like(self._plain(title), tag), "right")
            self._above(title, new, REFERENCE)
            return
        place, first = lines[0]
        paragraph = _first_filled(first)
        _keep_only(first, paragraph)
        if len(lines) > 1 and all(element.tag == P for _place, element in lines):
            set_words(paragraph, "{{ line }}")
            around(paragraph, f'{{%p for line in {REFERENCE}.split("\\n") if line %}}', paragraph, "{%p endfor %}")
        else:
            set_words(paragraph, tag)
            around(paragraph, f"{{%p if {REFERENCE} %}}", paragraph, "{%p endif %}")
        for _place, element in lines[1:]:
            if element.tag == P:
                remove(element)
            else:
                emptied(element)
        self._account.tell(_("{place}: the reference → {tag}"), place=place, tag=tag)

    def _draft(self, title: Element | None) -> None:
        tag = f"{{{{ {DRAFT} }}}}"
        for place, one in self._used.items():
            element = self._standing.at(place)
            if one.use is Use.TITLE and _IS_DRAFT.fullmatch(one.text) and element is not None and not place.part:
                paragraph = _first_filled(element)
                set_words(paragraph, tag)
                around(paragraph, f"{{%p if {DRAFT} %}}", paragraph, "{%p endif %}")
                self._account.tell(_("{place}: the mark of a draft → {tag}"), place=place, tag=tag)
                return
        self._above(title, aligned(like(title, tag), "right"), DRAFT)

    # Date and place

    def _date(self, title: Element | None) -> Element | None:
        """Put the date's tag, and return its paragraph."""
        tag = f"{{{{ {DATE} }}}}"
        for place, element in self._upper():
            for paragraph in paragraphs_of(element):
                span = day_span(text_of(paragraph)) if self._used[place].use is Use.DATE else _blank_date(paragraph)
                if span:
                    put(paragraph, [(*span, tag)])
                    self._account.tell(_("{place}: the date → {tag}"), place=place, tag=tag)
                    return paragraph
        new = like(self._plain(title), tag)
        self._in_front(new)
        around(new, f"{{%p if {DATE} %}}", new, "{%p endif %}")
        self._account.tell(_("the sheet has no date; {tag} stands above the table"), tag=tag)
        return new

    def _place(self, date: Element | None) -> None:
        tag = f"{{{{ {PLACE} }}}}"
        written = self._paper.place
        words = written.text.split() if written else []
        for place, element in self._upper():
            if written is None or place != written.place:
                continue
            for paragraph in paragraphs_of(element):
                match = re.search(r"\s+".join(map(re.escape, words)), text_of(paragraph))
                if match:
                    put(paragraph, [(*match.span(), tag)])
                    if match[0].isupper():
                        set_capitals(paragraph, tag)
                    self._account.tell(_("{place}: the place → {tag}"), place=place, tag=tag)
                    return
        new = like(date, tag)
        self._in_front(new)
        around(new, f"{{%p if {PLACE} %}}", new, "{%p endif %}")
        self._account.tell(_("the sheet names no place; {tag} stands above the table"), tag=tag)

    # Where things stand

    def _upper(self) -> list[tuple[Place, Element]]:
        """Return the texts above the table, in order."""
        head = {Use.DATE, Use.PLACE, Use.TITLE, Use.PASSAGE, Use.LEFT, Use.REFERENCE}
        found = []
        for place, one in self._used.items():
            element = self._standing.at(place)
            if element is None or place.part or one.use not in head:
                if one.use is Use.HEADING:
                    break
                continue
            found.append((place, element))
        return found

    def _above(self, title: Element | None, new: Element, condition: str) -> None:
        """Put a line that most sheets have not in front of the title."""
        if title is not None and title.getparent() is not None and title.getparent() is self._table.getparent():
            first = _first_of_loop(title)
            first.addprevious(new)
        else:
            self._in_front(new)
        around(new, f"{{%p if {condition} %}}", new, "{%p endif %}")
        self._account.tell(
            _("{tag} was put above the title; it shows only where there is one"), tag=f"{{{{ {condition} }}}}"
        )

    def _in_front(self, new: Element) -> None:
        """Put a line right above the table."""
        self._table.addprevious(new)

    def _plain(self, title: Element | None) -> Element | None:
        """Return a paragraph of the head that is no title, to look like."""
        for use in (Use.DATE, Use.PLACE):
            if found := self._places(use):
                return _first_filled(found[0][1])
        return self._pattern() if self._pattern() is not None else title

    def _pattern(self) -> Element | None:
        """Return any paragraph of plain text."""
        found: Sequence[tuple[Place, Element]] = [*self._places(Use.PASSAGE), *self._places(Use.SIGNATURE)]
        return next((one for _place, element in found for one in paragraphs_of(element) if not is_blank(one)), None)


def _first_filled(element: Element) -> Element:
    paragraphs = paragraphs_of(element)
    return next((one for one in paragraphs if not is_blank(one)), paragraphs[0])


def _keep_only(element: Element, paragraph: Element) -> None:
    """Take the other paragraphs with words out of a cell."""
    for one in paragraphs_of(element):
        if one is not paragraph and not is_blank(one):
            remove(one)


def _first_of_loop(paragraph: Element) -> Element:
    """Return the command in front of a paragraph, or the paragraph."""
    before = paragraph.getprevious()
    return before if before is not None and before.tag == P and text_of(before).startswith("{%p for") else paragraph


def _blank_date(paragraph: Element) -> tuple[int, int] | None:
    match = _NO_DATE.search(text_of(paragraph))
    return match.span() if match else None


def tell_left(standing: Standing, used: Mapping[Place, Used], account: Account, *, most: int = 12) -> None:
    """Say of the texts outside of the tables which ones stay as they are."""
    kept = [
        (place, one)
        for place, one in used.items()
        if one.use in {Use.PASSAGE, Use.LEFT} and _stands(standing.at(place), one.text)
    ]
    for place, one in kept[:most]:
        account.tell(_("{place}: left as it was: {text}"), place=place, text=beginning(one.text))
    if len(kept) > most:
        account.tell(_("further texts that were left as they were: {n}"), n=len(kept) - most)
    if any(one.use is Use.PAGE and place.part for place, one in used.items()):
        account.tell(_("the page's header and footer were left as they were"))


def _stands(element: Element | None, text: str) -> bool:
    """Tell whether an element is still in the document with its first words."""
    if element is None or not any(True for _one in element.iterancestors()):
        return False
    words = text.split()
    return bool(words) and words[-1] in " ".join(text_of(one) for one in paragraphs_of(element)).split()
