"""Names of members in author's places, @mentions and forms of address: the raw material of the masks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.ingest.builder import Draft
from kb.model import Person, Span
from kb.model.document import Role
from kb.sources.words import SAID

ORGANISATION = re.compile(
    r"""\b(?: Action[ ]for | Association | Society | Charity | Trust | Foundation | Alliance | Institute | College | Council
    | University | Department | Commission | Federation | Network | Campaign | Research | Support[ ]Group | NHS )\b""",
    re.VERBOSE,
)
MENTION = re.compile(
    r"""@ (?P<name> [A-Za-z0-9_] (?:[\w.-]*\w)?
    (?: [ ](?:for|of|the|in|and)[ ][A-Z][\w.]* | [ ](?:Association|Society|Trust|Alliance|Foundation|UK) )* \.? )""",
    re.VERBOSE,
)
INITIALS = re.compile(r"(?:^|[ .])[A-Z]\.[A-Z]\.\Z")
# "Thanks, Sam", "You're welcome, Sam," and the like; the first letter of what follows the words of address must be a capital.
ADDRESS = re.compile(
    r"""
    \b (?i: you[’']re[ ]welcome | (?:many[ ])?thanks | thank[ ]you | cheers | hi | hello | hey | dear | sorry | congratulations
      | (?:well|nicely)[ ](?:said|put|argued|done) | good[ ]point | welcome | (?:i[ ])?agree[ ]with )
    (?: [ ]so[ ]much | [ ]again )? ,? [ ] \Z
    """,
    re.VERBOSE,
)
# Capitals inside sentences are rare, so they are looked for first and the words of address then in front of them.
ADDRESSED = re.compile(
    r"""[A-Z] (?<=[\w,][ ][A-Z]) [a-z][\w-]{0,22}\w (?= [,.!:;)] | \s*$ | [ ](?:and|for|-|–)[ ] )""", re.VERBOSE | re.MULTILINE
)
LONGEST_ADDRESS = 40
NO_NAMES = re.compile(
    r"""All|Both|Every(?:one|body)|Folks|Guys|Sirs?|Madam|You|They|This|That|The|And|But|For|From|Not|Yes|Doctor|Professor|Prof|Editor
    |God|Goodness|Again|Anyway|England|Scotland|Wales|Ireland|Britain|Minister|Colleagues?|Friends?|Team|Ladies|Gentlemen""",
    re.VERBOSE,
)
NO_SPEAKERS = re.compile(
    r"he|she|they|it|we|i|you|who|document|guidance|guideline|report|handbook|manual|paper|article|foreword|study|review|website|page|summary"
    r"|abstract|editorial|leaflet|letter|press|government|minister",
    re.IGNORECASE,
)
RANK = re.compile(
    r"""
    (?: (?: very | senior | junior | new | active | established | registered | well-known | regular | full | trusted | global
      | super | forum | site | staff | honorary | founding | lead ) [ -]* )*
    (?: member | moderator | administrator | admin | user | staff | guest | contributor | team | founder ) s?
    (?: [ ]? \( [^)]{1,40} \) )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A person's own name inside a custom title: "Ann Other, owner of a blog".
TITLE_NAME = re.compile(
    r"""(?P<name> [A-Z][\w’'-]+ (?:[ ][A-Z][\w’'.-]*){1,3}? )
    (?= [ ,]+ (?i:owner|founder|editor|author|chair|director)\b | \Z )""",
    re.VERBOSE,
)


def role_of(name: str) -> Role:
    """Whether an author's name is an organisation's or, as most are, a member's."""
    return "organisation" if ORGANISATION.search(name) else "member"


def add_title(draft: Draft, span: Span) -> None:
    """Note a custom user title, unless it is a rank many share, and the personal name it may hold."""
    words = span.of(draft.text)
    if RANK.fullmatch(words):
        return
    draft.people.append(Person(words, "title", "member", span))
    named = TITLE_NAME.match(words)
    if named and named["name"] != words:
        draft.people.append(Person(named["name"], "title", "member", Span(span.start, span.start + named.end())))


def add_mentions(draft: Draft, bodies: Iterable[Span], known: Sequence[str] = ()) -> None:
    """Note @mentions and forms of address inside `bodies`; `known` names, longest first, may hold blanks."""
    for body in bodies:
        for match in MENTION.finditer(draft.text, body.start, body.end):
            is_address = match.start() > 0 and re.match(r"[\w.+-]", draft.text[match.start() - 1])
            if not is_address:
                start = match.start("name")
                name = next((name for name in known if draft.text.startswith(name, start)), None) or _mentioned(match)
                draft.people.append(Person(name, "mention", role_of(name), Span(start, start + len(name))))
        for match in ADDRESSED.finditer(draft.text, body.start, body.end):
            before = draft.text[max(body.start, match.start() - LONGEST_ADDRESS) : match.start()]
            if ADDRESS.search(before) and not NO_NAMES.fullmatch(match[0]):
                draft.people.append(Person(match[0], "mention", "member", Span(*match.span())))


def add_speakers(draft: Draft, labels: Iterable[Span], known: Sequence[str] = ()) -> None:
    """Note members in the heads of quote boxes: `known` names, and single words that are neither acronyms nor documents.

    Longer names are as often those of documents and of public authors, so they are left to stand.
    """
    for label in labels:
        match = SAID.match(draft.text, label.start, label.end)
        name = match["who"] if match else ""
        is_handle = " " not in name and not name.isupper() and not NO_SPEAKERS.fullmatch(name)
        if match and (name in known or is_handle):
            start = match.start("who")
            draft.people.append(Person(name, "mention", role_of(name), Span(start, start + len(name))))


def _mentioned(match: re.Match[str]) -> str:
    """A mentioned name without a sentence's full stop, but with that of initials."""
    name = match["name"]
    return name if INITIALS.search(name) else name.rstrip(".")
