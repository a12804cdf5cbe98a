"""What to say when nothing was found: which words are unknown, and which near queries would find something."""

from __future__ import annotations

from collections.abc import Iterator

from kb.index.analysis import tokens
from kb.index.lexicon import Lexicon
from kb.index.query import And, Or, Phrase, Preferring, Query, Term

SHORTEST = 3
"""Shorter words are not guessed at: nearly every one has neighbours."""


def unknown_words(query: Query, lexicon: Lexicon) -> tuple[str, ...]:
    """The words asked for in the text that it nowhere holds, as typed, in the order of the query."""
    missing = [word for word, exact in _asked(query) if not lexicon.has("text", exact)]
    return tuple(dict.fromkeys(missing))


def respelt(text: str, word: str, lexicon: Lexicon) -> str | None:
    """The query's text with `word` as the index's most frequent word one edit away, or None where there is none."""
    folded = next((token.words[-1] for token in tokens(word)), "")
    if len(folded) < SHORTEST:
        return None
    known = lexicon.nearest(folded)
    return text.replace(word, known.lower(), 1) if known else None


def loosened(query: Query, unknown: tuple[str, ...]) -> str | None:
    """A query that asks for less: without the unknown words, without the order of joined ones, or for any of several."""
    if isinstance(query, Term | Phrase):
        words = [token.span.of(query.text) for token in tokens(query.text)]
        return " ".join(words) if query.field == "text" and len(words) > 1 else None
    if not isinstance(query, And):
        return None
    parts = [part for part in query.parts if isinstance(part, Term | Phrase)]
    kept = [_written(part) for part in parts if part.text not in unknown]
    return (" " if unknown else " OR ").join(kept) if len(parts) == len(query.parts) else None


def _written(part: Term | Phrase) -> str:
    words = f'"{part.text}"' if isinstance(part, Phrase) else part.text
    return words if part.field == "text" else f"{part.field}:{words}"


def _asked(query: Query) -> Iterator[tuple[str, str]]:
    """The words a query wants in the text, as typed and as its exact terms."""
    match query:
        case Term("text", text) | Phrase("text", text):
            for token in tokens(text):
                yield token.span.of(text), token.words[-1]
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part)
        case Preferring(part):
            yield from _asked(part)
        case _:
            return
