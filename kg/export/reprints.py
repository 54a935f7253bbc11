"""Which articles are one text printed again: origins and reprints are counted apart.

Two articles are one text when most sentences of the shorter stand in the longer, word for word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

SHARED: Final = 0.6  # of the shorter one's characters; a report of the same event shares far fewer
LEAST: Final = 40  # characters that two articles share at least: a slogan alone is no reprint
COMMON: Final = 40  # a sentence in more articles than this is a formula of the outlet
_BREAK: Final = re.compile(r"[。！？!?；;\n]+")
_NOISE: Final = re.compile(r"[\W_]+")
_SHORTEST: Final = 8  # characters of a sentence that can tell one text from another


def origins(texts: Sequence[str]) -> list[int]:
    """Return for each text the number of the first one that it repeats, its own if none."""
    sentences = [_sentences(text) for text in texts]
    where: defaultdict[str, list[int]] = defaultdict(list)
    first = list(range(len(texts)))
    for number, own in enumerate(sentences):
        shared: Counter[int] = Counter()
        for sentence in sorted(own):
            holders = where[sentence]
            if len(holders) < COMMON:
                shared.update(dict.fromkeys(holders, len(sentence)))
                holders.append(number)
        for other in sorted(shared):
            if _same(shared[other], own, sentences[other]):
                first[number] = first[other]
                break
    return first


def _same(shared: int, one: frozenset[str], two: frozenset[str]) -> bool:
    shorter = min(sum(map(len, one)), sum(map(len, two)))
    return shared >= max(LEAST, SHARED * shorter)


def _sentences(text: str) -> frozenset[str]:
    plain = (_NOISE.sub("", part) for part in _BREAK.split(text))
    return frozenset(part for part in plain if len(part) >= _SHORTEST)
