"""Which passages of a forum tell a member's own health, and are therefore not published.

What a member writes about their own body, diagnosis or care is special-category data, however openly it stands in a forum.
The rule looks for the first person (or the writer's family) beside a word of illness or care within one sentence. It would
rather withhold an argument than publish a diagnosis.
"""

from __future__ import annotations

import re

from kb.extract.coverage import Coverage
from kb.model import Document, Mention, Part, Passage, Source
from kb.text.sentences import sentences

FIRST = (
    r"\b(?:I|[Ww]e)(?:['’](?:m|ve|d|re))?\s+(?:(?:also|now|then|once|just|recently|only|never|still|already|first|too)\s+){0,2}"
)
STATE = (
    r"(?:diagnosed|misdiagnosed|referred|discharged|hospitali[sz]ed|treated|prescribed|ill|sick|unwell|disabled|housebound|bedbound|"
    r"pregnant|allergic|given\s+(?:a|an|the)\s+(?:\w+\s+){0,2}(?:referral|diagnosis|prescription)|told\s+(?:by|that|I|to)|seeing)"
)
CARE = (
    r"(?:diagnos[ei]s|symptoms?|illness\w*|diseases?|relapses?|fatigue|pain|medications?|drugs|surger\w+|operations?|hospital|clinics?|"
    r"referrals?|consultants?|specialists?|GPs?|doctors?|psychiatrists?|psychologists?|therap(?:y|ists?)|sessions?|CBT|GET|allerg\w+|"
    r"medical\s+history|blood\s+tests?|scans?|energy|treatment)"
)
NEAR = r"(?:[^\s.?!;:]+\s+){0,8}?"
OWN = re.compile(
    rf"\b[Mm]y\s+(?:own\s+)?(?:[\w-]+\s+){{0,2}}(?:{CARE}|health|condition|body)\b"
    rf"|{FIRST}(?:(?:was|am|were|are|been|got|get|be|have|had|to)\s+){{0,3}}(?:now\s+|then\s+|also\s+)?(?:to\s+)?(?:be\s+)?{STATE}\b"
    rf"|{FIRST}(?:have|had|got|get|haven['’]t|hadn['’]t)\s+(?:had\s+)?(?:(?:a|an|the|no|some|any|two|three|four|my|many|several|these|\d+)\s+)"
    rf"(?:[\w-]+\s+){{0,2}}{CARE}\b"
    rf"|{FIRST}(?:did|went|saw|see\s+(?:a|my|another)|take|took|tried|attended|suffer\w*|needed|underwent)\s+{NEAR}{CARE}\b"
    rf"|\b(?:gave|given|told|referred|diagnosed|prescribed|sent|treated|make|makes|made)\s+me\s+{NEAR}(?:{CARE}|{STATE})\b"
)
FAMILY = re.compile(
    rf"\b[Mm]y\s+(?:son|daughter|child|husband|wife|partner|mother|father|mum|dad|sister|brother|friend)\s+{NEAR}(?:{CARE}|{STATE})\b"
)
HAVING = re.compile(
    r"(?:\b(?:I|I['’]ve|[Ww]e|[Ww]e['’]ve|I['’]m\s+now\s+to\s+be\s+told\s+I)\s+(?:(?:also|both|all|still|now)\s+)?(?:have|had|got|suffer\s+from)"
    r"|\b[Aa]s\s+(?:someone|a\s+person|a\s+patient|one)\s+(?:\w+\s+)?(?:with|who\s+has)|\b[Aa]s\s+an?)\s+"
    r"(?:(?:severe|mild|moderate|bad|chronic|had|long-term|very|\w+ly)\s+){0,2}$"
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
    personal = Coverage(part.body for part in document.parts if _is_personal(part))
    candidates = [passage for passage in document.passages if personal.holds(passage.span)]
    by_passage: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_passage.setdefault(mention.passage, []).append(mention)
    return frozenset(
        passage.id for passage in candidates if tells_own_health(document.text, by_passage.get(passage.id, []), passage)
    )


def _is_personal(part: Part) -> bool:
    """Whether a member speaks there: a post of nobody in a public role, or words that anybody's post quotes."""
    is_public = part.author is not None and part.author.role in ("organisation", "public")
    return part.kind == "quotation" or (part.kind == "post" and not is_public)
