"""Names in bylines: (记者 X 通讯员 Y), (X), X 摄, 编辑:X, glued or set apart by blanks."""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.gazetteer import gazetteer
from kg.language.alternation import alternation
from kg.language.imprint import credits_in, is_credit
from kg.language.lexicon import lexicon
from kg.language.name_elements import DOT, is_element
from kg.language.name_tables import tables
from kg.language.naming import bare_score, split_names
from kg.language.scan import Scan
from kg.language.words import known, tagged

Span = tuple[int, int]

_BRACKET: Final = re.compile(r"（([^（）\n]{2,60})）")
_CHUNK: Final = re.compile(r"[^ 、，/：:；|｜（）()\n\u3000。]+")
_HAN_NAME: Final = re.compile(r"[一-鿿][一-鿿·]{1,9}")
# What does a job in a byline, and what the credit is for.
_CREDIT: Final = (
    r"(?:摄影报道|图文报道|采写|摄影|摄像|供图|供稿|整理|制图|报道|文图|图文|文并摄|绘|摄|文|图)"
)
_CREDITED: Final = re.compile(rf"(?:^|[ /、]){_CREDIT}(?:[/、 ]|$)|摄[）影]?$")
_CREDITS: Final = re.compile(rf"{_CREDIT}(?:[/、]?{_CREDIT})*")
_CREDIT_LINE: Final = re.compile(
    rf"(?m)^[ ]*(?P<names>[一-鿿· 、]{{2,24}}?) ?[/]?{_CREDIT}(?:[/、]{_CREDIT})*[ ）]*$"
)
_CREDIT_FIRST: Final = re.compile(r"(?:文字?|图片?|摄影|绘)[/：](?P<names>[一-鿿·、 ]{2,20})")
_SIGN_LINE: Final = re.compile(r"(?m)[□■○◎●◇◆▲△☉]\s?(?P<names>(?:[一-鿿·]{2,10}[ 、]?){1,3})$")
_CREDIT_WORDS: Final = re.compile(r"(?m)\n(?P<line>[^。！？，“\n]{4,60})$")
_LONE_LINE: Final = re.compile(
    r"(?m)^[ ]*(?P<names>[一-鿿·]{1,9}(?:[ 、][ 、]?[一-鿿·]{1,9}){0,3})[ ]*$"
)
_FOOT: Final = re.compile(r"(?<=[。！？”])(?P<names>[一-鿿·]{2,12}) *\Z")  # 三百余元。徐勇刘彩玲
# What is no name though it may look like one.
_BODY: Final = re.compile(
    r"公安|警|局|所|队|网|报|社|台|部|处|中心|宣|融媒|公司|法院|检察|政府|委员|支行|学校|医院|平安|办公|来源|资料|编辑|审核|图片|视频"
)
_NO_NAME: Final = re.compile(
    r"[一-鿿]{1,2}(?:公|警|交|政|法|检)宣|来源|编辑|审核|图片|视频|资料|本组|本报|本刊|供图|记者|通讯员|见习|化名|下同|完"
)
_WIDE: Final = re.compile(r"(?P<one>[一-鿿]) +(?P<two>[一-鿿])(?![一-鿿])")  # 李   磊
_AFTER_ROLE: Final = re.compile(r"[：/\s]{0,3}(?P<names>[一-鿿· 、/]{2,30})")
# （张小军 图片由新华派出所提供）: who wrote, before who gave the picture.
_PICTURED: Final = re.compile(
    r"（(?P<names>[一-鿿·]{2,9}(?:[ 、][一-鿿·]{2,9})?)[ ，；]?(?:图片?|照片)由"
)
_GIVEN: Final = re.compile(
    r"(?:图片?|照片|视频)均?由(?:记者|通讯员|民警)?(?P<names>[一-鿿·]{2,9}?)(?:拍摄|摄|提供)(?=[。）]|$)"
)
# 记者：…？王得虎（笑）：…: who answers in an interview.
_ASKS: Final = ("记者：", "问：", "记者:")
_ANSWERS: Final = re.compile(
    r"(?:^|(?<=[\n。？！”]))(?P<names>[一-鿿·]{2,5}?)(?:（[^（）\n]{1,6}）)?："
)
_EDITED: Final = "综合"  # （综合甲、乙、丙报道）
_GIVEN_BY: Final = re.compile(r"[由为]|提供|如图|[0-9]")
_INLINE: Final = re.compile(
    r"(?:(?<=[。！？”\n])|(?<=[。！？”] )|(?<=[一-鿿] )(?=[一-鿿]{2,4} ?摄影?）)) ?(?P<names>[一-鿿·]{2,9}(?: [一-鿿·]{2,9})?) ?(?:摄|摄影)(?=[ \n）。]|$)"
)
_WROTE: Final = re.compile("文[ 、，/]{1,2}[一-鿿·]{2,6} ?(?:摄|图)")
# 本报上海讯 陈韵 高健报道: who reports, behind the dateline.
_REPORTED: Final = re.compile(
    r"(?<![资腾简快短电时])讯(?!员) ?(?P<names>[一-鿿·]{2,9}(?: [一-鿿·]{2,9}){0,2}) ?报道(?![的称说指中])"
)
_DATED: Final = re.compile(r"(?:讯|日电) ?$")
_DATE_ENDS: Final = 4
_CLOSES: Final = re.compile(r" *(?:$|\n|编辑|责编|责任编辑|审核|来源|校对)")
_TOWN_SIGNS: Final = frozenset("镇乡")
_BREAKS: Final = frozenset(" 、\n/）")
_TOLD: Final = 1.5  # how likely a name has to be behind 记者 if a sentence goes on behind it
# How far the place of a string vouches for its being a name.
_PLACED, _SET_APART, _TOLD_BY_ROLE = 0, 1, 2
_EDGE_LINES: Final = 3
_SIGNED: Final = 1.0  # how likely a word must be a name on a line that a sign opens
_STANDS: Final = -0.1  # how likely a string must be a name where only its place tells


def bylines(scan: Scan) -> list[Span]:
    """Return the names in the bylines of an article, in order of place."""
    lines = _lines(scan.text)
    spans = {
        *_bracketed(scan.text),
        *_behind_roles(scan),
        *_credited(scan.text, lines),
        *(_matched(scan.text, _CREDIT_FIRST) if "：" in scan.text or "/" in scan.text else ()),
        *(_matched(scan.text, _INLINE) if "摄" in scan.text else ()),
        *(_matched(scan.text, _PICTURED) if "片由" in scan.text else ()),
        *(_matched(scan.text, _REPORTED) if "报道" in scan.text else ()),
        *(_matched(scan.text, _GIVEN) if "由" in scan.text else ()),
        *(_answering(scan.text) if any(word in scan.text for word in _ASKS) else ()),
        *_signed(scan.text),
        *_alone(scan.text, lines),
        *_in_credits(scan.text),
    }
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        free = not any(unit.start < end and start < unit.end for unit in scan.unit_names)
        if free and (not kept or start >= kept[-1][1]):  # （钱库所|薛小静供稿）
            kept.append((start, end))
    return kept


def _bracketed(text: str) -> Iterator[Span]:
    for match in _BRACKET.finditer(text):
        inside = match[1]
        if _GIVEN_BY.search(inside):
            continue
        start = match.start()
        dated = _DATED.search(text, max(0, start - _DATE_ENDS), start)
        closes = bool(dated or _CLOSES.match(text, match.end()))
        told = bool(_roles().search(inside) or _CREDITED.search(inside))
        short = closes and all(len(chunk) < 5 for chunk in _CHUNK.findall(inside))
        if told or closes:
            yield from _names(
                text,
                match.start(1) + len(_EDITED) * inside.startswith(_EDITED),
                match.end(1),
                _TOLD_BY_ROLE if told else _SET_APART if short else _PLACED,
            )
        elif text[start - 1 : start] == "\n" and text.count("\n", 0, start) < _EDGE_LINES:
            spans = _whole(text, *match.span(1))  # （孟海洋）自行动开展以来
            yield from (span for span in spans if bare_score(text[span[0] : span[1]]) > _SIGNED)


def _behind_roles(scan: Scan) -> Iterator[Span]:
    """Yield the names behind 记者, 通讯员, 编辑 … outside brackets."""
    for mark in scan.marks("per.post"):
        if mark.entry.value != "press":
            continue
        match = _AFTER_ROLE.match(scan.text, mark.end)
        if match is None:
            continue
        end = match.end()
        role = _roles().search(scan.text, match.start("names"), end)
        end = role.start() if role else end
        yield from _leading(scan.text, match.start("names"), end)


def _leading(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names with which a stretch begins; the first chunk that is none ends them."""
    wide = _WIDE.match(text, start, end)
    if wide is not None and bare_score(wide["one"] + wide["two"]) > 0:
        yield wide.span()
        start = wide.end()
    for chunk in _CHUNK.finditer(text, start, end):
        if _CREDITS.fullmatch(chunk[0]):
            continue
        spans = list(_chunk(text, chunk.start(), chunk.end(), _PLACED))
        told = chunk.end() == len(text) or text[chunk.end()] in _BREAKS
        if not spans or (not told and bare_score(text[spans[-1][0] : spans[-1][1]]) < _TOLD):
            return
        yield from spans


def _matched(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield from _names(text, match.start("names"), match.end("names"), _TOLD_BY_ROLE)


def _answering(text: str) -> Iterator[Span]:
    for match in _ANSWERS.finditer(text):
        yield from _names(text, match.start("names"), match.end("names"), _PLACED)


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that are not empty, each with its offset."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append((at, line))
        at += len(line) + 1
    return lines


def _is_sentence(line: str) -> bool:
    return "，" in line or "。" in line


def _credited(text: str, lines: Sequence[tuple[int, str]]) -> Iterator[Span]:
    """Yield the names on a line that ends in what they did for the report."""
    for at, line in lines:
        match = None if _is_sentence(line) else _CREDIT_LINE.match(text, at)
        if match is not None:
            yield from _names(text, match.start("names"), match.end("names"), _TOLD_BY_ROLE)


def _signed(text: str) -> Iterator[Span]:
    """Yield the names on a line that a sign opens or glued to the last sentence; no subhead: ▲谢幕."""
    foot = _FOOT.search(text, max(0, len(text) - 16))
    for match in (*_SIGN_LINE.finditer(text), *((foot,) if foot else ())):
        spans = list(_whole(text, *match.span("names")))
        names = [text[start:end] for start, end in spans]
        if all(not known(name) or bare_score(name) > _SIGNED for name in names):
            yield from spans


def _in_credits(text: str) -> Iterator[Span]:
    """Yield the names on a line of nothing but credits, as they are read there: 文｜甲图｜乙."""
    for line in _CREDIT_WORDS.finditer(text):
        if not is_credit(line["line"]):
            continue
        at = line.start("line")
        for credit in credits_in(line["line"]):
            if credit.role == "source" or not _HAN_NAME.fullmatch(credit.name):
                continue
            span = _spaced(credit.name, text, at, line.end())
            if span and not _BODY.search(credit.name):
                at = span[1]
                yield span


def _spaced(name: str, text: str, start: int, end: int) -> Span | None:
    """Return where a name stands between two offsets, its signs set apart or not: 李 雪."""
    if text.find(" ", start, end) < 0:
        at = text.find(name, start, end)
        return (at, at + len(name)) if at >= 0 else None
    at = text.find(name[0], start, end)
    while at >= 0:
        stop = at
        for sign in name:
            while stop > at and text.startswith(" ", stop, end):
                stop += 1
            if not text.startswith(sign, stop, end):
                break
            stop += 1
        else:
            return at, stop
        at = text.find(name[0], at + 1, end)
    return None


def _alone(text: str, lines: Sequence[tuple[int, str]]) -> Iterator[Span]:
    """Yield the names on a line of their own under the headline or at the foot."""
    for at, line in (*lines[1:_EDGE_LINES], *lines[max(1, len(lines) - 2) :]):
        match = None if _is_sentence(line) else _LONE_LINE.fullmatch(line)
        if match is not None:
            yield from _whole(text, at + match.start("names"), at + match.end("names"))


def _whole(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names between two offsets if nothing else stands there."""
    spans = list(_names(text, start, end, _PLACED))
    covered = sum(right - left for left, right in spans)
    if covered >= len(re.sub(r"[ 、]", "", text[start:end])):
        yield from spans


def _names(text: str, start: int, end: int, trust: int) -> Iterator[Span]:
    """Yield the names in a byline between two offsets; roles and credits fall out."""
    chunks = [(m.start(), m.end()) for m in _CHUNK.finditer(text, start, end)]
    at = 0
    while at < len(chunks):
        left, right = chunks[at]
        lone = (
            right - left == 1
            and at + 1 < len(chunks)
            and chunks[at + 1][1] - chunks[at + 1][0] == 1
        )
        lone = lone and not _CREDITS.fullmatch(text[left])
        if lone and bare_score(text[left] + text[chunks[at + 1][0]]) > 0:  # 李 洋, set wide
            yield left, chunks[at + 1][1]
            at += 2
            continue
        yield from _chunk(text, left, right, trust)
        at += 1


def _chunk(text: str, start: int, end: int, trust: int) -> Iterator[Span]:
    """Yield the names in a chunk without blanks: 记者郭成通讯员徐勇刘彩玲摄."""
    at = start
    for role in [*_roles().finditer(text, start, end), None]:
        stop = role.start() if role else end
        yield from _glued(text, at, stop, trust)
        at = role.end() if role else end


def _glued(text: str, start: int, end: int, trust: int) -> Iterator[Span]:
    """Yield the names in a string that may end in a credit: 王永明刘森|摄, 李中文|报道."""
    if end - start > 2 and _WROTE.match(text, end - 1):  # 白雪松|文 高岩摄
        end -= 1
    part = text[start:end]
    if part[-1:] in _TOWN_SIGNS and gazetteer().is_name(part):  # （管辖凤山街道、黄莺乡）
        return
    if not _HAN_NAME.fullmatch(part) or _NO_NAME.fullmatch(part):
        return
    if part in lexicon().terms("layout.no_name"):  # 记者|了解到
        return
    whole = is_element(part, 0, len(part))
    if whole and len(part) < 6:  # 白音宝力格 is one name
        yield start, end
        return
    cuts = [len(part)] if whole else _credit_cuts(part)
    dot = part.find(DOT)
    if 0 < dot < len(part) - 1 and is_element(part, 0, dot):  # so is 阿卜杜拉·吾布力|摄
        yield start, start + min(cut for cut in cuts if cut > dot + 1)
        return
    spans = max((_split(part, cut) for cut in cuts), key=_worth(part))
    floor = 0.0 if trust else _STANDS
    if spans and all(bare_score(part[a:b]) >= floor for a, b in spans):
        yield from ((start + a, start + b) for a, b in spans)
    elif trust and len(part) <= 4 and _may_be_name(part, trust):
        yield start, end


def _may_be_name(part: str, trust: int) -> bool:
    """Return whether what stands where a name must stand can be one, though nothing tells it."""
    if _BODY.search(part):
        return False
    if known(part):  # （记者|曲艺）
        return (
            trust == _TOLD_BY_ROLE
            and len(part) < 4
            and tables().surnames.get(part[0]) in ("1", "2")
        )
    plain = all(len(word) > 1 and known(word) for word, _ in tagged(part))  # 农村|杂谈
    return trust == _TOLD_BY_ROLE or (part[0] in tables().begin and not plain)


def _credit_cuts(part: str) -> list[int]:
    """Return where the names of a string may end: at its end, or before a credit."""
    cuts = [cut for cut in range(2, len(part)) if _CREDITS.fullmatch(part, cut)]
    return [len(part), *cuts]


def _split(part: str, cut: int) -> list[Span]:
    return split_names(part[:cut])


def _worth(part: str) -> Callable[[list[Span]], float]:
    """Return the measure of a way to split: how likely its least likely name is."""
    return lambda spans: min((bare_score(part[a:b]) for a, b in spans), default=-9.0)


@functools.cache
def _roles() -> re.Pattern[str]:
    posts = lexicon().terms("per.post")
    terms = [term for term, value in posts.items() if value == "press" and len(term) > 1]
    return re.compile(rf"(?:本报|本网|本刊|本台)?{alternation(terms)}[：:]?")
