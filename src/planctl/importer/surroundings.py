"""What stands around the tables of a paper: title, date, place, reference, period, organisation, passages.

In: the texts above the first table, in the order of the page. Out: the fields of a `Paper`, and what is none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.forms.citing import citation_of, day_in
from planctl.forms.paper import PaperPassage, Written
from planctl.importer.uses import Use, Used

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.importer.office_file import Alignment
    from planctl.place import Place

LONGEST_TITLE, LONGEST_PLACE, LONGEST_HEADING = 400, 60, 160

TITLE_WORDS = re.compile(
    r"(?:төлөвлөгөө|хэрэгжилт|биелэлт|тайлан|хөтөлбөр|бодлого|стратеги|үндсэн чиглэл|арга хэмжээ|тогтоол|захирамж)\w*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:тушаал|тогтоол|захирамж|шийдвэр)\w*|\d+\s*(?:дугаар|дүгээр|-р)?\s*хавсралт\w*|^\s*хавсралт", re.IGNORECASE
)
_ANNEX = re.compile(r"хавсралт", re.IGNORECASE)
_DRAFT = re.compile(r"\W*төсөл\W*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?P<label>байгууллаг(?:а|ын нэр)|огноо|газар|байршил|(?:тайлант |хамрах )?(?:хугацаа|үе|жил))\s*:\s*(?P<text>.+)",
    re.IGNORECASE,
)
_SUBTITLE = re.compile(
    r"[(/\[]?\s*(?:19|20)\d\d\s*(?:оны?\b|[-–—]|\s|$).{0,70}|[(/\[].{2,80}[)/\]]|(?:эхний|сүүлийн|жилийн|[IVX]+|\d)\s.{0,50}"
    r"(?:байдлаар|хагас жил|улирал)\W*",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(
    r"(?:байгууллаг(?:а|ын нэр)|огноо|газар|байршил|(?:тайлант |хамрах )?(?:хугацаа|үе|жил))\s*:", re.IGNORECASE
)
_CHAPTER = re.compile(
    r"(?:нэг|хоёр|гурав|дөрөв|тав|зургаа|долоо|найм|ес|арав|арван\s\w+|[IVX]+|[0-9]{1,2})[.)]\s*\S.*", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
_YEAR_OF = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:-?\s*ны?\s+|он\w*)", re.IGNORECASE)
_FIRST = r"(?:эхний|нэгдүгээр|1\s*(?:дүгээр|-\s*р)|I)"
_SECOND = r"(?:сүүлийн|сүүлчийн|хоёрдугаар|2\s*(?:дугаар|-\s*р)|II)"
_HALVES = (
    (
        "H1",
        re.compile(
            rf"\b{_FIRST}\s+хагас|хагас\s+жилийн\s+байдлаар|(?<!сүүлийн )(?<!II )\bхагас\s+жил|эхний\s+6\s+сар"
            r"|(?<!\w)6\s+сарын\s+(?:байдл|тайлан|биелэлт|хэрэгжилт)|(?<!\w)H1(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("H2", re.compile(rf"\b{_SECOND}\s+хагас|(?<!\w)H2(?!\w)", re.IGNORECASE)),
)
_PERIOD_ALONE = re.compile(
    r"\W*(?:19|20)\d\d\s*(?:оны?|-\s*ны)?\s+(?:\S+\s+){0,3}(?:хагас\s+жил|улир[ал]{1,2}|бүтэн\s+жил|жилийн\s+эц[эс]{1,2})\w*"
    r"(?:\s+(?:байдлаар|тайлан|биелэлт))?\W*",
    re.IGNORECASE,
)
_YEARS_OF_PLAN = re.compile(r"(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d")
_WHOLE = re.compile(r"бүтэн\s+жил|(?<!хагас )жилийн\s+(?:эцс|тайлан|биелэлт|хэрэгжилт)", re.IGNORECASE)
_QUARTERS = {
    "Q1": r"(?:I|1|нэгдүгээр|эхний)",
    "Q2": r"(?:II|2|хоёрдугаар)",
    "Q3": r"(?:III|3|гуравдугаар)",
    "Q4": r"(?:IV|4|дөрөвдүгээр)",
}
_QUARTER = {
    name: re.compile(rf"(?<![\wIV]){way}\s*(?:-?\s*р|дугаар|дүгээр)?\s+улир|(?<!\w){name}(?!\w)", re.IGNORECASE)
    for name, way in _QUARTERS.items()
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text outside of the rows of a table, as it looks: what recognition needs of a paragraph or of a cell."""

    text: str
    place: Place
    alignment: Alignment = ""
    is_bold: bool = False
    level: int = 0
    style: str = ""


@dataclass(slots=True)
class Surroundings:
    """The fields that the texts above a table fill; `passages` are headings with what stands below them."""

    title: list[Written] = field(default_factory=list)
    date: Written | None = None
    place: Written | None = None
    period: Written | None = None
    year: Written | None = None
    organisation: Written | None = None
    reference: list[Written] = field(default_factory=list)
    passages: list[PaperPassage] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)

    @property
    def whole_title(self) -> Written | None:
        """The lines of the title as one."""
        if not self.title:
            return None
        return Written(" ".join(" ".join(one.text.split()) for one in self.title), self.title[0].place)

    @property
    def whole_reference(self) -> Written | None:
        """The lines of the reference, one below the other."""
        if not self.reference:
            return None
        return Written("\n".join(one.text.strip() for one in self.reference), self.reference[0].place)


def read_above(texts: Sequence[Text]) -> Surroundings:
    """Return what the texts above the first table of a paper say of it."""
    found = Surroundings()
    texts = tuple(_with_labels(texts, found))
    title = _title_of(texts)
    begins = title[0] if title else 0
    above: list[Text] = []
    open_passage: list[Text] = []
    is_open = False
    for at, one in enumerate(texts):
        if at in title:
            found.title.append(Written(one.text.strip(), one.place))
            _use(found, one, Use.TITLE)
        elif at < begins and _is_reference(one, texts[at : at + 3]):
            found.reference.append(Written(one.text, one.place))
            _use(found, one, Use.REFERENCE)
        elif _DRAFT.fullmatch(one.text):
            _use(found, one, Use.TITLE)
        elif not _labelled(found, one) and (is_open or not _dated(found, texts, at, is_above=at < begins)):
            is_open = at > begins
            (open_passage if is_open else above).append(one)
    _read_passages(found, above)
    _read_passages(found, open_passage)
    _read_period(found)
    return found


def _with_labels(texts: Sequence[Text], found: Surroundings) -> Iterator[Text]:
    """Yield the texts; one that stands beside a bare label, in a cell of its own, with that label in front."""
    label: Text | None = None
    for one in texts:
        if label is not None:
            _use(found, label, Use.TITLE, "label")
            yield replace(one, text=f"{label.text.strip().rstrip(':')}: {one.text.strip()}")
            label = None
        elif _BARE_LABEL.fullmatch(one.text.strip()):
            label = one
        else:
            yield one
    if label is not None:
        yield label


def read_between(texts: Sequence[Text]) -> tuple[Written | None, Surroundings]:
    """Return the title of a further table, the last short text above it, and the rest as passages."""
    found = Surroundings()
    rest, title = list(texts), None
    if rest and len(rest[-1].text) <= LONGEST_TITLE:
        last = rest.pop()
        title = Written(" ".join(last.text.split()), last.place)
        _use(found, last, Use.TITLE)
    _read_passages(found, rest)
    return title, found


def says_whole_year(text: str) -> bool:
    """Tell whether words say that a period is a whole year, and no part of it."""
    return bool(_WHOLE.search(text))


def period_in(text: str) -> str:
    """Return the period that words say: `2023`, `2023-H1`, `2023-Q3`; "" where they say no year."""
    years = _years_in(text)
    if not years:
        return ""
    year = years[0]
    for name, pattern in reversed(_QUARTER.items()):
        if pattern.search(text):
            return f"{year}-{name}"
    if _WHOLE.search(text):
        return year
    for name, pattern in reversed(_HALVES):
        if pattern.search(text):
            return f"{year}-{name}"
    return year


def _years_in(text: str) -> list[str]:
    """Return the years of a text; those of a span such as «2024-2028 оны» only where there is no other."""
    for told in (_YEARS_OF_PLAN.sub(" ", text), text):
        if years := [match["year"] for pattern in (_YEAR_OF, _YEAR) for match in pattern.finditer(told)]:
            return years
    return []


def _title_of(texts: Sequence[Text]) -> tuple[int, ...]:
    """Return the places of the lines of the title: those that look like one around the words that make one."""
    candidates = [
        at
        for at, one in enumerate(texts)
        if TITLE_WORDS.search(one.text) and len(one.text) <= LONGEST_TITLE and not one.text.strip().endswith(".")
    ]
    looking = [at for at in candidates if _stands_out(texts[at]) and _is_no_reference(texts, at)]
    if not (chosen := looking or [at for at in candidates if _is_no_reference(texts, at)][:1]):
        return ()
    last = first = chosen[-1] if len(chosen) == 1 else chosen[0]
    while last + 1 < len(texts) and (
        _goes_on(texts[last], texts[last + 1]) or _is_subtitle(texts[last], texts[last + 1])
    ):
        last += 1
    while first and _goes_on(texts[first - 1], texts[first]) and _is_no_reference(texts, first - 1):
        first -= 1
    return tuple(range(first, last + 1))


def _is_no_reference(texts: Sequence[Text], at: int) -> bool:
    """Tell whether a text is no part of a reference such as «… тушаалын 7 дугаар хавсралт»."""
    return not _is_reference(texts[at], texts[at : at + 3])


def _stands_out(one: Text) -> bool:
    return one.alignment == "center" or one.is_bold or one.text.isupper() or one.style.casefold() in {"title", "гарчиг"}


def _goes_on(before: Text, after: Text) -> bool:
    """Tell whether a line belongs to the title with the one before: they look alike, and it is no date."""
    alike = (before.alignment, before.is_bold, before.text.isupper()) == (
        after.alignment,
        after.is_bold,
        after.text.isupper(),
    )
    ends = (
        day_in(after.text)
        or _DRAFT.fullmatch(after.text)
        or _LABEL.fullmatch(after.text)
        or _CHAPTER.fullmatch(after.text)
    )
    return alike and _stands_out(after) and not ends and len(after.text) <= LONGEST_TITLE


def _is_subtitle(title: Text, after: Text) -> bool:
    """Tell whether a line below a title says the period, or something in brackets."""
    text = after.text.strip()
    return title.alignment == after.alignment and bool(_SUBTITLE.fullmatch(text)) and not day_in(text)


def _is_reference(one: Text, following: Iterable[Text]) -> bool:
    """Tell whether a line is part of the reference top right: an order and its annex, over one line or three."""
    if one.alignment == "right":
        # An order's line may say its day alone; the paper's own day stands with no order around it.
        return not day_in(one.text) or any(_REFERENCE.search(other.text) for other in following)
    if one.alignment == "center" or one.is_bold or not _REFERENCE.search(one.text):
        return False
    return any(_ANNEX.search(other.text) for other in following)


def _labelled(found: Surroundings, one: Text) -> bool:
    """Take a line that says what it is: «Байгууллага: …», «Огноо: …», or a period alone, «2025 оны I улирал»."""
    match = _LABEL.fullmatch(one.text.strip())
    if not match:
        is_period = found.period is None and _PERIOD_ALONE.fullmatch(one.text.strip())
        if is_period:
            found.period = Written(period_in(one.text), one.place)
            _use(found, one, Use.TITLE, "period")
        return bool(is_period)
    label, written = match["label"].casefold(), Written(match["text"].strip(), one.place)
    if label.startswith("байгууллаг"):
        found.organisation = written
        _use(found, one, Use.TITLE, "organisation")
    elif label == "огноо" and (day := day_in(written.text)):
        found.date = Written(day, one.place)
        _use(found, one, Use.DATE)
    elif label in {"газар", "байршил"}:
        found.place = written
        _use(found, one, Use.PLACE)
    elif label.endswith(("хугацаа", "үе", "жил")) and period_in(written.text):
        found.period = Written(period_in(written.text), one.place)
        _use(found, one, Use.TITLE, "period")
    else:
        return False
    return True


def _dated(found: Surroundings, texts: Sequence[Text], at: int, *, is_above: bool) -> bool:
    """Take a line with the day of the paper, and with its place behind it, or on a line of its own.

    Above the title a place stands with the day or not at all.
    """
    one = texts[at]
    day = day_in(one.text)
    rest = _without_day(one.text)
    if day and found.date is None and len(rest) <= LONGEST_PLACE and not TITLE_WORDS.search(one.text):
        found.date = Written(day, one.place)
        _use(found, one, Use.DATE)
        if rest:
            found.place = Written(rest, one.place)
        return True
    is_short = len(one.text.strip()) <= LONGEST_PLACE and not re.search(r"\d|[.:]$", one.text.strip())
    is_near = found.date is not None or any(day_in(other.text) for other in texts[at + 1 : at + 3])
    is_beside = any(day_in(other.text) for other in (*texts[max(0, at - 1) : at], *texts[at + 1 : at + 2]))
    is_heading = one.level or one.is_bold or one.text.isupper() if is_beside else _is_heading(one)
    if found.place is None and is_short and is_near and not is_heading and not is_above:
        found.place = Written(one.text.strip(), one.place)
        _use(found, one, Use.PLACE)
        return True
    return False


def _without_day(text: str) -> str:
    return citation_of(text).title if day_in(text) else text


def _read_passages(found: Surroundings, texts: Sequence[Text]) -> None:
    """Part texts into passages, each under its heading; a text in front of the first heading is one without."""
    heading: Written | None = None
    below: list[Text] = []

    def close() -> None:
        if heading is None and not below:
            return
        text = "\n\n".join(one.text.strip() for one in below)
        place = below[0].place if below else heading.place if heading else texts[0].place
        title = heading or Written("", place)
        found.passages.append(PaperPassage(title, Written(text, place)))

    for one in texts:
        _use(found, one, Use.PASSAGE)
        if _is_heading(one):
            close()
            heading, below = Written(one.text.strip(), one.place), []
        else:
            below.append(one)
    close()


def _is_heading(one: Text) -> bool:
    if not one.text.strip() or len(one.text) > LONGEST_HEADING or "\n" in one.text.strip():
        return False
    return (
        bool(one.level)
        or one.is_bold
        or one.text.isupper()
        or (one.alignment == "center" and not one.text.strip().endswith("."))
        or (bool(_CHAPTER.fullmatch(one.text.strip())) and not re.match(r"[0-9]", one.text.strip()))
    )


def _read_period(found: Surroundings) -> None:
    title = found.whole_title
    if title is None:
        return
    if found.period is None and (period := period_in(title.text)):
        found.period = Written(period, title.place)
    years = [match["year"] for match in _YEAR_OF.finditer(_YEARS_OF_PLAN.sub(" ", title.text))]
    if years or found.period:
        found.year = Written(years[0] if years else str(found.period)[:4], title.place)


def _use(found: Surroundings, one: Text, use: Use, what: str = "") -> None:
    found.used.append(Used(one.place, one.text, use, what))
