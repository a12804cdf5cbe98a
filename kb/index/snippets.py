"""Which words of a hit answered, and which stretch of it to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.index.analysis import Token, tokens
from kb.index.plan import Has, Run
from kb.model import Span

WIDTH = 300
"""Code points of a snippet, at most."""
LEAD = 60
"""Code points shown before the first highlight of a cut snippet, about."""


def highlights(words: str, leaves: Iterable[Has | Run]) -> tuple[Span, ...]:
    """The places in `words` that the query's leaves over the text hit: in order, touching ones joined."""
    found = list(tokens(words))
    in_text = [leaf for leaf in leaves if leaf.field == "text"]
    wanted = {term for leaf in in_text if isinstance(leaf, Has) for term in leaf.terms}
    spans = [token.span for token in found if not wanted.isdisjoint(token.words)]
    spans += [span for leaf in in_text if isinstance(leaf, Run) for span in _runs(found, leaf.terms)]
    return tuple(_joined(sorted(spans)))


def _runs(found: Sequence[Token], run: tuple[str, ...]) -> Iterator[Span]:
    for start in range(len(found) - len(run) + 1):
        window = found[start : start + len(run)]
        if all(term in token.words for term, token in zip(run, window, strict=True)):
            yield Span(window[0].span.start, window[-1].span.end)


def _joined(spans: list[Span]) -> Iterator[Span]:
    waiting: Span | None = None
    for span in spans:
        if waiting is not None and span.start <= waiting.end:
            waiting = Span(waiting.start, max(waiting.end, span.end))
            continue
        if waiting is not None:
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def snippet(words: str, marked: Sequence[Span]) -> Span:
    """The stretch of at most `WIDTH` code points with most highlights, cut between words; all of it where it is short."""
    if len(words) <= WIDTH:
        return Span(0, len(words))
    starts = [max(0, mark.start - LEAD) for mark in marked] or [0]
    best = max(starts, key=lambda start: (_held(marked, start), -start))
    start = min(best, len(words) - WIDTH)
    return Span(_word_start(words, start), _word_end(words, min(start + WIDTH, len(words)))).trimmed(words)


def _held(marked: Sequence[Span], start: int) -> int:
    return sum(start <= mark.start and mark.end <= start + WIDTH for mark in marked)


def _word_start(words: str, place: int) -> int:
    """The first beginning of a word at or after `place`, or `place` itself inside a very long word."""
    if place == 0 or words[place - 1].isspace():
        return place
    return next((later + 1 for later in range(place, place + LEAD) if words[later].isspace()), place)


def _word_end(words: str, place: int) -> int:
    if place == len(words) or words[place].isspace():
        return place
    return next((earlier for earlier in range(place, place - LEAD, -1) if words[earlier - 1].isspace()), place)
