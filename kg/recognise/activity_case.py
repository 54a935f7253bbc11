"""The act of case news: a verb phrase with its result (打掉一个…团伙, 帮一名旅客找回…行李)."""

import functools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.language.activities import ActivityGrammar
from kg.language.lexicon import apart, lexicon
from kg.language.scan import Scan

_LEAD: Final = 2  # paragraphs after the title that may state the main act
_ONE: Final = (
    r"(?:[0-9一二两三四五六七八九十数多]+余?[名个起件处位宗人艘辆批]|一?系列|该|“[0-9]+[·.][0-9]+”)"
)
_WHOLE: Final = r"集[^，。；！？\n“”]{2,20}于一[体身]"  # 集生产、销售于一体的窝点
_SIGN: Final = "[^，。；：！？\n“”、]"
# 一个盗窃、收购电瓶的|团伙: what is listed belongs to the one that is counted.
_LISTED: Final = rf"(?:一?[个起伙处批条家]{_SIGN}{{1,14}}(?:、{_SIGN}{{1,14}}){{1,4}}(?:的|(?=“|{_SIGN}{{0,14}}案)))"
# “5·12”生产、销售伪劣产品|案
_DATED: Final = rf"(?:“[0-9]+[·.][0-9]+”{_SIGN}{{1,10}}(?:、{_SIGN}{{1,10}}){{1,2}}(?=案))"
_OBJECT: Final = (
    rf"(?:{_LISTED}|{_DATED})?(?:{_WHOLE}|“[^“”\n]{{1,24}}”|[^，。；！？\n“”、]){{0,30}}?"
)
# 破获案件9起, 抓获19人: a count of results, not the act that the item tells of.
_COUNTED: Final = re.compile(r"[0-9一二两三四五六七八九十百千]+余?[名个起件处人]")
_SINGLE: Final = re.compile(rf"了?{_ONE}")
# 救助走失男孩, no sum (救助遇险渔民15人, 救助走失老人、儿童)
_IN_NEED: Final = re.compile(r"了?(?:走失|受伤|受困|被困|落水|遇险|迷路|溺水|晕倒)")
_MONEY: Final = re.compile(r"了?(?:一笔)?[0-9.]+余?万?元")  # 拦下|30万元养老钱
_IN_COURSE: Final = re.compile(r"时，[^，。；！？\n]*$")  # 开展例行检查时，从夹层内|查获…
_FAR: Final = 30
_NAMED: Final = re.compile(
    r"(?:[一-鿿]某[一-鿿]?、)*[一-鿿]某[一-鿿]?(?=[，。；（(])"
)  # 抓获嫌疑人|秦某，
_SUMMED: Final = re.compile(r"[、0-9一二两三四五六七八九十百]|等")
# Who was helped, if one is meant: 一名旅客, 其, 走失老人
_SOMEBODY: Final = re.compile(
    r"[一1两2][名位个家对]|^[其他她]|走[失散]|迷路|迷途|失[联踪散]|被困|受困"
)
_BARE_CASE: Final = 4  # signs of a kind of case: 侦破盗窃案
_FIGURE: Final = re.compile(r"[0-9]")
_NOT_DONE: Final = re.compile(
    r"(?:[已共曾能可想要会请]|累计|先后|如何|希望|怎么|及时|主动|尽快|尽力|努力)\Z"
)
_ITEM: Final = re.compile(
    r"\n\s*(?:[▲△■□●◆★【]|(?:典型)?案例[一二三四五六七八九十0-9]{1,2}[：、 ])"
)
_KIND: Final = "investigation"
# 放归一只被救助的长尾雉: an animal, by its count
_FREED: Final = re.compile(
    r"(?:放归|放生|放飞)(?:大自然)?了?[一两二三四五六七八九十0-9]+[只头条羽匹][^，。；：！？\n“”、（]{2,16}(?=[，。；！（(\n]|$)"
)
# 查获|一批涉嫌走私冻品，: one haul, whatever it is
_SEIZED: Final = re.compile(
    r"(?:查获|查扣|起获|截获)了?一[批艘船车](?:[^，。；：！？\n“”、并]|“[^“”\n]{1,8}”){2,24}(?=[，。；（\n]|$)"
)
_BESIDE: Final = ("、", "，", "；")
_BELOW: Final = re.compile(r"\s*[—-]{1,2}[^\n]+")
_FIRM: Final = frozenset({"打掉", "端掉", "捣毁", "摧毁", "侦破", "斩断"})


class _Deed(NamedTuple):
    """A phrase that may state what an article tells of; ``firm`` if its verb alone says so."""

    start: int
    end: int
    kind: str
    single: bool
    firm: bool


def case_phrases(scan: Scan, grammar: ActivityGrammar) -> Iterator[tuple[int, int, str, bool]]:
    """Yield start, end, kind and whether it is the main act for each case phrase of an article."""
    lead = -1  # where the lead ends, read once a phrase asks for it
    told = -1  # where the body told of the last
    for deed in sorted(
        (
            *_cases(scan),
            *_helps(scan.text),
            *_hauls(scan.text),
            *_seized(scan.text),
            *_freed(scan.text),
        )
    ):
        if grammar.inside(deed.start):
            continue
        if lead < 0:
            lead = lead_end(scan)
        if _ITEM.search(scan.text, max(told, 0), deed.start):  # an item of a round-up has its own
            told = -1
        late = deed.start >= lead and (deed.kind != _KIND or deed.firm)
        # 打掉一个…团伙、|捣毁一个…窝点
        listed = deed.firm and scan.text[told : deed.start] in _BESIDE and deed.kind == _KIND
        # The body tells of it, where the lead has not.
        if late and not listed and (told >= 0 or not deed.single):
            continue
        if not (deed.single or deed.firm):
            continue
        in_title = deed.end <= _heading_end(scan)
        yield deed.start, deed.end, deed.kind, told < 0 or in_title
        if not in_title:
            told = deed.end


def _cases(scan: Scan) -> Iterator[_Deed]:
    """Yield verbs with their results, looked for where a verb stands."""
    text, end = scan.text, 0
    for found in apart(scan.marks("name.act-case")):
        match = _pattern().match(text, found.start) if found.start >= end else None
        if match is None:
            continue
        end = match.end()
        verb = _verb(match[0])
        behind = match.start() + len(verb)
        if text.startswith(("的", "了的"), behind) or _COUNTED.match(text, end):  # 侦破的…案件
            continue
        kind = lexicon().terms("name.act-case")[verb]
        firm = verb in _FIRM or "“" in match[0]
        named = _NAMED.match(text, end)
        single = bool(named) or _is_single(text, behind, end, kind)
        yield _Deed(match.start(), named.end() if named else end, kind, single, firm)


def _is_single(text: str, start: int, end: int, kind: str) -> bool:
    """Return whether the object between the bounds is one case, or somebody in need."""
    needed = kind == "rescue" and _IN_NEED.match(text, start) and not _SUMMED.match(text, end)
    saved = kind == "service" and _MONEY.match(text, start)
    case = text[end - 1] == "案" and end - start > _BARE_CASE  # 侦破|龙滩大道金店被盗案
    return bool(_SINGLE.match(text, start) or needed or saved or case)


def _hauls(text: str) -> Iterator[_Deed]:
    """Yield drugs that were seized (查获冰毒13.6公斤)."""
    for match in _haul().finditer(text) if "查获" in text else ():
        if _IN_COURSE.search(text, max(0, match.start() - _FAR), match.start()):
            continue
        yield _Deed(*match.span("deed"), "investigation", single=True, firm=False)


def _seized(text: str) -> Iterator[_Deed]:
    """Yield goods that were seized in one haul (查获一批涉嫌走私冻品)."""
    for match in _SEIZED.finditer(text) if "获一" in text or "扣一" in text else ():
        if not _IN_COURSE.search(text, max(0, match.start() - _FAR), match.start()):
            yield _Deed(match.start(), match.end(), _KIND, single=True, firm=False)


def _freed(text: str) -> Iterator[_Deed]:
    """Yield animals that were set free (放归一只猫头鹰)."""
    for match in _FREED.finditer(text) if "放" in text else ():
        if not _NOT_DONE.search(text, 0, match.start()):
            yield _Deed(match.start(), match.end(), "rescue", single=True, firm=False)


def _helps(text: str) -> Iterator[_Deed]:
    """Yield what somebody was helped to (帮一名旅客找回遗失的行李): one deed, not a sum."""
    for match in _help().finditer(text):
        one = _SOMEBODY.search(match["who"]) is not None
        summed = not one and _FIGURE.search(match["what"])
        spoken = text.rfind("“", 0, match.start()) > text.rfind("”", 0, match.start())
        bare = not match["what"] and len(match["who"]) == 1  # 替他找到
        if not (bare or summed or spoken or _NOT_DONE.search(text, 0, match.start())):
            kind = lexicon().terms("name.act-help")[match["verb"]]
            yield _Deed(match.start(), match.end(), kind, one, firm=True)


@functools.cache
def _help() -> re.Pattern[str]:
    terms = list(lexicon().terms("name.act-help"))
    verbs = f"(?=[{''.join(sorted({term[0] for term in terms}))}])(?:{_any(terms)})"
    who = rf"(?P<who>(?:(?![我你您咱]){_SIGN}){{1,12}}?)"
    return re.compile(
        rf"(?:帮助?|协助|为|替){who}(?P<verb>{verbs})(?P<what>{_SIGN}{{0,16}})(?=[，。；！？\n ]|$)"
    )


@functools.cache
def _haul() -> re.Pattern[str]:
    goods = [t for t, value in lexicon().terms("name.act-result").items() if value == "haul"]
    weight = r"[0-9.]+余?(?:千克|公斤|克)"
    return re.compile(
        rf"(?<=[内里中上旁])(?:当场)?(?P<deed>查获(?:{_any(goods)}){_SIGN}{{0,3}}?{weight})"
    )


def _verb(phrase: str) -> str:
    verbs = lexicon().terms("name.act-case")
    return next(phrase[:size] for size in range(4, 0, -1) if phrase[:size] in verbs)


def _heading_end(scan: Scan) -> int:
    """Return the end of the title with the line that a dash opens below it."""
    below = _BELOW.match(scan.text, scan.title_end)
    return below.end() if below else scan.title_end


def lead_end(scan: Scan) -> int:
    """Return where the title and the paragraphs that may state the main act end."""
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
    end = rf"(?=[“{signs}])(?:{quoted}|(?:{ends}))(?<!作案)(?![件子法室侦办要]|{ends})"
    return rf"(?:{_any(verbs)}){_OBJECT}{end}"


def _any(terms: list[str]) -> str:
    return "|".join(map(re.escape, sorted(terms, key=lambda t: (-len(t), t))))
