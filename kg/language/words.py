"""Word segmentation in small windows, where the lexicons do not say what stands there."""

import functools
import re
from typing import Final

import rjieba

# A number with a measure that may begin a name (三节|砬子), and counts nothing in the news.
COUNT_NAME: Final = re.compile(r"[一二三四五六七八九十][^个名家位所处起次余多]")


def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of ``text`` with jieba's part-of-speech tags.

    Hardly any stretch is asked for twice: to keep them all costs more than it saves.
    """
    return tuple(rjieba.tag(text))


@functools.lru_cache(maxsize=65536)
def cut(text: str) -> tuple[str, ...]:
    """Return the words of ``text``."""
    return tuple(rjieba.cut(text))


def known(word: str) -> bool:
    """Return whether the segmenter's dictionary holds ``word``."""
    return bool(rjieba.has_word(word))
