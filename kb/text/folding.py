"""Foldings that keep every code point in its place, so that a span in the folded text is one in the text."""

from __future__ import annotations

import re

_LIKE = {
    "'": "‘’‚‛ʼʹ′´`＇",
    '"': "“”„‟″«»＂",
    "-": "‐‑‒–—―−﹣－",
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
}
"""What is folded, under the code point it becomes: quotation marks, dashes, and white space of every kind."""

LETTERS = re.compile(r"[^\W\d_]+")
"""A run of letters of any script."""
SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half of a pair: no character, and no UTF-8 holds it."""
_VARIANTS = {variant: plain for plain, variants in _LIKE.items() for variant in variants}
_VARIANT = re.compile(f"[{re.escape(''.join(_VARIANTS))}]")


def fold_same_length(text: str) -> str:
    """`text` with typographic quotation marks, dashes and white space made plain, one code point for one; case is kept.

    >>> fold_same_length("“long–term”\\r\\ncare")
    '"long-term"  care'
    """
    if not _VARIANT.search(text):
        return text
    for variant, plain in _VARIANTS.items():  # looking for each is many times faster than translating all
        if variant in text:
            text = text.replace(variant, plain)
    return text


def lower_same_length(text: str) -> str:
    """`text` in small letters, one code point for one: a letter whose small form is several stays as it is.

    >>> lower_same_length("NHS"), len(lower_same_length("\u0130"))
    ('nhs', 1)
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
