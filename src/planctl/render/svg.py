"""Charts as SVG inside of a page: hatched bars, a dashed line with marks, told apart without colours.

In: a chart of the view model. Out: an `<svg>` element with its title and description, without a script; the title is
for those who hear the page, and whoever shows the chart sets it above.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.report.sheet import Chart, Series

WIDTH, HEIGHT = 480, 254
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 12, 24, 76
_STEPS = 4
"""Parts of the upright axis."""

_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MARK = 4


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values and categories lie, in pixels from the top left."""

    top: Decimal
    categories: int

    def y(self, value: Decimal) -> float:
        """Return the height of a value; one below 0 lies on the axis."""
        share = float(max(value, Decimal(0)) / self.top)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    @property
    def step(self) -> float:
        """The width of a category."""
        return (WIDTH - _LEFT - _RIGHT) / self.categories

    def x(self, at: int) -> float:
        """Return the middle of a category."""
        return round(_LEFT + self.step * (at + 0.5), 1)


def drawn(chart: Chart, name: str) -> Markup:
    """Return the chart; `name`, of letters and digits and its own in the page, ties title and pattern to it."""
    scale = _Scale(_top([value for one in chart.series for value in one.values if value is not None]), _count(chart))
    name = escape(name)
    opening = (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-size="11" font-family="Arial, sans-serif">'
    )
    hatch = (
        f'<pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" fill="#fff"/><rect width="2.5" height="6" fill="#555"/></pattern>'
    )
    parts = (
        opening,
        f'<title id="{name}-title">{escape(chart.title)}</title><desc id="{name}-desc">{escape(told(chart))}</desc>',
        f"<defs>{hatch}</defs>",
        *_axes(chart, scale),
        *(part for one in chart.series for part in _series(one, scale, f"url(#{name}-hatch)")),
        *_legend(chart, f"url(#{name}-hatch)"),
        "</svg>",
    )
    return Markup("\n".join(parts))  # noqa: S704 -- what an author wrote is escaped


def told(chart: Chart) -> str:
    """Return the chart in words: its values by category, for a reader who does not see it."""
    return f"{chart.unit}. " + " ".join(f"{one.name}: {_values(chart, one)}." for one in chart.series)


def _values(chart: Chart, series: Series) -> str:
    pairs = zip(chart.categories, series.values, strict=True)
    return ", ".join(f"{category} – {_number(value)}" for category, value in pairs if value is not None) or "-"


def _count(chart: Chart) -> int:
    return max(len(chart.categories), 1)


def _top(values: Sequence[Decimal]) -> Decimal:
    """Return a round number above all values that parts into even steps."""
    highest = max((*values, Decimal(0)))
    if highest == 0:
        return Decimal(_STEPS)
    least = highest / _STEPS
    magnitude = Decimal(1).scaleb(least.adjusted())
    return next(magnitude * nice for nice in _NICE if magnitude * nice >= least) * _STEPS


def _number(value: Decimal) -> str:
    """Return a number with a comma and at most two decimals."""
    shown = value.quantize(Decimal("0.01"), ROUND_CEILING).normalize()
    return f"{shown:f}".replace(".", ",")


def _axes(chart: Chart, scale: _Scale) -> Iterator[str]:
    """Draw the lines across with their numbers, the categories, and the names of both axes."""
    for part in range(_STEPS + 1):
        value = scale.top * part / _STEPS
        y = scale.y(value)
        colour = "#000" if part == 0 else "#ccc"
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}" stroke="{colour}"/>'
        yield _text(_LEFT - 6, y + 4, _number(value), anchor="end")
    floor = HEIGHT - _BOTTOM
    for at, category in enumerate(chart.categories):
        yield _text(scale.x(at), floor + 16, category)
    middle = (_TOP + floor) / 2
    yield _text(14, middle, chart.unit, extra=f' transform="rotate(-90 14 {middle})"')
    yield _text((_LEFT + WIDTH - _RIGHT) / 2, floor + 36, chart.axis)


def _series(series: Series, scale: _Scale, hatch: str) -> Iterator[str]:
    places = [
        (at, scale.x(at), scale.y(value), _number(value)) for at, value in enumerate(series.values) if value is not None
    ]
    if series.kind == "bars":
        for _at, x, y, number in places:
            half = round(scale.step * 0.25, 1)
            yield (
                f'<rect x="{x - half:.1f}" y="{y}" width="{2 * half:.1f}" height="{HEIGHT - _BOTTOM - y:.1f}" '
                f'fill="{hatch}" stroke="#000"/>'
            )
            yield from _boxed(x, HEIGHT - _BOTTOM - 5, number)
        return
    for _gap, run in groupby(enumerate(places), key=lambda pair: pair[1][0] - pair[0]):
        points = " ".join(f"{x},{y}" for _place, (_at, x, y, _shown) in run)
        yield f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="1.5" stroke-dasharray="5 3"/>'
    for _at, x, y, number in places:
        yield f'<path d="{_diamond(x, y)}" fill="#fff" stroke="#000" stroke-width="1.5"/>'
        yield _text(x, y - 8, number, extra=_HALO)


def _boxed(x: float, y: float, number: str) -> Iterator[str]:
    """Draw a number on white, so that it is readable on hatching."""
    width = len(number) * _DIGIT + 4
    yield f'<rect x="{x - width / 2:.1f}" y="{y - 10}" width="{width:.1f}" height="13" fill="#fff"/>'
    yield _text(x, y, number)


_DIGIT = 6.2
"""Pixels of a digit."""

_HALO = ' paint-order="stroke" stroke="#fff" stroke-width="3"'
"""Keeps a number readable on lines."""


def _diamond(x: float, y: float) -> str:
    return f"M{x:.1f} {y - _MARK:.1f}l{_MARK} {_MARK}l-{_MARK} {_MARK}l-{_MARK} -{_MARK}z"


def _legend(chart: Chart, hatch: str) -> Iterator[str]:
    """Draw the key below the chart: a sample of each series before its name."""
    y = HEIGHT - 16
    for at, series in enumerate(chart.series):
        x = WIDTH / 2 + (at - len(chart.series) / 2) * 130
        if series.kind == "bars":
            yield f'<rect x="{x}" y="{y - 9}" width="24" height="10" fill="{hatch}" stroke="#000"/>'
        else:
            line = f'x1="{x}" y1="{y - 4}" x2="{x + 24}" y2="{y - 4}"'
            yield f'<line {line} stroke="#000" stroke-width="1.5" stroke-dasharray="5 3"/>'
            yield f'<path d="{_diamond(x + 12, y - 4)}" fill="#fff" stroke="#000" stroke-width="1.5"/>'
        yield _text(x + 30, y, series.name, anchor="start")


def _text(x: float, y: float, text: str, *, anchor: str = "middle", extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{escape(text)}</text>'
