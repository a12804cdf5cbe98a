"""Titles told from sentences by how they are spelt."""

from __future__ import annotations

from kb.text.folding import LETTERS

SMALL = frozenset({"a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "with", "by", "at", "from", "is", "as", "vs"})


def is_title(phrase: str) -> bool:
    """Whether the words are spelt like a title: nearly all but the small ones with a capital.

    >>> is_title("A Plan for the Care of Older People"), is_title("We plan to care for older people")
    (True, False)
    """
    weighty = [word for word in LETTERS.findall(phrase) if word.lower() not in SMALL]
    capital = sum(word[0].isupper() for word in weighty)
    return bool(weighty) and capital >= 0.75 * len(weighty)
