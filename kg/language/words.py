"""Word segmentation in small windows, where the lexicons do not say what stands there."""

import functools

import rjieba


@functools.lru_cache(maxsize=65536)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of ``text`` with jieba's part-of-speech tags."""
    return tuple(rjieba.tag(text))


@functools.lru_cache(maxsize=65536)
def cut(text: str) -> tuple[str, ...]:
    """Return the words of ``text``."""
    return tuple(rjieba.cut(text))


def known(word: str) -> bool:
    """Return whether the segmenter's dictionary holds ``word``."""
    return bool(rjieba.has_word(word))
