"""Records ↔ bytes, without loss: what was read from an article, and the page it stood on."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import msgspec

from kg.model import Article, Claim, Credit, Entity, Extraction, Mention, Page

_Any = TypeVar("_Any")
_ENCODER: Final = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class _Article:
    """An article without its page; its origin as runs: first offset, length."""

    id: str
    title: str
    text: str
    dateline: str
    byline: tuple[Credit, ...]
    origin: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Record:
    article: _Article
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]


def pack(value: object) -> bytes:
    """Return any record of ours as bytes."""
    return _ENCODER.encode(value)


def unpack(data: bytes, kind: type[_Any]) -> _Any:
    """Return the record of a kind that ``pack`` was given."""
    return msgspec.msgpack.decode(data, type=kind)


def pack_extraction(extraction: Extraction) -> bytes:
    """Return what was read from an article, without the page that it stood on."""
    record = _Record(
        _bare(extraction.article), extraction.mentions, extraction.entities, extraction.claims
    )
    return _ENCODER.encode(record)


def unpack_extraction(data: bytes, page: Page) -> Extraction:
    """Return what was read from an article of ``page``."""
    record = msgspec.msgpack.decode(data, type=_Record)
    bare = record.article
    article = Article(
        bare.id, page, bare.title, bare.text, bare.dateline, bare.byline, _unrolled(bare.origin)
    )
    return Extraction(article, record.mentions, record.entities, record.claims)


def page_key_of(page: Page) -> str:
    """Return what a page is kept under: it follows from all that the page holds."""
    return hashlib.sha256(_ENCODER.encode(page)).hexdigest()


def article_key_of(article: Article) -> str:
    """Return what an article is kept under: it follows from its content and its page's."""
    whole = hashlib.sha256(_ENCODER.encode(_bare(article)))
    whole.update(page_key_of(article.page).encode())
    return whole.hexdigest()


def cleaned(article: Article) -> Article:
    """Return an article whose texts can be encoded."""
    page = replace(article.page, text=_clean(article.page.text))
    return replace(article, page=page, text=_clean(article.text))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _bare(article: Article) -> _Article:
    return _Article(
        article.id,
        article.title,
        article.text,
        article.dateline,
        article.byline,
        tuple(_rolled(article.origin)),
    )


def _rolled(offsets: Sequence[int]) -> Iterable[int]:
    """Return runs of offsets, each as its first one and its length: -1 repeats, the rest count on."""
    start = 0
    for place in range(1, len(offsets) + 1):
        step = 0 if offsets[start] < 0 else place - start
        if place == len(offsets) or offsets[place] != offsets[start] + step:
            yield from (offsets[start], place - start)
            start = place


def _unrolled(runs: Sequence[int]) -> tuple[int, ...]:
    return tuple(
        first if first < 0 else first + number
        for first, length in zip(runs[::2], runs[1::2], strict=True)
        for number in range(length)
    )
