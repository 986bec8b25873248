"""What is known of a project from its last check or build: what its files say they are, and what its parcels gave.

In: the store of what is kept, and the project's folder. Out: `Record`. What is damaged is as good as none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from planctl.parcels.claims import Claims
from planctl.survey.reading import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.cache.store import Store

KIND = "survey"
"""Under this kind a project's record is kept, by its real path."""


class Record:
    """What was known, and what is known now. Only what is put or taken over stays; `is_anew`: nothing was known."""

    def __init__(self, store: Store, root: Path, *, is_anew: bool = False) -> None:
        self._store = store
        self._place = os.path.realpath(root)
        self._claims, self._readings = _shaped(None if is_anew else store.get(KIND, self._place))
        self._now: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    def claims(self, path: str, digest: str) -> Claims | None:
        """Return what the file at a path says it is, if its content is known."""
        try:
            known, told = self._claims[path]
            claims = Claims.of_json(told)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        if known != digest or claims.path != path:
            return None
        self._now[0][path] = self._claims[path]
        return claims

    def put_claims(self, digest: str, claims: Claims) -> None:
        """Keep what a file of this content says it is."""
        self._now[0][claims.path] = [digest, claims.to_json()]

    def reading(self, key: str) -> Reading | None:
        """Return what a parcel gave."""
        try:
            reading = Reading.of_plain(self._readings[key])
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        self._now[1][key] = self._readings[key]
        return reading

    def put_reading(self, key: str, reading: Reading) -> None:
        """Keep what a parcel gave."""
        self._now[1][key] = reading.plain()

    def save(self) -> None:
        """Keep what is known now, if it is anything else than before."""
        if self._now != (self._claims, self._readings):
            self._store.put(KIND, self._place, list(self._now))

    def save_so_far(self) -> None:
        """Keep what was known and what is known now, for a run that did not come to its end."""
        self._store.put(KIND, self._place, [self._claims | self._now[0], self._readings | self._now[1]])


def _shaped(kept: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    match kept:
        case [dict() as claims, dict() as readings]:
            return claims, readings
        case _:
            return {}, {}
