"""The templates: the office's own where planctl.yaml names one, those that come with planctl otherwise.

In: the name of a sheet's template. Out: its bytes and its path.
"""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError, problem_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planctl.render import Template

GENERAL = {".docx": "sheet.docx", ".html": "sheet.html"}
"""What serves every sheet of a format that has no template of its own."""

_SHIPPED = Path(__file__).parents[1] / "templates"


@cache
def shipped_names() -> tuple[str, ...]:
    """Return the names of the templates that come with planctl, such as `resolutions/table.docx`."""
    return tuple(sorted(_names()))


def replaceable_names(sheets: Iterable[str] = ()) -> tuple[str, ...]:
    """Return every name that an office's own template can go by: the shipped ones, and each sheet's in each format.

    `sheets` are names of sheets' templates without their ending; those that come with planctl need not be among them.
    """
    shipped = shipped_names()
    known = (*(name.removesuffix(".docx") for name in shipped if name.endswith(".docx")), *sheets)
    return tuple(dict.fromkeys((*shipped, *(f"{name}{suffix}" for name in known for suffix in GENERAL))))


@cache
def shipped_content(name: str) -> bytes:
    """Return the bytes of a template that comes with planctl; PlanctlError if there is none of this name."""
    if name not in shipped_names():
        raise PlanctlError(_("there is no template “{name}”; `planctl template list` shows them"), name=name)
    return _SHIPPED.joinpath(name).read_bytes()


def fetch(root: Path, own: Mapping[str, str], name: str, suffix: str) -> Template:
    """Return the template of a sheet: its own before the format's general one, and the office's before the shipped one.

    An office's general template stands in for the general one only: it need not show what a sheet's own one shows.
    """
    return fetch_from(partial(own_content, root), own, name, suffix)


def fetch_from(read: Callable[[str], bytes], own: Mapping[str, str], name: str, suffix: str) -> Template:
    """Return the same template, the office's own ones read by their paths in the project with `read`."""
    from planctl.render import Template  # noqa: PLC0415  # the checks of plans need the names of templates alone

    wanted = name + suffix
    known = shipped_names()
    for candidate in (wanted, GENERAL.get(suffix, "")):
        if path := own.get(candidate):
            return Template(path, read(path))
        if candidate in known:
            return Template(f"planctl:templates/{candidate}", shipped_content(candidate))
    raise PlanctlError(_("there is no template “{name}”; `planctl template list` shows them"), name=wanted)


def own_content(root: Path, path: str) -> bytes:
    """Return the bytes of an office's own template; PlanctlError where it cannot be had."""
    # Not Path.resolve, which before Python 3.13 raises RuntimeError on links that lead in circles.
    file = Path(os.path.realpath(root / path))
    if not file.is_relative_to(os.path.realpath(root)):
        raise PlanctlError(_("the template {path} lies outside the project"), path=path)
    try:
        return file.read_bytes()
    except OSError as error:
        raise PlanctlError(
            _("the template {path} cannot be read: {problem}"), path=path, problem=problem_of(error)
        ) from error


def _names() -> list[str]:
    files = (path for path in _SHIPPED.rglob("*") if path.suffix in {".docx", ".html"})
    return [path.relative_to(_SHIPPED).as_posix() for path in files]
