"""Documents: laws, rules, plans, agreements, films (GUIDE, DOC); papers and programmes are none."""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

_TITLE: Final = re.compile(
    r"《[^《》\n]{1,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,30})?\n?[^《》\n]{0,40}》"
)
# A medium that reports: it stands behind 据 or before 报道, or its name says so.
_REPORTS: Final = re.compile(
    r"^(?:记者|栏目|节目|频道|微信|客户端|报道|专栏|讯|版|的?采访|官方|杂志|报社|摄制组)"
)
_SOURCE: Final = re.compile(
    r"(?:(?<![依根])据|(?:齐|合|演|奏|高|传|同|欢)?唱(?:响|起|了)?(?:歌曲)?|来源[：:]?|见|载|栏目|节目|公众号|频道|刊登于|发表于|登上|播出|接受)$"
)
_BRACKETED: Final = re.compile(r"（[^（）]*）$")
_STATE: Final = "中华人民共和国"
# 宪法日, 刑法学, 民法院: the law is part of another word.
_WORD_AFTER: Final = re.compile(r"日|学(?!习)|院|庭|官|律|规|治|制|定|系|人|宣传周|宣传月|宣誓")
_LAW_LIST: Final = re.compile(
    r"等(?:相关|有关)?(?:的)?(?:法律法规|法律|法规|规定|条例|文件|规章|制度规定)"
)
_ITEM: Final = re.compile(
    r"[^，。；、：！？\n“”《》（）]{3,24}(?:法|法典|条例|规定|办法|准则|条令|决定|细则|意见)$"
)
_PLAIN: Final = r"[^，。；、：！？\n“”《》（）了的]"
_MUTUAL: Final = r"(?:合作|框架|共建|战略|联动|协作|联防|共享)"
_SIGNED: Final = re.compile(
    r"(?:签订|签署|会签|签下|达成|共签|续签)了?"
    rf"(?P<name>{_PLAIN}{{2,20}}?{_MUTUAL}{_PLAIN}{{0,8}}?(?:协议书?|备忘录|协定|公约|宣言))"
)


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the documents of an article; ``found`` is not needed."""
    del found
    titles = list(_titles(scan))
    others = [*_laws(scan), *_listed(scan), *_signed(scan), *_repeated(scan, titles)]
    plain = {(c.start, c.end): c for c in reversed(others) if not _is_inside(c, titles)}
    return [*titles, *plain.values()]


def _titles(scan: Scan) -> Iterator[Candidate]:
    for match in _TITLE.finditer(scan.text):
        if not _is_medium(scan.text, match):
            yield _candidate(
                match.start(), match.end(), "title", CERTAIN, _kind(match[0].strip("《》"))
            )


def _is_medium(text: str, match: re.Match[str]) -> bool:
    """Return whether a title names what reports, not what is reported."""
    name = match[0].strip("《》")
    media = lexicon().terms("name.doc-medium")
    before = text[max(0, match.start() - 4) : match.start()]
    if name in media or name.endswith(_papers()):
        return not name.endswith(("海报", "情报", "通报", "公报", "举报", "预报", "警报"))
    law = name.startswith(_STATE)  # 用花灯调唱《中华人民共和国禁毒法》
    sung = not law and _SOURCE.search(before)
    return bool(sung or _REPORTS.match(text[match.end() : match.end() + 4]))


@functools.cache
def _papers() -> tuple[str, ...]:
    return tuple(term for term in lexicon().terms("name.doc-medium") if term.endswith("报"))


def _kind(name: str) -> str:
    """Return what kind of document a name tells: law, agreement, plan or nothing."""
    name = _BRACKETED.sub("", name)
    heads = lexicon().terms("name.doc-head")
    size = next((size for size in range(4, 0, -1) if name[-size:] in heads), 0)
    return heads[name[-size:]] if size else ""


def _laws(scan: Scan) -> Iterator[Candidate]:
    """Yield laws and rules that are named without the signs of a title."""
    at = 0
    for mark in scan.marks("doc.law", "doc.rule"):
        if mark.start < at or _WORD_AFTER.match(scan.text, mark.end):
            continue
        start = mark.start
        if scan.text.endswith(_STATE, 0, start):
            start -= len(_STATE)
        at = mark.end
        yield _candidate(start, mark.end, "law", LIKELY, mark.entry.value)


def _listed(scan: Scan) -> Iterator[Candidate]:
    """Yield the items of a list that ends in 等法规."""
    for match in _LAW_LIST.finditer(scan.text):
        end = match.start()
        while item := _ITEM.search(scan.text, max(0, end - 28), end):
            start = _item_start(scan.text, item.start(), end)
            yield _candidate(start, end, "listed", POSSIBLE, "law")
            if start == 0 or scan.text[start - 1] not in "、，和与及":
                break
            end = start - 1


def _item_start(text: str, start: int, end: int) -> int:
    """Return where a listed name begins, behind the verb that introduces it."""
    verbs = lexicon().terms("name.doc-verb")
    found = ((text.rfind(verb, start, end), len(verb)) for verb in verbs)
    return max([start, *(at + size for at, size in found if at >= 0 and end - at - size >= 3)])


def _signed(scan: Scan) -> Iterator[Candidate]:
    for match in _SIGNED.finditer(scan.text):
        yield _candidate(match.start("name"), match.end("name"), "signed", LIKELY, "agreement")


def _repeated(scan: Scan, titles: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield further mentions of a title without its signs (in the headline, in quotes)."""
    for name in {scan.text[c.start + 1 : c.end - 1] for c in titles}:
        if len(name) > 4 and "\n" not in name:
            at = scan.text.find(name)
            while at >= 0:
                yield _candidate(at, at + len(name), "repeated", LIKELY, _kind(name))
                at = scan.text.find(name, at + len(name))


def _candidate(start: int, end: int, rule: str, weight: float, kind: str) -> Candidate:
    return Candidate(
        "DOC", start, end, f"doc.{rule}", weight, attributes={"kind": kind} if kind else {}
    )


def _is_inside(candidate: Candidate, titles: Sequence[Candidate]) -> bool:
    return any(t.start <= candidate.start and candidate.end <= t.end for t in titles)
