"""A page that shows every error where it stands: the annotation left, what was extracted right."""

import string
from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from kg.errors import OutputError
from kg.evaluate.annotation import Document, Mark
from kg.evaluate.pairing import Placed, lay_over
from kg.evaluate.score import Error, Report, match
from kg.resources import VIZ

_TEMPLATE: Final = VIZ / "gallery.html"


def write_gallery(
    golds: Sequence[Document], guesses: Sequence[Document], report: Report, path: Path
) -> None:
    """Write the error page of a comparison; documents with most errors come first."""
    partner = match(golds, guesses)
    errors = {gold.name: [e for e in report.errors if e.document == gold.name] for gold in golds}
    sections = [
        (-len(errors[gold.name]), gold.name, _section(gold, guess, errors[gold.name]))
        for index, gold in enumerate(golds)
        for guess in [guesses[partner[index]] if index in partner else Document("", "")]
        if errors[gold.name]
    ]
    template = string.Template(_TEMPLATE.read_text(encoding="utf-8"))
    page = template.substitute(documents="\n".join(html for *_, html in sorted(sections)))
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def _section(gold: Document, guess: Document, errors: Sequence[Error]) -> str:
    overlay = lay_over(gold, guess)
    left = _marked(gold.text, _classed(overlay.gold_marks, "missed", errors))
    right = _marked(guess.text, _classed(overlay.guess_marks, "wrong", errors))
    return (
        f"<h2>{escape(gold.name)} · {len(errors)}</h2>\n{_table(errors)}\n"
        f'<div class="pair"><p lang="zh">{left}</p><p lang="zh">{right}</p></div>'
    )


def _table(errors: Iterable[Error]) -> str:
    rows = (
        f"<tr><td>{e.kind}</td><td>{escape(e.what)}</td><td>{escape(e.text)}</td></tr>"
        for e in errors
    )
    return f"<table>{''.join(rows)}</table>"


def _classed(
    marks: Iterable[Placed], kind: str, errors: Collection[Error]
) -> list[tuple[Mark, str]]:
    """Return each mark with the class that colours it: ``kind`` if it is an error, else none."""
    bad = {(e.what, e.span) for e in errors if e.kind == kind and e.span}
    return [
        (placed.mark, kind if (f"mention {placed.mark.type}", placed.span) in bad else "")
        for placed in marks
    ]


def _marked(text: str, marks: Iterable[tuple[Mark, str]]) -> str:
    """Return ``text`` as HTML; of two marks that cross, the second loses its frame."""
    html: list[str] = []
    ends: list[Mark] = []
    at = 0
    for mark, css in sorted(marks, key=lambda m: (m[0].start, -m[0].end)):
        while ends and ends[-1].end <= mark.start:
            at = _close(html, text, at, ends)
        if ends and mark.end > ends[-1].end:
            continue
        html += [
            escape(text[at : mark.start]),
            f'<mark class="{css}" title="{escape(mark.entity)}">',
        ]
        at = mark.start
        ends.append(mark)
    while ends:
        at = _close(html, text, at, ends)
    return "".join([*html, escape(text[at:])])


def _close(html: list[str], text: str, at: int, ends: list[Mark]) -> int:
    mark = ends.pop()
    html += [escape(text[at : mark.end]), f"<small>{mark.type}</small></mark>"]
    return mark.end
