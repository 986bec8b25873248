"""What a Word document's styles and lists make of a paragraph: its heading level, its look, and the number it shows.

In: the trees of the parts `styles` and `numbering`. Out: `Style` values, and labels (`3.1.`, `а)`, `IV`) counted as
Word counts them, paragraph by paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planctl.importer.lines import Label
from planctl.importer.read_text import ALIGNMENTS
from planctl.render.wordml.xml import NAME, PPR, RPR, VAL, W

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.importer.office_file import Alignment
    from planctl.render.wordml.xml import Element

NUM_PR, NUM_ID, ILVL, OUTLINE, JC, BOLD, IND, P_STYLE, BASED_ON = (
    f"{W}{name}" for name in ("numPr", "numId", "ilvl", "outlineLvl", "jc", "b", "ind", "pStyle", "basedOn")
)
_FALSE = frozenset({"0", "false", "off"})
_DEEPEST_STYLES = 50
_HEADINGS = 9
_BODY = 9
_TWIPS_A_LEVEL = 360


def is_on(switch: Element | None) -> bool:
    """Tell whether a switch such as `<w:b/>` is there and not turned off."""
    return switch is not None and switch.get(VAL, "1") not in _FALSE


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph gets from its style. `numbers` is the list's id, "" for none; `left` its indent in twips."""

    name: str = ""
    level: int = 0
    alignment: Alignment = ""
    is_bold: bool = False
    numbers: str = ""
    depth: int | None = None
    left: int | None = None


class Styles:
    """The styles of a document, each with what it takes from those it is based on."""

    def __init__(self, root: Element | None) -> None:
        every = () if root is None else tuple(root.iterfind(f"{W}style"))
        self._elements: dict[str, Element] = {style.get(f"{W}styleId", ""): style for style in every}
        self._default: str = next(
            (
                style.get(f"{W}styleId", "")
                for style in every
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _FALSE
            ),
            "",
        )
        self._known: dict[str, Style] = {}
        self._bold: dict[str, bool | None] = {}

    def of(self, style: str | None) -> Style:
        """Return what the paragraph style of that id gives; the default style for None and for unknown ids."""
        id_ = style if style is not None and style in self._elements else self._default
        if id_ not in self._known:
            self._known[id_] = self._resolved(id_)
        return self._known[id_]

    def bold_of(self, style: str) -> bool | None:
        """Return whether a character style makes letters bold; None where it leaves it as it is."""
        if style not in self._bold:
            found = [one for element in self._line(style) if (one := element.find(f"{RPR}/{BOLD}")) is not None]
            self._bold[style] = is_on(found[0]) if found else None
        return self._bold[style]

    def _line(self, id_: str | None) -> list[Element]:
        """Return a style's element and those that it is based on, nearest first."""
        line: list[Element] = []
        while id_ in self._elements and len(line) < _DEEPEST_STYLES:
            line.append(self._elements[id_])
            above = line[-1].find(BASED_ON)
            id_ = None if above is None else above.get(VAL)
        return line

    def _resolved(self, id_: str) -> Style:
        style = Style()
        for element in reversed(self._line(id_)):
            style = _with_properties(style, element.find(PPR))
            bold = element.find(f"{RPR}/{BOLD}")
            name = element.find(NAME)
            style = replace(
                style,
                name="" if name is None else name.get(VAL, ""),
                is_bold=style.is_bold if bold is None else is_on(bold),
            )
        heading = re.fullmatch(r"heading ([1-9])", style.name, re.IGNORECASE)
        return replace(style, level=int(heading[1])) if heading else style


def _with_properties(style: Style, properties: Element | None) -> Style:
    """Return the style with what paragraph properties change of it."""
    if properties is None:
        return style
    for child in properties:
        if child.tag == OUTLINE:
            level = whole(child.get(VAL))
            style = replace(style, level=0 if level is None or level >= _BODY else level + 1)
        elif child.tag == JC:
            style = replace(style, alignment=ALIGNMENTS.get(child.get(VAL, ""), ""))
        elif child.tag == IND:
            left = whole(child.get(f"{W}left", child.get(f"{W}start")))
            style = style if left is None else replace(style, left=left)
        elif child.tag == NUM_PR:
            style = _with_numbers(style, child)
    return style


def _with_numbers(style: Style, numbers: Element) -> Style:
    id_, depth = numbers.find(NUM_ID), numbers.find(ILVL)
    if id_ is not None:
        style = replace(style, numbers="" if id_.get(VAL) == "0" else id_.get(VAL, ""), depth=None)
    return style if depth is None else replace(style, depth=whole(depth.get(VAL)))


def whole(text: str | None) -> int | None:
    """Return a whole number that an attribute holds; None for none."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def formed(styles: Styles, properties: Element | None) -> tuple[Style, str]:
    """Return what a paragraph's style and own properties make of it, and the id of its style."""
    if properties is None:
        return styles.of(None), ""
    named = properties.find(P_STYLE)
    id_ = "" if named is None else named.get(VAL, "")
    return _with_properties(styles.of(id_ or None), properties), id_


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its number is written (`%1.%2.`) and where it begins."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    left: int | None = None
    is_legal: bool = False
    restarts: int | None = None
    style: str = ""


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._definitions: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._own: dict[tuple[str, int], Level] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counted: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        linked, styles = {}, {}
        for definition in root.iterfind(f"{W}abstractNum"):
            id_ = definition.get(f"{W}abstractNumId")
            self._levels[id_] = {_depth(level): _level(level) for level in definition.iterfind(f"{W}lvl")}
            if (link := definition.find(f"{W}numStyleLink")) is not None:
                linked[id_] = link.get(VAL)
            if (link := definition.find(f"{W}styleLink")) is not None:
                styles[link.get(VAL)] = id_
        for id_, style in linked.items():
            self._levels[id_] = self._levels.get(styles.get(style, ""), {}) or self._levels[id_]
        for number in root.iterfind(f"{W}num"):
            id_, definition = number.get(f"{W}numId"), number.find(f"{W}abstractNumId")
            self._definitions[id_] = "" if definition is None else definition.get(VAL)
            for override in number.iterfind(f"{W}lvlOverride"):
                self._override(id_, override)

    def _override(self, number: str, override: Element) -> None:
        depth = whole(override.get(f"{W}ilvl")) or 0
        if (start := override.find(f"{W}startOverride")) is not None:
            self._starts[number, depth] = whole(start.get(VAL)) or 0
        if (level := override.find(f"{W}lvl")) is not None:
            self._own[number, depth] = _level(level)

    def count(self, style: Style, style_id: str) -> Label | None:
        """Count a paragraph in its list, and return what the list shows in front of it; None for one in no list."""
        definition = self._definitions.get(style.numbers)
        if definition is None:
            return None
        levels = self._levels.get(definition, {})
        depth = style.depth if style.depth is not None else _depth_of_style(levels, style_id)
        level = self._level(style.numbers, depth)
        left = style.left if style.left is not None else level.left
        indent = (depth + 1) * _TWIPS_A_LEVEL if left is None else left
        self._advance(style.numbers, definition, depth, level)
        if level.form == "bullet":
            return Label("", indent, depth)
        number = self._shown(style.numbers, definition, depth, level)
        if number and not any(sign.isalnum() for sign in number):
            return Label("", indent, depth)
        return Label(number, indent, depth) if number else None

    def _level(self, number: str, depth: int) -> Level:
        own = self._own.get((number, depth))
        return own or self._levels.get(self._definitions.get(number, ""), {}).get(depth, Level())

    def _advance(self, number: str, definition: str, depth: int, level: Level) -> None:
        counted = self._counted.setdefault(definition, {})
        if (number, depth) not in self._begun and (number, depth) in self._starts:
            counted[depth] = self._starts[number, depth]
        elif depth in counted:
            counted[depth] += 1
        else:
            counted[depth] = level.start
        self._begun.add((number, depth))
        for deeper in [one for one in counted if one > depth]:
            if self._level(number, deeper).restarts != 0:
                del counted[deeper]

    def _shown(self, number: str, definition: str, depth: int, level: Level) -> str:
        counted = self._counted[definition]

        def one(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            shape = self._level(number, at)
            value = counted.get(at, shape.start)
            return written(value, "decimal" if level.is_legal and at < depth else shape.form)

        return re.sub(r"%([1-9])", one, level.text).strip()


def _depth(level: Element) -> int:
    return whole(level.get(f"{W}ilvl")) or 0


def _depth_of_style(levels: dict[int, Level], style_id: str) -> int:
    return next((depth for depth, level in levels.items() if style_id and level.style == style_id), 0)


def _level(element: Element) -> Level:
    def value(name: str) -> str | None:
        found = element.find(f"{W}{name}")
        return None if found is None else found.get(VAL, "")

    form = next((one.get(VAL, "") for one in element.iter(f"{W}numFmt")), "decimal")
    indent = element.find(f"{PPR}/{IND}")
    start = whole(value("start"))
    return Level(
        form=form,
        text=value("lvlText") or "",
        start=1 if start is None else start,
        left=None if indent is None else whole(indent.get(f"{W}left", indent.get(f"{W}start"))),
        is_legal=is_on(element.find(f"{W}isLgl")),
        restarts=whole(value("lvlRestart")),
        style=value("pStyle") or "",
    )


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 4000
_CIRCLED = 20


def written(number: int, form: str) -> str:
    """Return a number as Word writes it in one of its forms (`ST_NumberFormat`); in digits in one it does not know."""
    if form == "decimalEnclosedCircle" and 0 < number <= _CIRCLED:
        return chr(ord("①") + number - 1)
    write = _FORMS.get(form)
    return str(number) if write is None else write(number)


def _lettered(number: int, alphabet: str) -> str:
    """Return а, б … я, аа, бб …: Word repeats the letter."""
    if number < 1:
        return str(number)
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * min(times + 1, 50)


def _roman(number: int) -> str:
    if not 0 < number < _LARGEST_ROMAN:
        return str(number)
    letters = ""
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        letters += letter * times
    return letters


_FORMS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _number: "",
    "decimalZero": "{:02}".format,
    "decimalEnclosedParen": "({})".format,
    "decimalEnclosedFullstop": "{}.".format,
    "numberInDash": "- {} -".format,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _lettered(number, _LATIN).upper(),
    "lowerLetter": lambda number: _lettered(number, _LATIN),
    "russianUpper": lambda number: _lettered(number, _CYRILLIC).upper(),
    "russianLower": lambda number: _lettered(number, _CYRILLIC),
}
"""Numbers other than plain ones, by `ST_NumberFormat`."""
