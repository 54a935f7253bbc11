"""Which counties and prefectures a text tells of: whose villages and sights it may name."""

import functools
from collections.abc import Set
from typing import Final

from kg.language.regions import Places

_COUNTY: Final = 6  # digits of a county's code; a town's has nine
_MOST: Final = 3  # counties of one name that may all be meant


class Told:
    """The divisions that one folded text tells of, by their codes."""

    def __init__(self, places: Places) -> None:
        forms = {span.form for span in places.spans}
        self._codes = [codes for form in forms if (codes := places.codes(form))]
        low = (code for codes in self._codes for code in codes if len(code) == _COUNTY)
        self._high = {code for code in low if code.endswith("00")}

    @functools.cached_property
    def counties(self) -> tuple[str, ...]:
        """Return the counties.

        A name that several bear means those near the other names. Towns tell of a county only where
        nothing else does.
        """
        told: set[str] = set()
        for codes in self._codes:
            low = {code for code in codes if len(code) == _COUNTY and not code.endswith("00")}
            told |= self._near(low)
        if not told:
            for codes in self._codes:
                if self._high.isdisjoint(codes):  # 重庆 is a street in Changchun too
                    told |= self._near({code[:_COUNTY] for code in codes})
        return tuple(sorted(told))

    @functools.cached_property
    def prefectures(self) -> tuple[str, ...]:
        """Return the prefectures and municipalities; a county in no prefecture stands for itself.

        Provinces are among them, which have no sights of their own.
        """
        told = set(self._high)
        for code in self.counties:
            told |= {code[:4] + "00", code[:2] + "0000", code}
        return tuple(sorted(told))

    def _near(self, counties: Set[str]) -> Set[str]:
        """Return those of the counties of one name that lie in a division named as well.

        Where none does all are meant; no county is where they are too many.
        """
        if len(counties) > 1:
            ring = {code for code in counties if code[:4] + "00" in self._high}
            ring = ring or {code for code in counties if code[:2] + "0000" in self._high}
            counties = ring or counties
        return counties if len(counties) <= _MOST else set()
