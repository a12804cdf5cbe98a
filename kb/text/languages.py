"""In which language a text is written, by the share of its words that are function words of that language."""

from __future__ import annotations

import re
from collections import Counter

from whoosh.lang.stopwords import stoplists

UNDETERMINED = "und"
"""ISO 639's code for a language nobody has determined."""

_WORD = re.compile(r"\w+")
_STRETCHES, _STRETCH = 4, 800
"""How many stretches of a long text are looked at, and code points of each: five hundred words are enough to tell."""
_FEWEST, _MANY = 20, 100
"""With fewer words chance decides; with many a known language would have shown."""
_CLEARLY, _HARDLY = 0.2, 0.12
"""Running text has a third to a half of its language's function words, up to a seventh of a neighbour's, lists of names few."""


def language_of(text: str) -> str | None:
    """The two-letter code of the language, `UNDETERMINED` for one that is none of those known, None where it cannot be told.

    Known are the languages with a Snowball list of stop words. Short texts, names and numbers tell nothing.

    >>> language_of("Wer hier sucht, der findet nicht, und das ist kein Wunder, denn es ist niemand da, den man hier fragt.")
    'de'
    >>> language_of("Lamps: 12, 14") is None
    True
    """
    words = Counter(filter(str.isalpha, _WORD.findall(_sample(text).lower())))
    count = words.total()
    if count < _FEWEST:
        return None
    shares = {code: sum(words[word] for word in words.keys() & known) / count for code, known in stoplists.items()}
    best = max(sorted(shares), key=lambda code: shares[code])
    if shares[best] >= _CLEARLY:
        return str(best)
    return UNDETERMINED if count >= _MANY and shares[best] < _HARDLY else None


def _sample(text: str) -> str:
    """The text, or stretches of it from beginning to end: the first words of an article are names."""
    if len(text) <= _STRETCHES * _STRETCH:
        return text
    between = (len(text) - _STRETCH) // (_STRETCHES - 1)
    return "\n".join(text[start : start + _STRETCH] for start in range(0, _STRETCHES * between, between))
