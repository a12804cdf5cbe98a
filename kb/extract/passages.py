"""A document's passages with their words, typographic signs and white space made plain, one code point for one."""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Passage


def passages_with(found: Found, *words: str) -> Iterator[tuple[Passage, str]]:
    """The passages with one of `words`, given in small letters, in them: most rules match in few."""
    cued = found.prepared.cued(words)
    place = cued.next_from(0)
    while place is not None:
        passage = found.prepared.passage_at(place)
        if passage is not None:
            yield passage, passage.span.of(found.prepared.folded)
        place = cued.next_from(passage.span.end if passage is not None else place + 1)
