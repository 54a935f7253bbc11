"""Which counties and prefectures a text tells of: whose villages and sights it may name."""

import functools
from collections.abc import Sequence
from typing import Final

from kg.language.regions import Places

_MOST: Final = 3  # counties of one name that may all be meant


class Told:
    """The divisions that one folded text tells of, by their codes."""

    def __init__(self, places: Places) -> None:
        forms = {span.form for span in places.spans}
        self._codes = [codes for form in forms if (codes := places.codes(form))]
        self._high = {code for codes in self._codes for code in codes if code.endswith("00")}

    @functools.cached_property
    def counties(self) -> tuple[str, ...]:
        """Return the counties.

        A name that several bear means those near the other names. Towns tell of a county only where
        nothing else does.
        """
        told: set[str] = set()
        for codes in self._codes:
            low = [code for code in codes if len(code) == 6 and not code.endswith("00")]
            told |= self._near(low) if low else set()
        if not told:
            for codes in self._codes:
                told |= self._near([code[:6] for code in codes if len(code) > 6])
        return tuple(sorted(told))

    @functools.cached_property
    def prefectures(self) -> tuple[str, ...]:
        """Return the prefectures and municipalities; a county in no prefecture stands for itself."""
        told = {code for code in self._high if code[2:] != "0000" and len(code) == 6}
        for code in self.counties:
            told |= {code[:4] + "00", code[:2] + "0000", code}
        return tuple(sorted(told))

    def _near(self, counties: Sequence[str]) -> set[str]:
        """Return those of the counties of one name that lie in a division named as well.

        Where none does all are meant; no county is where they are too many.
        """
        if len(counties) > 1:
            ring = [code for code in counties if code[:4] + "00" in self._high]
            ring = ring or [code for code in counties if code[:2] + "0000" in self._high]
            counties = ring or counties
        return set(counties) if len(counties) <= _MOST else set()
