"""The activities of an article found so far; each keeps those found later off its place."""

import re
from collections.abc import Mapping
from typing import Final

from kg.language.activities import Phrase
from kg.language.activity_signs import suffixes
from kg.language.scan import Scan
from kg.recognise import activity_measures as measures
from kg.recognise.activity_quoted import is_only_called
from kg.recognise.activity_topics import Topics, is_generic, is_loose, kind_of
from kg.recognise.candidate import LIKELY, POSSIBLE, Candidate

# It begins with a class of signs: the search then passes over all others at once.
_NAMELIKE: Final = re.compile("[“”年月日行工计](?:(?<=[“”年月日])|(?<=行)动|(?<=工)程|(?<=计)划)")
_FORMULA: Final = re.compile(r"“[^“”]+”")
# 在|信息共享、联合劝阻|等方面加强合作: in what they will work together
_FIELDS: Final = re.compile(
    r"[在就](?P<fields>[^，。；“”\n]{2,60}?)等(?:多个|各)?方面(?:的)?[^，。；]{0,8}?(?:合作|协作|共建|交流)"
)
_TAG: Final = re.compile(r"#[^#\n，。]{2,24}#")  # #夏季行动#: what a post is filed under
_SHORTEST_REPEAT: Final = 5


class Finds:
    """Takes what the rules offer, with its kind and topic, if its place is free."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._text = scan.text
        self._topics = Topics(scan)
        self.methods: set[int] = set()  # where ways of working begin
        self.taken: list[Candidate] = []
        self.covered = bytearray(len(scan.text))
        for fields in _FIELDS.finditer(scan.text) if "方面" in scan.text else ():
            self.cover(*fields.span("fields"))
        for tag in _TAG.finditer(scan.text) if "#" in scan.text else ():
            self.cover(*tag.span())

    def cover(self, start: int, end: int) -> None:
        """Let nothing be found between two places."""
        self.covered[start:end] = b"\x01" * (end - start)

    def offer(
        self,
        phrase: Phrase,
        rule: str,
        trigger: str = "",
        *,
        weak: bool = False,
        weight: float = LIKELY,
    ) -> None:
        """Take a phrase unless it is generic, demanded or a heading, or its place is taken."""
        if (
            (not phrase.head and phrase.start in self.methods)
            or self._text.startswith("这", phrase.start)
            or is_generic(self._text[phrase.start : phrase.end], phrase)
            or self.is_taken(phrase.start, phrase.end)
        ):
            return
        if weak and (self.is_demanded(phrase.start) or is_loose(self._text, phrase, trigger)):
            return
        if not phrase.quoted and measures.is_heading(self._text, phrase.start, phrase.end):
            return
        self.put(phrase, rule, weight=weight, extra={"trigger": trigger} if trigger else {})

    def put(
        self,
        phrase: Phrase,
        rule: str,
        *,
        weight: float = LIKELY,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        """Take a phrase that a rule is sure of, unless it is only the manner of something."""
        if measures.is_manner(self._text, phrase.start, phrase.end) and not phrase.quoted:
            return
        text = self._text[phrase.start : phrase.end]
        attributes = dict(extra or {})
        if "kind" not in attributes:
            attributes["kind"] = kind_of(text, phrase.kind)
        if "topic" not in attributes:
            attributes["topic"] = self._topics.of(phrase.start, phrase.end)
        if rule != "case" and _NAMELIKE.search(text):
            attributes["named"] = "yes"
        span = phrase.start, phrase.end
        self._take(Candidate("ACT", *span, f"activity.{rule}", weight, attributes=attributes))

    def nominal(self, start: int, end: int) -> None:
        """Take a bare head that points back."""
        attributes = {"kind": kind_of(self._text[start:end], "")}
        self._take(
            Candidate(
                "ACT", start, end, "activity.nominal", POSSIBLE, nominal=True, attributes=attributes
            )
        )

    def repeats(self) -> None:
        """Take further occurrences of a name that was found with its context."""
        for candidate in list(self.taken):
            text = self._text[candidate.start : candidate.end]
            if len(text) < _SHORTEST_REPEAT or candidate.rule == "activity.case" or "\n" in text:
                continue
            formula = _FORMULA.search(text) if "named" in candidate.attributes else None
            if formula and self._is_name(formula, text):
                text = formula[0]
            start = self._text.find(text)
            while start >= 0:
                end = start + len(text)
                if not (self.is_taken(start, end) or is_only_called(self._text, start, end)):
                    self.put(
                        Phrase(start, end, quoted=text.startswith("“")),
                        "repeat",
                        weight=POSSIBLE,
                        extra=candidate.attributes,
                    )
                start = self._text.find(text, end)

    def _is_name(self, formula: re.Match[str], name: str) -> bool:
        """Return whether the formula in ``name`` may stand for it elsewhere."""
        titled = suffixes(formula[0][1:-1], "name.act-title")
        return bool(titled) or (len(formula[0]) > _SHORTEST_REPEAT and name.startswith("“"))

    def is_demanded(self, start: int) -> bool:
        """Return whether what begins here is demanded, not done."""
        return measures.is_demanded(self._text, self._scan.sentence_at(start).start, start)

    def is_taken(self, start: int, end: int) -> bool:
        """Return whether a name or an activity stands between two places."""
        return self.covered.find(1, start, end) >= 0

    def _take(self, candidate: Candidate) -> None:
        self.taken.append(candidate)
        self.cover(candidate.start, candidate.end)
