"""Sentences in the imperative: advice and orders that name nobody."""

from __future__ import annotations

from collections.abc import Sequence

from kb.vocabulary.claim_cues import claim_cues

_LONGEST_CLAUSE = 30
"""So many tokens the clause may have that stands before an order ("If the pain lasts, ...")."""


def order_in(tokens: Sequence[str]) -> str | None:
    """The verb of a sentence that begins with one in the imperative, or goes on with one behind a clause; else None.

    >>> from kb.vocabulary.phrases import tokens_of
    >>> order_in(tokens_of("Always ask each person.")), order_in(tokens_of("If in doubt, support the staff."))
    ('ask', 'support')
    >>> order_in(tokens_of("Support staff are rare.")), order_in(tokens_of("Ask is a small word."))
    (None, None)
    """
    verbs = claim_cues().verbs
    place = next((place for place, token in enumerate(tokens) if token[0].isalnum()), len(tokens))
    if place < len(tokens) and tokens[place] in verbs.before_clauses and "," in tokens[:_LONGEST_CLAUSE]:
        return _verb_at(tokens, tokens.index(",") + 1)
    return _verb_at(tokens, place)


def _verb_at(tokens: Sequence[str], place: int) -> str | None:
    verbs = claim_cues().verbs
    while place < len(tokens) and tokens[place] in verbs.before_orders:
        place += 1
    verb, following = [*tokens[place : place + 2], "", ""][:2]
    if verb in verbs.orders:
        return None if following in verbs.finite else verb
    is_order = verb in verbs.orders_or_nouns and following in verbs.after_orders
    return verb if is_order else None
