"""The act of case news: a verb phrase with its result (打掉一个…团伙, 帮一名旅客找回…行李)."""

import functools
import re
from collections.abc import Iterator
from typing import Final

from kg.language.activities import ActivityGrammar
from kg.language.lexicon import lexicon
from kg.language.scan import Scan

_LEAD: Final = 2  # paragraphs after the title that may state the main act
_ONE: Final = r"(?:[0-9一二两三四五六七八九十数多]+余?[名个起件处位宗人]|一?系列|该|“[0-9]+[·.][0-9]+”)"
_WHOLE: Final = r"集[^，。；！？\n“”]{2,20}于一[体身]"  # 集生产、销售于一体的窝点
_SIGN: Final = "[^，。；：！？\n“”、]"
# 一个盗窃、收购电瓶的|团伙: what is listed belongs to the one that is counted.
_LISTED: Final = rf"(?:一?[个起伙处批条家]{_SIGN}{{1,14}}(?:、{_SIGN}{{1,14}}){{1,4}}的)?"
_OBJECT: Final = rf"{_LISTED}(?:{_WHOLE}|“[^“”\n]{{1,24}}”|[^，。；！？\n“”、]){{0,30}}?"
# 破获案件9起, 抓获19人: a count of results, not the act that the item tells of.
_COUNTED: Final = re.compile(r"[0-9一二两三四五六七八九十百千]+余?[名个起件处人]")
_FIRM: Final = frozenset({"打掉", "端掉", "捣毁", "摧毁", "侦破", "斩断"})


def case_phrases(scan: Scan, grammar: ActivityGrammar) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, kind and whether it is the main act for each case phrase of an article."""
    lead = -1  # where the lead ends, read once a phrase asks for it
    told = False
    for match in _phrases(scan.text):
        if grammar.inside(match.start()) or _COUNTED.match(scan.text, match.end()):
            continue
        verb = _verb(match[0])
        if scan.text.startswith(("的", "了的"), match.start() + len(verb)):  # 侦破的…案件
            continue
        kind = lexicon().terms("name.act-case")[verb]
        lead = lead if lead >= 0 else _lead_end(scan)
        single = re.match(rf"了?{_ONE}", match[0][len(verb) :])
        late = match.start() >= lead and (kind != "investigation" or verb in _FIRM)
        if late and (told or not single):  # the body tells of it, where the lead has not
            continue
        if not single and verb not in _FIRM and "“" not in match[0]:
            continue
        in_title = match.end() <= scan.title_end
        yield match.start(), match.end(), kind, not told or in_title
        told = told or not in_title


def _phrases(text: str) -> Iterator[re.Match[str]]:
    """Yield the phrases, looked for where a verb stands: a plain list of words is found fast."""
    end = 0
    for verb in _verbs().finditer(text):
        match = _pattern().match(text, verb.start()) if verb.start() >= end else None
        if match:
            end = match.end()
            yield match


@functools.cache
def _verbs() -> re.Pattern[str]:
    return re.compile(_any(list(lexicon().terms("name.act-case"))))


def _verb(phrase: str) -> str:
    verbs = lexicon().terms("name.act-case")
    return next(phrase[:size] for size in range(4, 0, -1) if phrase[:size] in verbs)


def _lead_end(scan: Scan) -> int:
    paragraphs = [m.end() for m in re.finditer(r"[^\n]+\n*", scan.text)]
    return paragraphs[min(_LEAD, len(paragraphs) - 1)] if paragraphs else 0


@functools.cache
def _pattern() -> re.Pattern[str]:
    kinds: dict[str, list[str]] = {}
    for verb, kind in lexicon().terms("name.act-case").items():
        kinds.setdefault(kind, []).append(verb)
    return re.compile("|".join(_phrase(kind, verbs) for kind, verbs in sorted(kinds.items())))


def _phrase(kind: str, verbs: list[str]) -> str:
    """Return the pattern of one kind: verb, object, what the object ends in."""
    results = [t for t, value in lexicon().terms("name.act-result").items() if value == kind]
    ends, signs = _any(results), "".join(sorted({result[0] for result in results}))
    quoted = rf"“[^“”\n]{{0,12}}(?:{ends})”"
    end = rf"(?=[“{signs}])(?:{quoted}|(?:{ends}))(?![件子法室侦办要]|{ends})"
    return rf"(?:{_any(verbs)}){_OBJECT}{end}"


def _any(terms: list[str]) -> str:
    return "|".join(map(re.escape, sorted(terms, key=lambda t: (-len(t), t))))
