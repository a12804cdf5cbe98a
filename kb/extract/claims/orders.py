"""Sentences in the imperative: advice and orders that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from kb.vocabulary.claim_cues import claim_cues

_LONGEST_CLAUSE = 30
"""So many tokens the clause may have that stands before an order ("If the pain lasts, ...")."""

_LONGEST_LABEL = 8
"""So many tokens the words may have before whose colon an order may stand ("Sleep: keep a diary")."""
_LONGEST_SUBJECT = 5
_CLAUSES = frozenset({"who", "that", "which", "whether", "if", "what", "how", "when", "where", "because", "and", "or"})
"""The verb behind these is that of a clause."""
_DENIALS = frozenset({("do", "not"), ("don", "'t")})
"""What begins an order whatever its verb."""


def order_in(tokens: Sequence[str]) -> str | None:
    """The verb of a sentence that begins with one in the imperative, or goes on with one behind a clause or a label; else None.

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
    if ":" in tokens[place + 1 : place + _LONGEST_LABEL]:
        return _verb_at(tokens, place) or _verb_at(tokens, tokens.index(":", place) + 1)
    return _verb_at(tokens, place)


def _verb_at(tokens: Sequence[str], place: int) -> str | None:
    verbs = claim_cues().verbs
    while place < len(tokens) and tokens[place] in verbs.before_orders:
        place += 1
    denied = tuple(tokens[max(0, place - 2) : place])
    verb, following = [*tokens[place : place + 2], "", ""][:2]
    if denied in _DENIALS and verb[:1].isalpha() and verb not in verbs.subjects:
        return verb
    if following in verbs.after_orders:
        return verb if verb in verbs.orders or verb in verbs.orders_or_nouns else None
    return verb if verb in verbs.orders and not _is_subject(tokens[place + 1 : place + 1 + _LONGEST_SUBJECT]) else None


def _is_subject(following: Sequence[str]) -> bool:
    """Whether a verb comes soon that makes a subject of what looks like an order ("Contact details are")."""
    verbs = claim_cues().verbs
    ahead = takewhile(lambda token: token[0].isalnum() and token not in _CLAUSES, following)
    return any(token in verbs.finite for token in (*following[:1], *ahead))
