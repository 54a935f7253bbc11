"""Persons who are named by a surname alone: 李某, 李某龙, 王女士, 老蒋."""

import re
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.name_context import follow
from kg.language.name_elements import is_element
from kg.language.name_tables import AMBIGUOUS, tables
from kg.language.words import known, tagged
from kg.recognise.candidate import LIKELY
from kg.recognise.person_names import Names

# What a name stands behind where it opens its clause or is led in by one sign.
OPENS: Final = frozenset("，。；：！？、“”（\n 由与和向对被让请跟同据为及在是给找的了着到")
_TOWARDS: Final = frozenset("向和从")
_LOCATING: Final = frozenset("于从向和")
_NUMBERED: Final = "甲乙丙丁"
_PEOPLE: Final = frozenset({"老人", "师傅", "老师", "同学", "家长"})
_COMRADE: Final = "同志"
_OTHERS: Final = re.compile("等(?:[0-9]+|[两二三四五六七八九十]+[余多]?)?名?(?:人|嫌疑人|犯罪)")
_FAMILIAR: Final = re.compile("[老小](?=([一-鿿]{1,2}))")


class Anonymous(Names):
    """Adds the names of persons who are not named in full."""

    def _anonymous(self) -> None:
        """Take 李某, 李某龙, 王女士; a whole name before 先生 is a name (张建国先生)."""
        surnames = tables().surnames
        for mark in self._scan.marks("per.title"):
            size = 2 if self._text[mark.start - 2 : mark.start] in surnames else 1
            start = mark.start - size
            if start < 0 or self._text[start : mark.start] not in surnames:
                continue
            if mark.entry.term in ("某", "某某"):
                if self._text[start] in _LOCATING and self._is_thing(mark.end):
                    continue  # 藏匿于|某小区
                if self._text[start - 1] == "驻":
                    continue  # 驻武|某部
                end = self._with_given(mark.end)
                if start not in self._post_ends and known(self._text[start - 1 : start + 1]):
                    continue  # 辖区|某老人
            elif self._is_whole(start, mark):
                continue
            elif self._is_address(start, mark):
                end = mark.end
            else:
                continue
            self._put(start, end, "anonymous", LIKELY, anonymous=True)

    def _is_thing(self, at: int) -> bool:
        """Return whether a noun stands behind 某 that it may be said of: 某小区."""
        word, tag = tagged(self._text[at : at + 4])[0]
        return len(word) > 1 and tag[0] == "n" and not tag.startswith("nr")

    def _with_given(self, end: int) -> int:
        """Return the end of 李某|龙: the sign behind is of the name if the text goes on after it."""
        used, words = lexicon().terms("name.given"), lexicon().terms("name.follow")
        given, after = self._text[end : end + 1], self._text[end + 1 : end + 2]
        if given and given in _NUMBERED:  # 赵某甲、赵某乙
            return end + 1
        if given not in used or given in words:
            return end
        if _OTHERS.match(self._text, end + 1):  # 谢某平|等人, though 平等 is a word
            return end + 1
        word, tag = tagged(self._text[end : end + 4])[0]  # 詹某|开票, 张某|本就
        if tag[0] in "drpc" if len(word) == 1 else known(word):
            return end
        short, long = follow(self._text, end), follow(self._text, end + 1)  # 洪某|藏匿, 李某龙|等
        usual = bool(used[given]) and (short < 0 or (after in words and short < 1))
        return end + 1 if usual or (long > short and (after in words or long > 0.6)) else end

    def _is_whole(self, start: int, title: Mark) -> bool:
        """Return whether what looks like a surname ends a whole name before 同志: 王|强同志."""
        surnames = tables().surnames
        usual = surnames.get(self._text[start - 1 : start]) == "1"
        rare = surnames[self._text[start : title.start]] != "1"
        return title.entry.term == _COMRADE and usual and rare and start > 0

    def _is_address(self, start: int, title: Mark) -> bool:
        """Return whether a surname before a form of address is one: 王女士, not 保安|大哥."""
        rank = tables().surnames[self._text[start : title.start]]
        if self._text.startswith("们", title.end):
            return False
        spoken = rank in AMBIGUOUS and start > 0
        if spoken and known(self._text[start - 1 : start + 1]):
            return False  # 由于|老人
        if spoken and self._text[start] in _TOWARDS and title.entry.term in _PEOPLE:
            return False  # 向|老人推荐
        if not start or self._text[start - 1] in OPENS:
            return True
        if rank in AMBIGUOUS or known(self._text[start - 1 : start + 1]):
            return False
        return title.entry.value == "personal" or start in self._post_ends

    def _familiar(self) -> None:
        """Take 老蒋 where one person of the article has that surname: it is who is meant."""
        if "老" not in self._text and "小" not in self._text:
            return
        full: dict[str, set[str]] = {}
        for one in self._found.values():
            name = self._text[one.start : one.end]
            if "anonymous" in one.attributes:
                continue
            if len(name) in (2, 3):
                full.setdefault(name[0], set()).add(name)
            elif is_element(name, 0, 2):  # 布和毕力格 is called “老布和”
                full.setdefault(name[:2], set()).add(name)
        for match in _FAMILIAR.finditer(self._text) if full else ():
            short = match[1] if match[1] in full else match[1][0]
            names, start, end = full.get(short, ()), match.start(), match.end() + len(short)
            if len(names) == 1 and self._is_called(start, end):
                self._put(start, end, "familiar", LIKELY, called=next(iter(names)))

    def _is_called(self, start: int, end: int) -> bool:
        """Return whether 老 or 小 and a surname stand as a name, and are no part of a word."""
        text = self._text
        led = not start or text[start - 1] in OPENS or not known(text[start - 1 : start + 1])
        free = not (self._is_taken(start, end) or self._is_placed(start, end))
        usual = tables().surnames.get(text[end - 1]) == "1"
        quoted = f"“{text[start:end]}”" in text  # 村民都喊他“老向”
        word = known(text[start:end]) and not usual and not quoted
        word = word or known(text[end - 1 : end + 1])
        return led and free and not word and follow(text, end) > 0
