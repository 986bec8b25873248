"""A filled-in sheet made a template: its tables, its head, its signatures; all else stays.

In: the bytes of an office's Word file. Out: `Learned`: the bytes of the template, the sheet it is for, and what was
done; `PlanctlError` in one line for a file that no template can be made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.forms import FORMS
from planctl.forms.paper import SectionLine
from planctl.importer.grids import grids
from planctl.importer.headings import REPORTED, squeezed
from planctl.importer.recognition import recognised
from planctl.importer.uses import Use
from planctl.learning.done import Account
from planctl.learning.found import Found
from planctl.learning.head import learn_head, tell_left
from planctl.learning.page import page_of
from planctl.learning.passages import learn_passages
from planctl.learning.rows import learn_rows
from planctl.learning.signatures import learn_signatures
from planctl.learning.tables import further_table
from planctl.learning.wording import around, like, paragraphs_of, remove, set_words
from planctl.render.wordml.xml import P
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.forms.form import Column, Layout
    from planctl.forms.paper import Paper, PaperTable
    from planctl.importer.grids import Slot
    from planctl.importer.headings import Wanted
    from planctl.importer.office_file import Row
    from planctl.importer.uses import Used
    from planctl.importer.word import Standing
    from planctl.learning.done import Done
    from planctl.learning.page import Page
    from planctl.place import Place
    from planctl.render.wordml.xml import Element

_REMARK = re.compile(r"Шалгуур үзүүлэлтийн .{0,80}хүрсэн түвшинг .{0,60}зорилттой харьцуулав\.")
"""What planctl itself says below the indicators of a part of a year."""

SHEETS = ("table", "plan")
"""The sheets that a template can be learned for: the report, and the plan as approved."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A template: its content, the name of the sheets' template that it stands in for, and what was done."""

    content: bytes
    template: str
    done: tuple[Done, ...]


def learned(content: bytes, name: str, wanted: Wanted, *, sheet: str = "") -> Learned:
    """Return the template that a filled-in sheet makes; `sheet` is `table` or `plan`, as the paper is if not said."""
    page = page_of(content, name)
    reading = recognised(page.file, wanted)
    paper = reading.paper
    if paper is None or not paper.tables:
        raise PlanctlError(
            _("{file}: no table with the headings of a form, so there is nothing to repeat; name the form with --form"),
            file=name,
        )
    return _Learning(page, paper, {one.place: one for one in reading.used}, wanted).learn(sheet)


class _Learning:
    """Works on one file."""

    def __init__(self, page: Page, paper: Paper, used: dict[Place, Used], wanted: Wanted) -> None:
        self._page, self._paper, self._used, self._wanted = page, paper, used, wanted
        self._form = FORMS[paper.form]
        self._account = Account()

    def learn(self, sheet: str) -> Learned:
        sheet = sheet or self._sheet()
        layouts = self._layouts(sheet)
        if not layouts:
            raise PlanctlError(
                _("{file}: plans of the form {form} have no sheet of their own as approved; leave out --sheet plan"),
                file=self._page.file.name,
                form=self._form.name,
            )
        self._account.tell(
            _("{file}: a sheet of the form {form}, for the template {template}"),
            file=self._page.file.name,
            form=self._form.name,
            template=f"{self._form.name}/{sheet}.docx",
        )
        tables = list(self._tables(layouts))
        standing, account = self._page.standing, self._account
        elements = [self._element(one) for one in tables]
        first, last = elements[0], elements[-1]
        has_passages = sheet == "plan" and self._form.passages is not None
        learn_head(self._paper, standing, self._used, first, account)
        if has_passages:
            learn_passages(standing, self._used, first, account)
        learn_signatures(self._paper, standing, self._used, last, account, has_end=sheet == "plan")
        pattern = self._pattern(tables[0])
        last = self._further(layouts, tables, last)
        for one, element in zip(tables, elements, strict=True):
            always = sheet == "table" and one.match.layout == 0
            learn_rows(one, "sheet.tables[0].bands" if always else "table.bands", standing, self._used, account)
            if not always:
                self._name(one, element)
        self._remarks(last, pattern)
        tell_left(standing, self._used, account)
        return Learned(self._page.content(), f"{self._form.name}/{sheet}.docx", tuple(account.lines))

    def _sheet(self) -> str:
        """Return the sheet that the paper is."""
        has_plan = any(layout.approved for layout in self._form.tables)
        return "plan" if self._paper.kind == "plan" and has_plan else "table"

    def _layouts(self, sheet: str) -> dict[int, tuple[Layout, tuple[Column, ...]]]:
        """Return the tables of the sheet, by their places among the form's, with their columns."""
        every = enumerate(self._form.tables)
        if sheet == "table":
            return {at: (layout, layout.columns) for at, layout in every}
        if self._form.layouts is None or not any(layout.approved for layout in self._form.tables):
            return {at: (layout, layout.approved) for at, layout in every if layout.approved}
        # The years of such a plan's targets make further columns of its tables.
        return {
            at: (layout, layout.approved or tuple(one for one in layout.columns if one.key not in REPORTED))
            for at, layout in every
        }

    # The tables

    def _tables(self, layouts: dict[int, tuple[Layout, tuple[Column, ...]]]) -> Iterator[Found]:
        """Yield the first table of each layout; what goes on with one before is taken out."""
        seen: dict[int, Found] = {}
        papers = {number: one for one in self._paper.tables for number in _numbers(one)}
        waiting = [one for one in self._paper.tables if not _numbers(one)]
        for table in self._page.file.tables:
            if table.place.part:
                continue
            number = table.place.table
            match = None
            if found := grids(table, self._wanted):
                match = next((fit for fit in found[0].fits if fit.form == self._form.name), None)
            if match is None:
                if number in papers:
                    self._leave_out(number)
                continue
            if match.layout not in layouts:
                continue
            if match.layout in seen:
                self._take_as_rest(seen[match.layout], found[0].slots, number)
                continue
            layout, columns = layouts[match.layout]
            paper_table = papers.get(number) or (waiting.pop(0) if waiting else None)
            seen[match.layout] = one = Found(found[0], match, layout, columns, paper_table.lines if paper_table else ())
            self._account.tell(_("table {n}: the table of items"), n=number)
            yield one
        if not seen:
            raise PlanctlError(
                _("{file}: its tables are none of the sheet; name the sheet with --sheet"), file=self._page.file.name
            )

    def _take_as_rest(self, first: Found, slots: Sequence[Slot], number: int) -> None:
        """Take a table out that has the headings of one before; PlanctlError where it has a title of its own."""
        mine = [squeezed(one.heading.whole) for one in first.grid.slots]
        same = mine == [squeezed(one.heading.whole) for one in slots]
        titled = any(map(_is_titled, (one for one in self._paper.tables if number in _numbers(one))))
        if not same or titled:
            raise PlanctlError(
                _("{file}: tables {first} and {second} are both for the items of a plan; leave one of them in it"),
                file=self._page.file.name,
                first=first.number,
                second=number,
            )
        self._leave_out(number)

    def _leave_out(self, number: int) -> None:
        place = next(one.place for one in self._page.file.tables if one.place.table == number)
        element = self._page.standing.at(place)
        if element is not None:
            remove(element)
        self._account.tell(_("table {n} goes on with the one before; it was taken out"), n=number)

    def _element(self, one: Found) -> Element:
        element = self._page.standing.at(one.grid.table.place)
        if element is None:
            raise TypeError("a table that was read stands somewhere")
        return element

    def _name(self, one: Found, element: Element) -> None:
        """Show a table only where the sheet has it, under its title."""
        opening = f'{{%p for table in sheet.tables if table.name == "{one.layout.name}" %}}'
        title = self._title_of(one)
        begins = element
        if one.layout.title:
            if title is None:
                title = like(self._title_pattern())
                element.addprevious(title)
            elif title.getparent() is element.getparent():
                begins = title
            set_words(title, "{{ table.title }}")
            self._account.tell(_("table {n}: its title → {tag}"), n=one.number, tag="{{ table.title }}")
            begins = title if title.getparent() is element.getparent() else element
        around(begins, opening, element, "{%p endfor %}")

    def _title_of(self, one: Found) -> Element | None:
        place = next(
            (table.title.place for table in self._paper.tables if table.title and one.number in _numbers(table)), None
        )
        element = self._page.standing.at(place) if place else None
        return paragraphs_of(element)[0] if element is not None else None

    def _title_pattern(self) -> Element | None:
        place = self._paper.title.place if self._paper.title else None
        element = self._page.standing.at(place) if place else None
        return paragraphs_of(element)[0] if element is not None else None

    def _further(
        self, layouts: dict[int, tuple[Layout, tuple[Column, ...]]], tables: list[Found], last: Element
    ) -> Element:
        """Put the tables of the form that the sheet has not below the last one, in the looks of the first."""
        pattern = self._element(tables[0])
        for at in sorted(layouts.keys() - {one.match.layout for one in tables}):
            layout, columns = layouts[at]
            made = further_table(
                layout, columns, pattern, _cells(tables[0], self._page.standing), self._title_pattern()
            )
            for element in reversed(made):
                last.addnext(element)
            last = made[-1]
            self._account.tell(
                _("the sheet has no table “{name}”; one like the first was put below, for plans that have it"),
                name=layout.title or layout.name,
            )
        return last

    # Below

    def _pattern(self, one: Found) -> Element | None:
        """Return a paragraph of the table's items, for lines that the sheet has not."""
        for row in one.grid.body:
            for cell in row.cells:
                element = self._page.standing.at(cell.place)
                if cell.text.strip() and element is not None:
                    return like(paragraphs_of(element)[0], "-")
        return None

    def _remarks(self, last: Element, pattern: Element | None) -> None:
        """Let the short lines that a sheet may have stand below its tables."""
        for place, one in self._used.items():
            element = self._page.standing.at(place)
            if one.use is Use.PASSAGE and _REMARK.fullmatch(one.text.strip()) and element is not None:
                pattern = like(element, "-")
                remove(element)
        remark = like(pattern, "{{ remark }}")
        after = last.getnext()
        while after is not None and after.tag == P and "endfor" in "".join(after.itertext()):
            last, after = after, after.getnext()
        last.addnext(remark)
        around(remark, "{%p for remark in sheet.remarks %}", remark, "{%p endfor %}")
        self._account.tell(_("{tag} was put below the table; it shows only where there is one"), tag="{{ remark }}")


def _cells(found: Found, standing: Standing) -> tuple[Element | None, Element | None]:
    """Return the elements of a heading and of an item's cell of a table."""

    def first(rows: Sequence[Row]) -> Element | None:
        cells = (cell for row in rows for cell in row.cells if cell.text.strip())
        return next((element for cell in cells if (element := standing.at(cell.place)) is not None), None)

    return first(found.grid.heading), first(found.grid.body)


def _numbers(table: PaperTable) -> frozenset[int]:
    """Return the numbers of the tables in the file that a table of the paper was read from."""
    places = [getattr(line, "place", None) or line.title.place for line in table.lines]  # type: ignore[union-attr]
    return frozenset(place.table for place in places if place.table)


def _is_titled(table: PaperTable) -> bool:
    """Tell whether a table stands under a title of its own, which may have become its first section row."""
    first = next(iter(table.lines), None)
    return table.title is not None or (isinstance(first, SectionLine) and not first.title.place.table)
