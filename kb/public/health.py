"""Which passages of a forum tell a member's own health, and are therefore not published.

What a member writes about their own body, diagnosis or care is special-category data, however openly it stands in a forum.
The rule looks for the first person (or the writer's family) beside a word of illness or care within one sentence. It would
rather withhold an argument than publish a diagnosis.
"""

from __future__ import annotations

import re

from kb.model import Document, Mention, Part, Passage, Source
from kb.text.sentences import sentences

ILLNESS = (
    r"(?:diagnos\w*|misdiagnos\w*|symptom\w*|ill(?:ness\w*)?|sick(?:ness)?|disease|disab\w+|relaps\w*|fatigue|pain|medicat\w+|drugs?|"
    r"surger\w+|operations?|hospital|clinic|referr\w+|consultant|specialist|GP|doctor\w*|psychiatrist|therap\w+|sessions?|CBT|GET|"
    r"treat(?:ed|ment)s?|allerg\w+|pregnan\w+|housebound|bedbound|medical\s+history|blood\s+tests?|scans?|health|energy|pwME)"
)
OWN = re.compile(
    rf"\b[Mm]y\s+(?:own\s+)?(?:\w+\s+){{0,2}}(?:{ILLNESS}|condition|body)\b"
    rf"|\b(?:I|I['’](?:m|ve|d))\s+(?:\w+\s+){{0,3}}(?:have|had|was|am|got|get|been|did|went|saw|suffer\w*|take|took|told)\b[^.?!]{{0,80}}?\b{ILLNESS}\b"
    rf"|\b(?:gave|given|told|referred|diagnosed|prescribed|offered|sent|treated|make|makes|made)\s+(?:me|us)\b[^.?!]{{0,80}}?\b{ILLNESS}\b",
)
FAMILY = re.compile(
    rf"\b[Mm]y\s+(?:son|daughter|child|husband|wife|partner|mother|father|mum|dad|sister|brother|friend)\b[^.?!]{{0,100}}?\b{ILLNESS}\b"
)
HAVING = re.compile(
    r"\b(?:I|I['’]ve|I['’]m|[Ww]e|us|[Aa]s)\s+(?:\w+\s+){0,3}?(?:have|had|having|suffer\w*|got|with|a|an|pw)\s+"
    r"(?:(?!(?:in|on|of|about|for|that|to|no|read|seen)\b)\w+\s+){0,3}$"
)
"""What stands before a condition when the writer says to have it."""


def tells_own_health(text: str, document_mentions: list[Mention], passage: Passage) -> bool:
    """Whether a passage of a post tells of the writer's own, or their family's, health.

    `document_mentions` are the mentions of conditions in the passage, whose labels count as illness words.
    """
    for span in sentences(text, passage.span):
        words = " ".join(span.of(text).split())
        if OWN.search(words) or FAMILY.search(words):
            return True
        before = (text[span.start : mention.span.start] for mention in document_mentions if span.contains(mention.span))
        if any(HAVING.search(f"{' '.join(lead.split())} ") for lead in before):
            return True
    return False


def withheld_passages(source: Source, document: Document, mentions: list[Mention]) -> frozenset[str]:
    """Ids of the passages of `document` that are withheld: only posts of forums can be, never our own digests."""
    if source.source_kind != "forum" or source.digest_of is not None:
        return frozenset()
    posts = [part for part in document.parts if part.kind == "post" and not _is_organisation(part)]
    candidates = [passage for passage in document.passages if any(post.body.contains(passage.span) for post in posts)]
    by_passage: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_passage.setdefault(mention.passage, []).append(mention)
    return frozenset(
        passage.id for passage in candidates if tells_own_health(document.text, by_passage.get(passage.id, []), passage)
    )


def _is_organisation(post: Part) -> bool:
    return post.author is not None and post.author.role in ("organisation", "public")
