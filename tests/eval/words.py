"""How like two texts are as bags of words: the measure of the Web Content Extraction Benchmark."""

from __future__ import annotations

import re
from collections import Counter

WORD = re.compile(r"\w+")


def word_f1(said: str, truth: str) -> float:
    """The harmonic mean of precision and recall over words in small letters, each as often as it stands."""
    ours, theirs = Counter(WORD.findall(said.lower())), Counter(WORD.findall(truth.lower()))
    return 2 * sum((ours & theirs).values()) / max(sum(ours.values()) + sum(theirs.values()), 1)
