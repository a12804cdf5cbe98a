"""Web addresses and Markdown links in running text, cut ones and dead ones included."""

from __future__ import annotations

import re

from kb.ingest.builder import Draft
from kb.ingest.losses import loss
from kb.model import DocumentLink, Span

MARKDOWN_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<target>[^()\s]{0,500})\)")
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"“”|]+", re.IGNORECASE)
# What a forum puts in place of the middle of a long address.
CUT = re.compile(r"\.{3}|…")
# "see link below:" and nothing there: the address was a picture or a card that did not survive.
ANNOUNCED = re.compile(
    r"""
    (?: \(? \b (?:see|using|in|at|from|by|via) \b [^.\n]{0,30} \blinks?\b (?: [ ] (?:below|here) )? | \b links? [ ] below )
    \)? [ ]* :? (?= [ \t\u00a0]* (?: \r?$ | \Z ) )
    | \( see [ ] (?:the[ ])? links? (?: [ ] (?:below|here) )? \)
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
STOPS = ".,;:!?'’*]_"
REACH = 600
SAFE = ("http://", "https://", "mailto:")


def find_links(draft: Draft) -> None:
    """Add every link of the draft's text, and the losses that follow from them; the words are not changed."""
    taken: list[Span] = []
    for match in MARKDOWN_LINK.finditer(draft.text):
        taken.append(Span(*match.span()))
        target = match["target"]
        is_live = target.lower().startswith(SAFE)
        draft.links.append(DocumentLink(Span(*match.span("words")), target if is_live else None, "ok" if is_live else "dead"))
    inside = iter(sorted(taken))
    around = next(inside, None)
    for match in ADDRESS.finditer(draft.text):
        while around is not None and around.end <= match.start():
            around = next(inside, None)
        if around is None or match.start() < around.start:
            draft.links.append(_address(match))
    draft.links.extend(_announced(draft.text))
    _count(draft)


def _address(match: re.Match[str]) -> DocumentLink:
    words = _without_stop(match[0])
    span = Span(match.start(), match.start() + len(words))
    is_cut = bool(CUT.search(words))
    return DocumentLink(span, None if is_cut else words, "truncated" if is_cut else "ok")


def _without_stop(words: str) -> str:
    """An address without the punctuation of the sentence around it."""
    stripped = words.rstrip(STOPS)
    spare = stripped.count(")") - stripped.count("(")
    while spare > 0 and stripped.endswith(")"):
        stripped = stripped[:-1].rstrip(STOPS)
        spare -= 1
    return stripped


def _announced(text: str) -> list[DocumentLink]:
    found = []
    for match in ANNOUNCED.finditer(text):
        # An announcement inside a sentence is kept by an address before the end of the next block, one at its end at once.
        is_inside = match[0].startswith("(") and match[0].endswith(")")
        after = text[match.end() : match.end() + REACH]
        address = ADDRESS.search(after) if is_inside else ADDRESS.match(after.lstrip())
        if not address and not MARKDOWN_LINK.match(after.lstrip()):
            found.append(DocumentLink(Span(match.start(), match.start() + len(match[0].rstrip())), None, "lost"))
    return found


def _count(draft: Draft) -> None:
    for status, code in (("truncated", "W212"), ("dead", "W213"), ("lost", "W214")):
        places = [link.span for link in draft.links if link.status == status]
        if places:
            draft.losses.append(loss(code, len(places), min(places)))
