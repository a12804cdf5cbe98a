"""Lists of conditions given as examples of a category: what definitions by list and classifications are both read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile

from kb.extract.classifications.categories import Category, categories_of, category_signs, named_categories, umbrella
from kb.extract.found import Found
from kb.extract.prepared import Prepared
from kb.model import Mention, Passage, Span
from kb.vocabulary.data import load

RULES = ("marked", "examples-of", "colon", "opened", "summed-up", "most-common")
"""The ways to give examples."""
_BETWEEN = re.compile(r"(?:[ ,;/()\[\]&*\"']|\band\b|\bn?or\b|\betc\b\.?|\be\.?g\.?(?= )|\([^()]{0,60}\))*")
_CITED = re.compile(r"[ ,]*(?:\[[\d, -]{1,20}\]|\([^()]{0,60}\))?")
MOST_MENTIONS = 60
"""What names more conditions than this is no sentence: the rest of it is not read as one."""
_CLOSERS = 6
"""Quotation marks and brackets that may follow a question mark."""
_GAP_WORDS = 4
_WIDE_GAP_WORDS = 12
_AND_BEFORE = re.compile(r"(?<![ ,])[ ,]*+\band ++$")
_JOINT = 120
"""Code points before a category in which the words stand that sum up a list as examples of it."""
_SUPERLATIVE = ("most", " more ")
_DASH_OR_BRACKET = re.compile(r" *(?:: | - ) *| \(")
_CITATION_OR_GLOSS = re.compile(r"\([^()]{0,80}\)|\[[\d, -]{1,20}\]")


@dataclass(frozen=True)
class Listing:
    """A category and the conditions that a stretch of text gives as examples of it.

    `marker` is where the words stand that introduce them; `is_clause` says that these are a clause of their own ("Examples
    include") about a category named before. `span` reaches from category (or clause) to the last example.
    """

    category: Mention
    members: tuple[Mention, ...]
    marker: Span
    span: Span
    rule: str
    is_clause: bool = False


@dataclass(frozen=True)
class Clause:
    """A sentence of a passage with the mentions in it and the umbrella that what was said before is about."""

    prepared: Prepared
    span: Span
    mentions: tuple[Mention, ...]
    topic: Mention | None
    passage: Passage

    @property
    def text(self) -> str:
        """The whole text with plain quotation marks, dashes and blanks."""
        return self.prepared.folded

    @property
    def lowered(self) -> str:
        """The whole text, folded and in small letters."""
        return self.prepared.lowered

    @cached_property
    def words(self) -> str:
        """Its words, folded like the text."""
        return self.span.of(self.prepared.folded)

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """The categories it names, in text order."""
        named = self.prepared.cued(category_signs()).is_any_inside(self.span)
        found = named_categories(self.prepared.folded, self.span) if named else []
        return tuple(sorted([*categories_of(self.mentions), *found], key=lambda category: category.span))

    @property
    def is_question(self) -> bool:
        """Whether it asks."""
        return self.text[max(self.span.start, self.span.end - _CLOSERS) : self.span.end].rstrip("\"')").endswith("?")

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """The lists of examples in it."""
        return tuple(_listings(self)) if self.mentions else ()


def clauses(found: Found) -> tuple[Clause, ...]:
    """Every sentence of the document in order, reference entries left out; read once, after the mentions were found.

    The topic of a sentence is the first umbrella of the sentence before it in the passage, or of the passage's lead, or of the
    passage before: what a sentence without a category of its own goes on about.
    """
    return found.prepared.once(f"clauses of {len(found.of(Mention))} mentions", lambda: tuple(_clauses(found)))


def _clauses(found: Found) -> Iterator[Clause]:
    by_passage = mentions_by_passage(found)
    topics: dict[str, Mention | None] = {}
    previous: Mention | None = None
    for passage in found.document.passages:
        topic = topics.get(passage.lead or "") or previous
        said: Mention | None = None
        for span in found.prepared.sentences(passage.span) if passage.kind != "reference" else ():
            inside = _inside_sentence(by_passage.get(passage.id, []), span)
            yield Clause(found.prepared, span, inside, topic, passage)
            own = next((mention for mention in inside if umbrella(mention)), None)
            topic = own or topic
            said = said or own
        topics[passage.id] = said
        previous = topic if passage.kind in {"item", "row", "cell"} and said is None else said


def _inside_sentence(mentions: list[Mention], span: Span) -> tuple[Mention, ...]:
    first = bisect_left(mentions, span.start, key=lambda mention: mention.span.start)
    inside = takewhile(lambda mention: mention.span.end <= span.end, mentions[first : first + MOST_MENTIONS])
    return tuple(inside)


def mentions_by_passage(found: Found) -> dict[str, list[Mention]]:
    """The mentions of each passage, by its id, in text order."""
    mentions = found.of(Mention)
    return found.prepared.once(f"passages of {len(mentions)} mentions", lambda: _by_passage(mentions))


def _by_passage(every: tuple[Mention, ...]) -> dict[str, list[Mention]]:
    mentions: dict[str, list[Mention]] = {}
    for mention in every:
        mentions.setdefault(mention.passage, []).append(mention)
    return mentions


def _listings(clause: Clause) -> Iterator[Listing]:
    yield from _marked(clause)
    yield from _opened(clause)
    yield from _summed_up(clause)
    yield from _most_common(clause)


def run_of(clause: Clause, start: int) -> tuple[Mention, ...]:
    """The mentions that stand in one list beginning at `start`: joined by commas, "and", "or" and brackets alone."""
    members: list[Mention] = []
    end = start
    for mention in clause.mentions:
        if mention.span.start < start:
            continue
        gap = clause.text[end : mention.span.start]
        if not _BETWEEN.fullmatch(_CITATION_OR_GLOSS.sub(" ", gap) if members else gap):
            break
        members.append(mention)
        end = mention.span.end
    return tuple(members)


def run_before(clause: Clause, end: int) -> tuple[Mention, ...]:
    """The mentions of one list that ends at `end`."""
    members: list[Mention] = []
    for mention in reversed(clause.mentions):
        if mention.span.end > end:
            continue
        gap = clause.text[mention.span.end : end]
        if not _BETWEEN.fullmatch(_CITATION_OR_GLOSS.sub(" ", gap)):
            break
        members.append(mention)
        end = mention.span.start
    return tuple(reversed(members))


@cache
def _phrases(name: str) -> str:
    phrases = sorted(load("listings")[name], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", " +") for phrase in phrases)


@cache
def _marker_after() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<gap>[^.;?!]*?)(?<![^\W_])(?P<marker>{_phrases('markers')})(?![^\W_])[ :,]*(?:(?:{_phrases('marker_tails')}) +)?$"
    )


@cache
def _opener() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load("listings")["openers"]) + ")[ :]*$", re.IGNORECASE)


@cache
def _examples_before() -> re.Pattern[str]:
    return re.compile(load("listings")["examples_before"], re.IGNORECASE)


def _marked(clause: Clause) -> Iterator[Listing]:
    for category in clause.mentions:
        following = next((mention for mention in clause.mentions if mention.span.start >= category.span.end), None)
        if umbrella(category) is None or following is None:
            continue
        between = clause.text[category.span.end : following.span.start]
        members = tuple(member for member in run_of(clause, following.span.start) if member.concept != category.concept)
        match = _marker_after().fullmatch(between)
        if members and match is not None and _is_near(match["gap"]) and not _covers_things(match):
            start = category.span.end + match.start("marker")
            yield _listing(clause, category, members, Span(start, category.span.end + match.end("marker")), "marked")
        elif members and _is_example_of(clause, category, between):
            yield _listing(clause, category, members, Span(category.span.end, following.span.start), "examples-of")
        elif members[:1] == (following,) and _DASH_OR_BRACKET.fullmatch(between):
            inside = _inside(clause.text, members) if between.endswith("(") else members
            if len(inside) > 1:
                yield _listing(clause, category, inside, Span(category.span.end, following.span.start), "colon")


def examples_after(clause: Clause, end: int) -> tuple[Mention, ...]:
    """The list that words such as "such as" introduce behind the name of a category that ends at `end`."""
    following = next((mention for mention in clause.mentions if mention.span.start >= end), None)
    match = _marker_after().fullmatch(clause.text, end, following.span.start) if following is not None else None
    is_led = match is not None and _is_near(match["gap"])
    return run_of(clause, following.span.start) if following is not None and is_led else ()


def examples_before(clause: Clause, start: int) -> tuple[Mention, ...]:
    """The list that "and other" joins to the name of a category that begins at `start`."""
    others = _others_before().search(clause.text, max(clause.span.start, start - _JOINT), start)
    return run_before(clause, others.start()) if others is not None else ()


def _inside(text: str, members: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Those before the bracket closes in which the first of them stands."""
    end = text.find(")", members[0].span.end) if members else -1
    return tuple(member for member in members if member.span.end <= end)


def _is_example_of(clause: Clause, category: Mention, between: str) -> bool:
    start = max(clause.span.start, category.span.start - _JOINT)
    has_lead = _examples_of().search(clause.text, start, category.span.start)
    return has_lead is not None and _examples_are().fullmatch(between) is not None


@cache
def _examples_of() -> re.Pattern[str]:
    return re.compile(load("listings")["examples_of"], re.IGNORECASE)


@cache
def _examples_are() -> re.Pattern[str]:
    return re.compile(load("listings")["examples_are"])


def _is_near(gap: str) -> bool:
    if _tie_breakers().search(gap):
        return False
    most = _WIDE_GAP_WORDS if _wide_gap().search(gap) else _GAP_WORDS
    return len(_CITATION_OR_GLOSS.sub(" ", gap).split()) <= most


def _covers_things(match: re.Match[str]) -> bool:
    """Whether not the category but a programme or service of it is said to cover what follows."""
    return match["marker"].lower() in load("listings")["covering"] and _things().match(match["gap"]) is not None


@cache
def _things() -> re.Pattern[str]:
    return re.compile(load("listings")["things"], re.IGNORECASE)


@cache
def _tie_breakers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases('tie_breakers')})\b")


@cache
def _wide_gap() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases('wide_gap')})\b")


def _listing(clause: Clause, category: Mention, members: tuple[Mention, ...], marker: Span, rule: str) -> Listing:
    return Listing(category, members, marker, Span(category.span.start, _closed(clause.text, category.span.start, members)), rule)


def _closed(text: str, start: int, members: tuple[Mention, ...]) -> int:
    """Where the list ends, with the bracket that its last member stands in."""
    end = members[-1].span.end
    words = text[start:end]
    return end + 1 if words.count("(") > words.count(")") and text[end : end + 1] == ")" else end


def _opened(clause: Clause) -> Iterator[Listing]:
    """Sentences such as "Examples include: ...", about the category of the sentence before."""
    first = next((mention for mention in clause.mentions if umbrella(mention) is None), None)
    if (
        first is None
        or clause.topic is None
        or any(umbrella(mention) for mention in clause.mentions if mention.span < first.span)
    ):
        return
    opening = clause.text[clause.span.start : first.span.start]
    members = run_of(clause, first.span.start)
    if _opener().fullmatch(opening):
        marker = Span(clause.span.start + opening.rstrip(" :").rfind(" ") + 1, first.span.start).trimmed(clause.text)
        yield Listing(clause.topic, members, marker, clause.span, "opened", is_clause=True)


def _summed_up(clause: Clause) -> Iterator[Listing]:
    """Lists whose category follows ("... and other long-term conditions", "... as examples of MUS")."""
    text = clause.text
    for category in clause.mentions:
        joint = _joint(clause, category) if umbrella(category) is not None else None
        members = run_before(clause, joint) if joint is not None else ()
        if members and joint is not None:
            marker = Span(joint, category.span.start).trimmed(text)
            yield Listing(category, members, marker, Span(members[0].span.start, category.span.end), "summed-up")


def _joint(clause: Clause, category: Mention) -> int | None:
    """Where the words begin that stand before a category and sum up a list as examples of it."""
    end = category.span.start
    start = max(clause.span.start, end - _JOINT)
    others = _others_before().search(clause.text, start, end)
    if others is None and clause.prepared.cued(_example_signs()).is_any_inside(clause.span):
        others = _examples_before().search(clause.text, clause.span.start, end)
    if others is None and _in_general().match(clause.text, category.span.end, clause.span.end):
        others = _AND_BEFORE.search(clause.text, start, end)
    return others.start() if others is not None else None


@cache
def _others_before() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![ ,])[ ,]++|\b)(?:{_phrases('others')}) +(?:[\w-]+ ){{0,2}}$")


@cache
def _in_general() -> re.Pattern[str]:
    return re.compile(rf" +(?:{_phrases('in_general')})\b")


@cache
def _example_signs() -> tuple[str, ...]:
    return tuple(load("listings")["example_signs"])


def _most_common(clause: Clause) -> Iterator[Listing]:
    """Conditions said to be the most common of the category named before."""
    if clause.topic is None or not clause.prepared.cued(_SUPERLATIVE).is_any_inside(clause.span):
        return
    last = _of_the_last().search(clause.words)
    members = run_before(clause, clause.span.start + last.start()) if last is not None else ()
    if last is not None and members and members[0].span.start == clause.span.start:
        marker = Span(*last.span()).shifted(clause.span.start)
        yield Listing(clause.topic, members, marker, clause.span, "most-common", is_clause=True)


@cache
def _of_the_last() -> re.Pattern[str]:
    return re.compile(load("listings")["of_the_last"])
