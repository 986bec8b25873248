"""The office files that a command was given: named one by one, or found in folders by their endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.errors import PlanctlError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

_OF_OPEN_FILES = ("~$", ".~lock")
"""How the files begin that Word, Excel and LibreOffice leave beside one that is open."""


def office_files(paths: Sequence[Path], endings: Collection[str], *, none: str) -> Iterator[tuple[Path, str]]:
    """Yield the files with the names that findings call them by; of a folder those with the endings, by name.

    `none` is the sentence for a `{folder}` that has no such file.
    """
    for path in paths:
        if not path.is_dir():
            yield path, path.as_posix()
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in endings and one.is_file())
        readable = [one for one in inside if not one.name.startswith(_OF_OPEN_FILES)]
        if not readable:
            raise PlanctlError(none, folder=path.as_posix())
        yield from ((one, one.as_posix()) for one in readable)
