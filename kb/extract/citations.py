"""Citations: the markers in running text that point to references. One record a marker, with all its keys.

Four styles. Brackets ("[37, 40]") and authors with a year are sure by their form. Superscripts that a copy glued to the word
before ("method12–14", "care,13 ,14") and bare numbers behind a title are told from other numbers by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.extract.found import Found
from kb.extract.places import Places
from kb.extract.titles import is_body, is_document_noun, is_sentence_word
from kb.model import Citation, Reference, Span
from kb.text.folding import fold_same_length

_SEP = r"\s?[,;-]\s?"
_NUMBERS = rf"\d{{1,3}}(?:{_SEP}\d{{1,3}})*"
_BRACKET = re.compile(rf"\[\s?(?:refs?\.?\s)?(?P<keys>{_NUMBERS})\s?\]", re.IGNORECASE)
_INTERVAL_BEFORE = re.compile(r"(?:\bCIs?|\binterval|\brange|\bIQR|\bfrom|=|\bbetween|%)\s*[:=]?\s*$", re.IGNORECASE)
_TAGGED = re.compile(rf"<sup>\s?\[?(?P<keys>{_NUMBERS})\]?\s?</sup>|\[\^(?P<note>\d{{1,3}})\](?!:)")

_GLUED_TO_WORD = re.compile(
    r"(?<![\w.@/-])(?P<word>[a-z]+(?:-[a-z]+)*[\")]?)(?P<keys>\d{1,3}(?:\s?[,-]\s?\d{1,3}(?![\w%]))*)(?![\w%°]|[.,:/-]\d)"
)
_GLUED_TO_STOP = re.compile(
    r"(?<![\w@/-])(?P<word>[A-Za-z][A-Za-z/-]*|\d+%)(?P<stop>[\")]*[.,;:?!][\")]*)(?P<keys>\d{1,3}(?:\s?[,-]\s?\d{1,3}(?![\w%]))*)(?=\s|$|[)\]\"])(?!\s?%)"
)
_ALPHANUMERIC = frozenset(
    (
        "covid",
        "sars",
        "mp",
        "h",
        "core",
        "phase",
        "type",
        "grade",
        "tier",
        "step",
        "day",
        "week",
        "year",
        "page",
        "section",
        "figure",
        "table",
        "web",
        "co",
    )
)
"""Words that carry a number as part of their name."""
_ABBREVIATED = frozenset(
    (
        "app",
        "approx",
        "art",
        "ch",
        "chap",
        "col",
        "ed",
        "eq",
        "fig",
        "figs",
        "ibid",
        "no",
        "nos",
        "p",
        "para",
        "pp",
        "pt",
        "ref",
        "refs",
        "sec",
        "sect",
        "ss",
        "tab",
        "ver",
        "vers",
        "vol",
        "vs",
        "v",
        "ext",
        "tel",
        "eg",
        "ie",
    )
)
_RAISED = re.compile(
    r"(?<=[^\W\d_])(?<!\bm)(?<!\b[ckm]m)(?<!\bkg)(?P<keys>[⁰¹²³⁴-⁹]{1,3}(?:[,⁻–-][⁰¹²³⁴-⁹]{1,3})*)|(?<=[.,;:)\"”’])(?P<after>[⁰¹²³⁴-⁹]{1,3}(?:[,⁻–-][⁰¹²³⁴-⁹]{1,3})*)"
)
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_BARE = re.compile(r"(?<=[A-Za-z)]\s)(?P<keys>\d{1,3})(?=\s?(?:[(.,;:]|$))(?![.,]\d)")

_PARTICLE = r"(?:(?:van|von|de|der|den|du|la|le)\s|[dO]')"
_NAME = rf"(?:{_PARTICLE}){{0,2}}[A-Z][a-zà-ÿ'-]+(?:-[A-Z][a-zà-ÿ']+)?"
_ETAL = r"(?:,?\s(?:et\.?\sal\b\.?|and\scolleagues|and\sothers))"
_PEOPLE = rf"{_NAME}(?:,\s{_NAME}){{0,5}}(?:,?\s(?:and|&)\s{_NAME}|{_ETAL})?"
_BODY = r"(?:[A-Z][\w'&-]+\s(?:(?:of|for|and|the)\s){0,2}){1,7}[A-Z][\w'&-]+"
_YEARS = r"(?:(?:19|20)\d\d[a-z]?|in press)(?:,\s?(?:(?:19|20)\d\d)?[a-z]?)*"
_PAGE = r"(?:[,:]\s?(?:pp?\.?\s?)?\d{1,4}(?:-\d{1,4})?)?"
_NARRATIVE = re.compile(
    rf"(?P<open>\[(?:see+\s|cf\.?\s|e\.g\.,?\s)?)?\b(?P<who>{_PEOPLE}|{_BODY})(?:'s?)?,?\s\((?P<year>{_YEARS}){_PAGE}\)(?P<close>\])?"
)
_PARENTHESIS = re.compile(r"[(\[](?P<inside>[^()\[\]]{6,300}?\d{4}[a-z]?[^()\[\]]{0,40})[)\]]")
_ONE_PARENTHETIC = re.compile(
    rf"(?:(?:see(?:\salso)?|e\.g\.|cf\.?|for\sexample|reviewed\sin|after|from)[,:]?\s)*(?P<who>{_PEOPLE}|{_BODY}|[A-Z]{{2,8}}),?\s(?P<year>{_YEARS}){_PAGE}\.?"
)
_MONTHS = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Spring",
        "Summer",
        "Autumn",
        "Winter",
    ]
)


def extract(found: Found) -> Iterator[Citation]:
    """Yield the citations of the document in text order, none overlapping another and none inside a reference."""
    taken = Places(reference.span for reference in found.of(Reference))
    labels = frozenset(reference.label for reference in found.of(Reference) if reference.label)
    drafts: list[Citation] = []
    for passage in found.document.passages:
        words = fold_same_length(found.document.words(passage))
        for draft in find_citations(words, labels):
            span = draft.span.shifted(passage.span.start)
            if taken.take(span):
                drafts.append(
                    Citation(span=span, rule=draft.rule, confidence=draft.confidence, keys=draft.keys, style=draft.style)
                )
    yield from sorted(drafts, key=lambda draft: draft.span)


def find_citations(words: str, labels: frozenset[str] = frozenset()) -> Iterator[Citation]:
    """The markers in one passage, whose quotation marks, dashes and white space are plain already; places are in `words`.

    `labels` are the numbers of the document's own reference entries: only these make a bare number a marker.
    """
    yield from _brackets(words)
    yield from _tagged(words)
    yield from _superscripts(words)
    yield from _by_author(words)
    for match in _BARE.finditer(words):
        if match["keys"] in labels and not _counts_before(words, match.start()):
            yield Citation(
                span=Span(*match.span()), rule="number-of-entry", confidence=0.8, keys=(match["keys"],), style="number"
            )


def expand_keys(printed: str) -> tuple[str, ...]:
    """The keys of a numeric marker, ranges written out; a range that runs backwards or too far is left as its ends.

    >>> expand_keys("13 ,15-17")
    ('13', '15', '16', '17')
    """
    keys: list[str] = []
    for piece in re.split(r"\s?[,;]\s?", printed):
        ends = [end.strip() for end in re.split(r"[-–]", piece)]
        low, high = int(ends[0]), int(ends[-1])
        is_range = len(ends) == 2 and low < high <= low + 50
        keys += [str(key) for key in range(low, high + 1)] if is_range else [str(int(end)) for end in ends]
    return tuple(dict.fromkeys(keys))


def _brackets(words: str) -> Iterator[Citation]:
    for match in _BRACKET.finditer(words):
        keys = expand_keys(match["keys"])
        is_interval = "0" in keys or _INTERVAL_BEFORE.search(words, max(0, match.start() - 20), match.start())
        if not is_interval and words[: match.start()].strip():
            yield Citation(span=Span(*match.span()), rule="bracket", confidence=0.98, keys=keys, style="bracket")


def _tagged(words: str) -> Iterator[Citation]:
    for match in _TAGGED.finditer(words):
        yield Citation(
            span=Span(*match.span()), rule="tagged", keys=expand_keys(match["keys"] or match["note"]), style="superscript"
        )


def _superscripts(words: str) -> Iterator[Citation]:
    for match in _GLUED_TO_STOP.finditer(words):
        if _may_carry(match["word"]):
            yield _superscript(match, "glued-to-stop", 0.9)
    for match in _GLUED_TO_WORD.finditer(words):
        word = match["word"].strip('")').lower()
        if len(word) > 3 and word not in _ALPHANUMERIC | _ABBREVIATED:
            yield _superscript(match, "glued-to-word", 0.85)
    for match in _RAISED.finditer(words):
        keys = (match["keys"] or match["after"]).translate(_RAISED_DIGITS)
        yield Citation(span=Span(*match.span()), rule="raised", confidence=0.9, keys=expand_keys(keys), style="superscript")


def _may_carry(word: str) -> bool:
    """Whether the word before a stop can end a cited statement: no abbreviation of "number" or "page", no single letter."""
    return len(word) > 1 and word.lower() not in _ABBREVIATED


def _superscript(match: re.Match[str], rule: str, confidence: float) -> Citation:
    keys = expand_keys(match["keys"])
    return Citation(span=Span(match.start("keys"), match.end()), rule=rule, confidence=confidence, keys=keys, style="superscript")


def _counts_before(words: str, start: int) -> bool:
    """Whether the word before a bare number makes it the number of something ("Figure 5", "page 11")."""
    before = re.findall(r"[A-Za-z]+", words[max(0, start - 20) : start])
    return bool(before) and (
        before[-1].lower()
        in _ALPHANUMERIC | _ABBREVIATED | {"annex", "appendix", "chapter", "box", "wave", "part", "than", "of", "about", "over"}
        or before[-1] in _MONTHS
    )


def _by_author(words: str) -> Iterator[Citation]:
    for match in _NARRATIVE.finditer(words):
        who = match["who"]
        if _is_author(words, match.start("who"), who):
            start = match.start() if match["open"] and match["close"] else match.start("who")
            end = match.end() if match["open"] and match["close"] else match.end() - bool(match["close"])
            yield Citation(
                span=Span(start, end), rule="author-year", confidence=0.85, keys=(f"{who} {match['year']}",), style="author-year"
            )
    for match in _PARENTHESIS.finditer(words):
        pieces = [_ONE_PARENTHETIC.fullmatch(piece.strip()) for piece in match["inside"].split(";")]
        named = [piece for piece in pieces if piece and _is_author(words, 0, piece["who"])]
        if named and len(named) == len(pieces):
            keys = tuple(f"{piece['who']} {piece['year']}" for piece in named)
            yield Citation(
                span=Span(*match.span()), rule="author-year-in-brackets", confidence=0.85, keys=keys, style="author-year"
            )


def _is_author(words: str, start: int, who: str) -> bool:
    """Whether a name before a year is an author: no month, no title of a document, no word that only begins the sentence."""
    parts = [part for part in re.split(r"[\s,]+", who) if part[:1].isupper()]
    if any(part in _MONTHS or is_document_noun(part) for part in parts) or is_sentence_word(parts[0]):
        return False
    is_several = bool(re.search(rf"{_ETAL}|\sand\s|\s&\s", who))
    if len(parts) > 1 and not is_several and "," not in who:
        return is_body(who)
    return is_several or not re.search(r"\b(?:[Tt]he|[Aa]n?|[Ii]n|[Ff]rom|[Ss]ince)\s$", words[max(0, start - 6) : start])
