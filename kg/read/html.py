"""Web pages: every visible line in order, those around the article marked as remainder.

The article stands in the element that holds most of the running text; links, menus and what the
page says elsewhere are remainder. Title, date, source and author come from the meta elements; what
the page shows (来源：…　作者：…) is read with the lines themselves when the page is split. No date is
guessed: a page that does not say when it was published has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError, Problem
from kg.language.imprint import credits_in, is_credit, iso_date
from kg.language.text import squeeze
from kg.model import Credit, Page
from kg.read.plain import clean, damage, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARKUP: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|meta|div|\?xml[^>]*>\s*<(?:!doctype )?html)",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(rb"<[a-z!/?]", re.IGNORECASE)
_DECLARED: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN: Final = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "select",
        "option",
        "textarea",
        "iframe",
        "svg",
        "object",
        "audio",
        "video",
    )
)
_AROUND: Final = frozenset(("nav", "footer", "aside", "form", "button"))
_BLOCKS: Final = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    )
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RUNNING: Final = re.compile(r"[。！？]|，.{4,}")
_SITE: Final = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{2,30}$")
_HEADS: Final = ("h1", "h2", "h3")
_HAN: Final = re.compile("[㐀-鿿]")
INNER: Final = 0.75  # share of the running text that an element must hold to be gone into
_LINKED: Final = 0.6  # share of a line inside links, from which it is a menu
_META: Final = {
    "title": ("articletitle", "og:title", "twitter:title"),
    "date": (
        "pubdate",
        "publishdate",
        "article:published_time",
        "og:release_date",
        "datepublished",
        "publish_time",
        "firstpublishtime",
        "dc.date",
        "date",
    ),
    "outlet": ("contentsource", "source", "article:source", "mediaid", "og:site_name", "sitename"),
    "author": ("author", "article:author", "contentauthor"),
    "section": ("columnname", "article:section"),
}


@dataclass
class _Piece:
    """A line that a browser would show, and the element that holds it."""

    element: "HtmlElement"
    text: str = ""
    linked: int = 0

    @property
    def runs(self) -> bool:
        """Return whether it is running text and not a link."""
        return bool(_RUNNING.search(self.text)) and not self.is_link

    @property
    def is_link(self) -> bool:
        """Return whether most of it is inside links."""
        return self.linked > _LINKED * len(squeeze(self.text))


@dataclass
class _Lines:
    """Collects the lines of a page in document order."""

    pieces: list[_Piece] = field(default_factory=list)
    current: _Piece | None = None

    def end(self) -> None:
        if self.current and self.current.text.strip():
            self.pieces.append(self.current)
        self.current = None

    def add(self, text: str, element: "HtmlElement", *, linked: bool) -> None:
        if self.current is None:
            if not text.strip():
                return
            self.current = _Piece(element)
        self.current.text += re.sub(r"[ \t\r\n\f\v]+", " ", text)
        self.current.linked += len(squeeze(text)) * linked


def is_markup(head: bytes) -> bool:
    """Return whether a file that begins so is a web page."""
    return bool(_MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")))


def has_tags(head: bytes) -> bool:
    """Return whether there is any markup at all."""
    return bool(_TAG.search(head))


def pages(path: Path) -> Iterator[Page | Problem]:
    """Yield the page of an HTML file."""
    text = text_of(path)
    yield from damage(path, text)
    tree = _tree(text)
    meta = _meta(tree)
    pieces = _pieces(tree)
    if not pieces:
        raise InputError("shows no text")
    element = _text_element(pieces, tree)
    held = _held(pieces, element)
    first = next((n for n in held if pieces[n].runs), held.stop)
    title, shown = _title(tree, meta, pieces, first)
    yield _page(path, meta, pieces, _article(pieces, element, shown), title)


def _tree(text: str) -> "HtmlElement":
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return document_fromstring(_DECLARED.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"not a web page ({error})") from error


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """Return what the meta elements say, by our own names."""
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if content:
            said.setdefault(name.lower(), content)
    return {
        ours: next((said[name] for name in names if name in said), "")
        for ours, names in _META.items()
    }


def _pieces(tree: "HtmlElement") -> list[_Piece]:
    lines = _Lines()
    _walk(tree, lines, linked=False)
    lines.end()
    return lines.pieces


def _walk(element: "HtmlElement", lines: _Lines, *, linked: bool) -> None:
    """Add the visible text of an element, a line for each block."""
    stack: list[tuple[HtmlElement, bool, bool]] = [(element, linked, False)]
    while stack:  # a stack, not a recursion: broken pages nest thousands deep
        node, inside, leaving = stack.pop()
        block = node.tag in _BLOCKS
        if leaving:
            if block:
                lines.end()
            lines.add(node.tail or "", node.getparent(), linked=inside)
            continue
        seen = node.tag not in _UNSEEN and not _is_hidden(node)
        stack.append((node, inside, True))
        if not seen:
            continue
        if block:
            lines.end()
        here = inside or node.tag == "a"
        lines.add(node.text or "", node, linked=here)
        stack += [(child, here, False) for child in reversed(node) if isinstance(child.tag, str)]


def _is_hidden(node: "HtmlElement") -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _text_element(pieces: list[_Piece], tree: "HtmlElement") -> "HtmlElement":
    """Return the innermost element that holds nearly all text that is no link."""
    weight: dict[HtmlElement, float] = {}
    for piece in pieces:
        if not piece.is_link and not _is_around(piece):
            share = len(piece.text) * (1.0 if piece.runs else 0.5)
            for element in (piece.element, *piece.element.iterancestors()):
                weight[element] = weight.get(element, 0) + share
    inner = tree
    while True:
        children = [child for child in inner if child in weight]
        best = max(children, key=lambda child: weight[child], default=None)
        if best is None or weight[best] < INNER * weight[inner] or best.tag == "p":
            return inner
        inner = best


def _held(pieces: list[_Piece], element: "HtmlElement") -> range:
    """Return the pieces from the first to the last that an element holds."""
    inside = {id(one) for one in element.iter()}
    held = [n for n, piece in enumerate(pieces) if id(piece.element) in inside]
    return range(held[0], held[-1] + 1) if held else range(len(pieces))


def _article(pieces: list[_Piece], element: "HtmlElement", title: range) -> range:
    """Return the pieces from the title to the last line that stands with the text."""
    held = _held(pieces, element)
    if not title:
        return held
    above = set(pieces[title.start].element.iterancestors())
    common = next((one for one in (element, *element.iterancestors()) if one in above), None)
    end = held.stop
    if common is not None and common.tag not in {"body", "html"}:
        while end in _held(pieces, common) and not pieces[end].is_link:
            end += 1
    return range(title.start, max(end, title.stop))


def _title(
    tree: "HtmlElement", meta: dict[str, str], pieces: list[_Piece], stop: int
) -> tuple[str, range]:
    """Return the title and the pieces before ``stop`` that show it, none if the page only says it."""
    named = tree.findtext(".//title") or ""
    names = [squeeze(name) for name in (meta["title"], named, _SITE.sub("", named)) if name.strip()]
    ranks = {n: _rank(piece, names) for n, piece in enumerate(pieces[:stop])}
    best = max(ranks, key=lambda n: (ranks[n], n), default=-1)
    if best < 0 or not ranks[best]:
        return " ".join((meta["title"] or _SITE.sub("", named)).split()), range(0)
    start = best
    while (
        start
        and _heading(pieces[best]).tag in _HEADS
        and _heading(pieces[start - 1]) is _heading(pieces[best])
    ):
        start -= 1
    shown = range(start, best + 1)
    return " ".join(" ".join(pieces[n].text.split()) for n in shown), shown


def _rank(piece: _Piece, names: list[str]) -> tuple[int, ...]:
    """Return how likely a line is the title: the page is named for it, or it is a heading."""
    text, tag = squeeze(piece.text), _heading(piece).tag
    if piece.is_link or (piece.runs and tag not in _HEADS):
        return ()
    if len(text) > 3 and any(name.startswith(text) for name in names):
        return (9, len(text))
    return (9 - int(tag[1]), 0) if tag in _HEADS else ()


def _heading(piece: _Piece) -> "HtmlElement":
    """Return the block that holds a line."""
    chain = (piece.element, *piece.element.iterancestors())
    return next((one for one in chain if one.tag in _BLOCKS - {"br"}), piece.element)


def _page(
    path: Path, meta: dict[str, str], pieces: list[_Piece], article: range, title: str
) -> Page:
    """Return the page: all lines in order, the spans of those around the article as remainder."""
    lines, rest, at = [], [], 0
    shown = [" ".join(clean(piece.text).split("\n")).strip() for piece in pieces]
    if (
        title
        and squeeze(title)
        != squeeze("".join(shown[article.start : article.start + 2]))[: len(squeeze(title))]
    ):
        lines.append(title)  # said by the page, but not shown
        at = len(title) + 1
    for number, line in enumerate(shown):
        if number not in article or _is_menu(pieces[number]):
            rest.append((at, at + len(line)))
        lines.append(line)
        at += len(line) + 1
    return Page(
        source=str(path),
        text="\n".join(lines),
        kind="html",
        outlet="" if any("来源" in shown[n] for n in article) else meta["outlet"],
        date=iso_date(meta["date"]),
        section=meta["section"],
        title=title,
        credits=_author(meta["author"]),
        remainder=tuple(rest),
    )


def _is_menu(piece: _Piece) -> bool:
    """Return whether a line inside the article's element is a menu."""
    return _is_around(piece) or (piece.is_link and "来源" not in piece.text)


def _is_around(piece: _Piece) -> bool:
    return any(e.tag in _AROUND for e in (piece.element, *piece.element.iterancestors()))


def _author(name: str) -> tuple[Credit, ...]:
    """Return the author that a meta element names; many name a log-in or the maker of the site."""
    return credits_in(name) if _HAN.search(name) and is_credit(name, bare=True) else ()
