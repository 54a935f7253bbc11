"""The segmenter is jieba's, ported: on Chinese it gives jieba's own words and tags."""

import logging
import re
from pathlib import Path

import pytest

from kg.language.words import cut, known, tagged
from kg.pipeline import open_source
from kg.read import discover


@pytest.fixture(scope="module")
def runs(samples: Path) -> list[str]:
    """Every run of Chinese characters of the samples: what stands in the windows that are cut."""
    texts = [a.text for path in discover([samples]) for a in open_source(path).articles]
    return sorted({run for text in texts for run in re.findall(r"[一-鿿]{2,}", text)})


def test_words_and_tags_are_those_of_jieba(runs: list[str]) -> None:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    assert len(runs) > 600
    assert [run for run in runs if tuple(jieba.cut(run)) != cut(run)] == []
    other = [
        run for run in runs if tuple((w.word, w.flag) for w in jieba.posseg.cut(run)) != tagged(run)
    ]
    # posseg guesses unknown words by another model than cut does; the words that both know agree
    for run in other:
        assert [w for w, _ in tagged(run)] == list(cut(run))


def test_known_words() -> None:
    assert known("公安局")
    assert not known("乌审旗公安")
