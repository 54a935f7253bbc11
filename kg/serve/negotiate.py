"""Which of several media types a client wants (RFC 9110, section 12.5.1)."""

from collections.abc import Sequence


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that ``accept`` likes best; the first offered breaks ties.

    Return None if it accepts none of them. No header means anything.
    """
    wanted = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    ranked = [(_quality(kind, wanted), -place, kind) for place, kind in enumerate(offered)]
    quality, _, kind = max(ranked)
    return kind if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return kind, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return kind, 0.0


def _quality(kind: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that holds ``kind``."""
    for form in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        found = [quality for name, quality in wanted if name == form]
        if found:
            return max(found)
    return 0.0
