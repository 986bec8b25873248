"""What the heading of a column says: the field of a form that it names, however an office spells it.

In: the texts of headings, with what stands over them. Out: keys of columns, each with how sure that is (0 to 1).
Spelling is compared without spaces, hyphens, case and look-alike letters, so that «Гүйцэтг элийн хувь», «байгуул-лага»
and a Latin «o» are read; abbreviations by the beginnings of words; everything else by the words that tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.forms import FORMS
from planctl.forms.yearly import target_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.form import Column, Form

SURE = 0.8
"""From here on a heading is taken for a column; 1 is the official wording."""
_TOLD = 0.9
"""How sure it is what a heading's words tell."""
_LEAST, _FEWEST = 0.55, 3
"""A table fits a form from this score and with so many of its columns."""
_KNOWN = 0.4
"""What a heading counts that names a column of another form."""
_FOR_ITS_COLUMNS = 0.3
"""What it counts that a form has all its columns, beside that the headings are its own: offices leave some out."""
_WITHOUT_ITS_MEASURES = 0.6
"""By so much a layout without measures fits less, where the table has some."""

_LOOKALIKES = str.maketrans("aeopcxykmhtbёөүv", "аеорсхукмнтвеоуу")
"""Latin letters and those that offices without a Mongolian keyboard write for Ө and Ү, each as one Cyrillic letter."""
_SEPARATOR = re.compile(r"[\W_]+")
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*(?=\w)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERS = re.compile(r"(?:дд)*(?:дд|да|рд|рн|ид|д|n|nо|ддугаар|дугаар|дэсдугаар|дэс)")

ADDRESS, SECTION = "address", "section"
"""Columns of flat tables that no form has: the address of an item, and the section that it stands in."""
DECISION_DATE = "decision_date"
"""The day of a decision, where it has a column of its own."""

_WORDS: tuple[tuple[str, str], ...] = (
    ("superior", r"(?=.*унэлг)(?=.*(?:дээд|шат|холбогдох|хянасан|хяналт|аймгийн|яам|дарг|сайд|комисс|зовлол)).*"),
    ("self", r"(?=.*унэлг)(?=.*(?:оор|байгууллаг|нэгж)).*"),
    ("self", r".*(?:гуйцэтгэл|биелэлт|хэрэгжилт|хэрэгжсэн)\w*хув[ьи].*"),
    ("number", r"(?:зорилт|аргахэмжээ|ажл)\w{0,8}(?:дд|дугаар)"),
    ("decision_number", r".*(?:шийдвэр|тогтоол|захирамж|тушаал)\w{0,9}(?:дд|дугаар)"),
    (DECISION_DATE, r".*(?:шийдвэр|тогтоол|захирамж|тушаал|баталсан|гарсан)\w{0,9}(?:огноо|одор|оносар\w*)"),
    (DECISION_DATE, r"огноо"),
    ("clause_number", r"заалт\w{0,5}(?:дд|№|дугаар)"),
    ("reached_progress", r"(?=.*хурсэн)(?=.*(?:хэрэгжилт|биелэлт|тайлбар|явц)).*"),
    ("reached", r".*хурсэн.*"),
    ("baseline", r".*суурь.*|(?:омнох|урьд)\w*(?:тувшин|байдал)\w{0,3}"),
    ("target", r"(?!.*аргахэмжээ).*(?:зорилтот|хурэх|хурэхээр|зорилт|толовлосон)\w*(?:тувшин|утга|хэмжээ).*"),
    ("expected", r".*(?:хурэх|хулээгдэж|гарах)\w*урдун.*"),
    ("progress", r".*узуулэлт\w{0,4}(?:биелэлт|хэрэгжилт|гуйцэтгэл)"),
    ("indicator", r".*(?:шалгуур|узуулэлт).*"),
    ("unit", r".*(?:хэмжих|хэмжээсийн)нэгж.*"),
    ("period", r".*(?:хугацаа|хэзээ).*"),
    ("units", r".*(?:хариуц|хэрэгжуулэхбайгуул|хэрэгжуулэгч|хэрэгжуулэхнэгж|гуйцэтгэгч|хэн).*"),
    ("budget", r".*(?:тосов|санхуу|хорон|зардал|моноод).*"),
    ("progress", r".*(?:явц|биелэлт|хэрэгжилт|гуйцэтгэл|хийсэнажил|хийгдсэн|авсанарга).*"),
    ("decision", r".*(?:шийдвэр|тогтоол|захирамж|тушаал).*"),
    ("clause", r".*заалт.*"),
    (SECTION, r"уйлажиллагаа\w{0,3}чиглэл"),
    ("measure", r".*(?:аргахэмжээ|хийхажил|ажлын(?:нэр|агуулга|толов)|уйлажиллагаа|стратегитоловлого|ажил).*"),
    ("basis", r".*(?:ундэслэл|бодлогынбаримт).*"),
    ("target", r"(?:зорилт|зорилго|толовлосон|толовлогоо|хурэх)"),
    ("objective", r".*зорилт.*"),
    ("evidence", r".*(?:нотлох|баримт|хавсралт|эхсурвалж).*"),
    ("reason", r".*(?:тайлбар|шалтгаан).*"),
    ("weight", r".*(?:жин|хувийнжин).*"),
    (ADDRESS, r"хаяг"),
    (SECTION, r"(?:булэг|чиглэл|салбар)\w{0,12}"),
    ("self", r".*(?:унэлгээ|оноо|хувь|хувиар)$"),
    ("superior", r".*унэлгээ"),
)
"""Words that tell a column, the more telling first; each is matched with the heading without its spaces."""
_PATTERNS = tuple((key, re.compile(pattern)) for key, pattern in _WORDS)


_NAMES: Mapping[str, tuple[str, ...]] = {
    "measure": ("арга хэмжээ", "хэрэгжүүлэх арга хэмжээ", "үйл ажиллагаа", "хийх ажил", "ажлын нэр"),
    "clause": ("заалтын агуулга",),
    "period": ("хугацаа", "хэрэгжүүлэх хугацаа", "хэрэгжих хугацаа"),
    "budget": ("төсөв", "санхүүжилт", "санхүүжилтийн эх үүсвэр"),
    "indicator": ("шалгуур үзүүлэлт",),
    "unit": ("хэмжих нэгж",),
    "baseline": ("суурь түвшин",),
    "target": ("зорилтот түвшин", "хүрэх түвшин", "төлөвлөсөн түвшин"),
    "expected": ("хүрэх үр дүн", "гарах үр дүн"),
    "reached": ("хүрсэн түвшин",),
    "progress": ("хэрэгжилтийн явц", "хэрэгжилт", "биелэлт", "хийгдсэн ажил"),
    "self": ("өөрийн үнэлгээ", "гүйцэтгэлийн хувь", "биелэлтийн хувь", "хэрэгжилтийн хувь"),
    "superior": ("дээд шатны үнэлгээ",),
    "units": ("хариуцах эзэн", "хариуцах нэгж", "хариуцах байгууллага", "хариуцагч", "хэрэгжүүлэх байгууллага"),
    "evidence": ("нотлох баримт",),
    "reason": ("тайлбар",),
}
"""How offices name the columns; typing errors and abbreviations of these are read as well."""
_SPELT = 0.88
"""How alike a heading has to be to such a name: «хүрсэн түвшин» is no «хүрэх түвшин»."""
_PART_OF_YEAR = re.compile(
    r"\s*(?:(?:[IVX]+|[0-9]{1,2})\s*(?:-?\s*р|дугаар|дүгээр)?\s*(?:улирал|сар|хагас жил)"
    r"|(?:эхний|сүүлийн) хагас жил)\s*",
    re.IGNORECASE,
)
_OBJECTIVES = re.compile(
    r"(?:\w{0,12}(?:бодлого|стратеги|ундэсний|тэргуулэх)\w{0,12})?(?:зорилт|зорилго|чиглэл)\w{0,3}|уйлажиллагаа\w{0,3}чиглэл"
)

FIELDS = tuple(
    dict.fromkeys(
        (
            *(column.key for form in FORMS.values() for layout in form.tables for column in layout.columns),
            *(key for key, _pattern in _WORDS if key not in {ADDRESS, SECTION}),
        )
    )
)
"""The keys that a heading may be said to mean."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column: its own `text`, and what stands `over` it where several columns share that."""

    text: str
    over: str = ""

    @property
    def whole(self) -> str:
        """What stands over it and its own words, as an office would name the column."""
        return " ".join(f"{self.over} {self.text}".split())


@dataclass(frozen=True, slots=True)
class Match:
    """The headings of a table taken for the columns of a layout: the key of each, "" for one that nobody knows.

    `score` is how well the whole fits: the more of the layout's columns are there, and the surer, the better.
    """

    form: str
    layout: int
    keys: tuple[str, ...]
    score: float
    is_report: bool
    baseline_year: str = ""


@lru_cache(maxsize=10_000)
def squeezed(text: str) -> str:
    """Return a text as it is compared: small letters without spaces, hyphens and signs, look-alikes as one letter."""
    joined = _BROKEN.sub("", text.casefold().replace("№", "дд").replace("#", "дд").replace("%", "хувь"))
    return _SEPARATOR.sub("", joined).translate(_LOOKALIKES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who imports says: the forms to try, and the keys of columns by their headings as `squeezed`.

    A heading that is mapped to "" is one that nobody knows, and becomes an office's own field.
    """

    forms: tuple[str, ...] = tuple(FORMS)
    columns: Mapping[str, str] = field(default_factory=dict)


def matches(headings: Sequence[Heading], wanted: Wanted) -> tuple[Match, ...]:
    """Return the layouts of forms that the headings fit, the best first."""
    found = (
        _match(headings, FORMS[name], at, columns, wanted.columns)
        for name in wanted.forms
        for at, columns in _layouts(FORMS[name])
    )
    fitting = (one for one in found if one and one.score >= _LEAST)
    return tuple(sorted(fitting, key=lambda one: -one.score))


def is_heading(text: str) -> bool:
    """Tell whether a text names a column of any form."""
    return not text.strip().isdecimal() and bool(_told(squeezed(text)))


REPORTED = frozenset({"progress", "reached", "reached_progress", "self", "superior", "achievement"})
"""The columns that only a report has."""


def _layouts(form: Form) -> Iterator[tuple[int, tuple[Column, ...]]]:
    for at, layout in enumerate(form.tables):
        yield from ((at, columns) for columns in (layout.columns, layout.approved) if columns)


def _match(
    headings: Sequence[Heading], form: Form, layout: int, columns: tuple[Column, ...], named: Mapping[str, str]
) -> Match | None:
    """Give each heading the column that it names, the surest first and each column once; then what its words tell."""
    given = {
        at: named[way]
        for at, heading in enumerate(headings)
        for way in (squeezed(heading.whole), squeezed(heading.text))
        if way in named
    }
    parts = [at for at, heading in enumerate(headings) if at not in given and _PART_OF_YEAR.fullmatch(heading.text)]
    given |= dict.fromkeys(parts if len(parts) > 1 else (), "")
    given |= {at: SECTION for at in _of_sections(headings) if at not in given and columns[0].key != "objective"}
    sureness = sorted(
        (
            (-_likeness(heading, column), at, place, column.key)
            for at, heading in enumerate(headings)
            for place, column in enumerate(columns)
        ),
    )
    columns = tuple(column for column in columns if column.key not in given.values())
    keys = [given.get(at, "") for at in range(len(headings))]
    sure = [float(bool(key)) for key in keys]
    taken = set(filter(None, keys))
    for against, at, _place, key in sureness:
        if -against >= SURE and not keys[at] and key not in taken and at not in given:
            keys[at], sure[at] = key, -against
            taken.add(key)
    if len(taken) < min(2, len(columns)):
        return None
    of_form = len(taken)
    baseline_year = _by_year(headings, keys, sure, form, layout)
    for at, heading in enumerate(headings):
        if not keys[at] and at not in given:
            told = {**_spelt(heading), **_told(squeezed(heading.whole))}
            told.pop("objective", None)
            key = next((key for key, _sure in sorted(told.items(), key=lambda one: -one[1]) if key not in taken), "")
            keys[at], sure[at] = key, _KNOWN if key else 0.0
            taken.add(key)
    has_main = any(column.key in taken for column in columns if column.kind in {"prose", "text"} and not column.grouped)
    if not has_main or len(taken) < min(_FEWEST, len(columns)):
        return None
    score = sum(sure) / len(headings) + of_form / len(columns) * _FOR_ITS_COLUMNS
    if "measure" in taken - {column.key for column in columns} - set(given.values()):
        score *= _WITHOUT_ITS_MEASURES
    return Match(form.name, layout, tuple(keys), score, bool(taken & REPORTED), baseline_year)


def _by_year(headings: Sequence[Heading], keys: list[str], sure: list[float], form: Form, layout: int) -> str:
    """Take targets by year for what they are, where the form has such; return the year of the baseline."""
    if form.layouts is None or not any(column.key == "unit" for column in form.tables[layout].columns):
        return ""
    baseline_year = ""
    for at, heading in enumerate(headings):
        years = _YEAR.findall(heading.whole)
        if len(years) != 1:
            continue
        words = _told(squeezed(_YEAR.sub("", heading.whole)))
        if "baseline" in words or keys[at] == "baseline":
            baseline_year, keys[at], sure[at] = years[0], "baseline", _TOLD
        elif "reached" not in words and keys[at] not in REPORTED:
            keys[at], sure[at] = target_key(int(years[0])), _TOLD
    return baseline_year


def _likeness(heading: Heading, column: Column) -> float:
    """Return how sure it is that a heading names a column: by the official words, or by words that tell its key."""
    official = squeezed(f"{column.over} {column.heading}") if column.over else squeezed(column.heading)
    ways = {squeezed(heading.whole), squeezed(heading.text)}
    ways |= {squeezed(without) for way in (heading.whole, heading.text) if (without := _YEAR.sub("", way).strip())}
    names = {official, squeezed(column.heading)}
    if column.kind == "ordinal" and any(map(_NUMBERS.fullmatch, ways)):
        return 0.95 if column.key == "number" else SURE
    likeness = max(_alike(way, name) for way in ways for name in names)
    if _abbreviates(heading.whole, column.heading):
        likeness = max(likeness, _TOLD)
    likeness = max(likeness, _spelt(heading).get(column.key, 0.0))
    also = (_told(way).get(key, 0.0) * _LESS_SURE for way in ways for key in _ALSO.get(column.key, ()))
    return max(likeness, *(_told(way).get(column.key, 0.0) for way in ways), *also)


def _of_sections(headings: Sequence[Heading]) -> Iterator[int]:
    """Yield the columns in front of the measures that say under which objective each stands."""
    wholes = [squeezed(heading.whole) for heading in headings]
    if any("baseline" in _told(whole) for whole in wholes[:1]):
        return
    main = next((at for at, whole in enumerate(wholes) if whole and "measure" in _told(whole)), 0)
    yield from (at for at, whole in enumerate(wholes[:main]) if _OBJECTIVES.fullmatch(whole))


def _spelt(heading: Heading) -> dict[str, float]:
    """Return the keys that offices name so, with typing errors or cut short."""
    return _spelt_as(heading.whole) if heading.over else _spelt_as(heading.text)


@lru_cache(maxsize=10_000)
def _spelt_as(text: str) -> dict[str, float]:
    short = squeezed(text)
    return {
        key: _TOLD if _abbreviates(text, name) else SURE
        for key, names in _NAMES.items()
        for name in names
        if _abbreviates(text, name) or _alike(short, squeezed(name)) >= _SPELT
    }


_ALSO: Mapping[str, tuple[str, ...]] = {
    "target": ("expected",),
    "clause": ("measure",),
    "measure": ("objective", "basis"),
    "progress": ("reached_progress",),
    "reached_progress": ("progress", "reached"),
}
"""Words that tell another column, and this one where a form has no such other."""
_LESS_SURE = 0.9


@lru_cache(maxsize=10_000)
def _alike(one: str, other: str) -> float:
    """Return how alike two texts are; 0 where that is less than anybody asks for."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < SURE:
        return 0.0
    return matcher.ratio()


def _abbreviates(text: str, official: str) -> bool:
    """Tell whether every word begins a word of the official heading, in its order: «Хариуц. эзэн», «Өөр. үнэл.»."""
    if "." not in text:
        return False
    short = [squeezed(word) for word in re.split(r"[\s.,/]+", text) if squeezed(word)]
    full = [squeezed(word) for word in re.split(r"[\s,/]+", official) if squeezed(word)]
    words = iter(full)
    fits = bool(short) and all(any(word.startswith(one) for word in words) for one in short)
    return fits and len("".join(short)) >= 4  # noqa: PLR2004 -- fewer letters begin too many words


@lru_cache(maxsize=10_000)
def _told(text: str) -> dict[str, float]:
    """Return the keys that the words of a heading tell, the more telling ones surer."""
    found: dict[str, float] = {}
    if _NUMBERS.fullmatch(text):
        return {"number": 0.95}
    for key, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            found.setdefault(key, _TOLD if not found else SURE)
    return found
