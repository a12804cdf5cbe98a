"""Legislation named in running text: Acts and Regulations by name, and law cited by number in the ways of its countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kb.model import Span

_GAP = r"(?:[ \u00a0]|\r?\n)"
_BRACKETED = r"\([A-Z][\w\s'’-]{2,40}\)"
_WORD = rf"(?:[A-Z][\w'’-]{{0,40}}|{_BRACKETED})"
_END = re.compile(
    rf"""(?:Act|Regulations|Order|Measure)\b(?:{_GAP}{_BRACKETED})?
         (?: (?P<joint>,?\s(?:of\s)?)(?P<open>\()?(?P<year>(?:1[6-9]|20)\d\d)\b(?(open)\))
             (?:\s\((?:Cth|NSW|Vic|Qld|SA|WA|Tas|ACT|NT)\))? )?""",
    re.VERBOSE,
)
_FRONT = re.compile(rf"\b{_WORD}(?:,?{_GAP}(?:{_WORD}|and|of|for|in|to|with|on)){{0,9}}{_GAP}$")
_ABBREVIATED = re.compile(r"\s\([A-Z][A-Za-z]*[A-Z]\)$")
_LONGEST = 240
_LEADS = frozenset(
    (
        "The",
        "Under",
        "In",
        "As",
        "See",
        "By",
        "Since",
        "This",
        "That",
        "A",
        "An",
        "And",
        "Both",
        "Of",
        "For",
        "To",
        "UK",
        "UK's",
        "With",
        "On",
    )
)
_CONNECTORS = frozenset(("and", "of", "for", "in", "to", "with", "on"))
_PIECE = re.compile(r"\S+\s*")
_FEWEST_CAPITALS = 2
"""Words with capitals before an "Act" without a year: fewer may be the name of anything ("Sister Act")."""

_PARTS = r"(?:\((?:\d{1,3}|[A-Za-z]{1,4})\))*"
_EUROPEAN = re.compile(
    r"""(?:Regulation|Directive|Decision)\s(?P<mark>\((?:EU|EC|EEC|UK)\)\s)?(?:No\.?\s)?
        (?P<one>\d{1,4})/(?P<other>\d{1,4})(?:/(?:EU|EC|EEC)|(?(mark)|(?!)))(?![\w/])""",
    re.VERBOSE,
)
"""Regulation (EU) 2016/679, Directive 95/46/EC."""
_INSTRUMENT = re.compile(r"S\.?(?:S\.?)?[IR]\.?\s(?:No\.?\s)?(?P<one>(?:19|20)\d\d)(?:/|\sNo\.?\s)(?P<other>\d{1,4})(?![\w/])")
"""SI 2012/1234 and, of Scotland and Northern Ireland, SSI and SR."""
_CODE = re.compile(
    rf"""(?:U\.\s?S\.\s?C\.|USC|C\.\s?F\.\s?R\.|CFR|Fed\.\sReg\.)(?:A\.)?,?\s(?:§{{1,2}}\s?|[Ss]ections?\s|[Pp](?:ar)?ts?\.?\s)?
         \d[\d,]*[a-z]?(?:[-–]\d+)?(?:\.\d+)?{_PARTS}(?:(?:,\s|\sand\s|,\sand\s)\d+[a-z]?(?:\.\d+)?{_PARTS}(?!\w|\s(?:U\.?\s?S|C\.?\s?F|Fed)))*""",
    re.VERBOSE,
)
"""28 U.S.C. § 586(b), 28 CFR 58.6: the title's number stands before it."""
_TITLE_NUMBER = re.compile(r"(?<![\w.])\d{1,3}\s$")
_RULE = re.compile(
    rf"""Fed\.\sR\.\s(?:Bankr|Civ|Crim|App|Evid)\.(?:\sP\.)?\s\d{{1,4}}(?:\.\d+)?{_PARTS}
       | Rule\s\d{{1,4}}(?:\.\d+)?{_PARTS}\sof\sthe\sFederal\sRules\sof\s[A-Z]\w+(?:\s[A-Z]\w+)?""",
    re.VERBOSE,
)
_NUMBERED_LAW = re.compile(
    r"P(?:ublic\s|ub\.\s|\.\s?)L(?:aw|\.)\s(?:No\.?\s)?\d{2,3}[-–]\d{1,4}\b|Executive\sOrder\s(?:No\.?\s)?\d{4,5}\b"
)
_STATUTES = re.compile(r"(?:R\.?S\.?|S\.?)[CO]\.?\s(?P<one>(?:18|19|20)\d\d),\sc\.?\s(?P<other>[A-Z]?[-.]?\d{1,3})\b")
"""R.S.C. 1985, c. C-46."""
_DATED = (_EUROPEAN, _INSTRUMENT, _STATUTES)
_NUMBERED = (*_DATED, _CODE, _RULE, _NUMBERED_LAW)
_OPENING = re.compile(
    r"(?:Regulation|Directive|Decision|S\.?S?\.?[IR]|R\.?S|S\.?[CO]|U\.\s?S|USC|C\.\s?F|CFR|Fed\.|Rule\s|P(?:ublic|ub\.|\.)\s?L|Executive\sOrder)"
)
"""How law cited by number begins; the one search through the text is for these."""
_IN_BRACKETS = re.compile(r"\s\(")


class Law(NamedTuple):
    """One piece of legislation at one place."""

    span: Span
    title: str
    year: int | None


def laws(text: str) -> list[Law]:
    """Legislation in text order, none inside another.

    A name reaches back as far as its capitals run; without a year it needs two words before "Act". A number in brackets behind a
    name belongs to it.

    >>> [law.title for law in laws("Under the Care Act (2014), Directive 95/46/EC and 5 U.S.C. § 552(a), not the Act.")]
    ['Care Act 2014', 'Directive 95/46/EC', '5 U.S.C. § 552(a)']
    """
    found = sorted([*_named(text), *_numbered(text)])
    return list(_joined(text, [law for law, before in zip(found, [None, *found], strict=False) if not _is_inside(law, before)]))


def _is_inside(law: Law, before: Law | None) -> bool:
    return before is not None and law.span.start < before.span.end


def _joined(text: str, found: list[Law]) -> Iterator[Law]:
    taken = None
    for law, behind in pairwise([*found, None]):
        if law is None or law is taken:
            continue
        is_own = behind is not None and _IN_BRACKETS.fullmatch(text, law.span.end, behind.span.start)
        if behind is not None and is_own and text[behind.span.end : behind.span.end + 1] == ")":
            taken = behind
            yield Law(Span(law.span.start, behind.span.end + 1), law.title, law.year)
        else:
            yield law


def _named(text: str) -> Iterator[Law]:
    floor = 0
    for end in _END.finditer(text):
        front = _FRONT.search(text, max(floor, end.start() - _LONGEST), end.start())
        start = front.start() + _lead_length(front.group()) if front else end.start()
        if start == end.start() or not (end["year"] or _is_name(text[start : end.start()], end.group())):
            continue
        floor = end.end()
        name = " ".join(_ABBREVIATED.sub("", text[start : end.start("joint") if end["year"] else end.end()]).split())
        yield Law(
            Span(start, end.end()), f"{name} {end['year']}" if end["year"] else name, int(end["year"]) if end["year"] else None
        )


def _is_name(front: str, end: str) -> bool:
    """Whether the words before "Act" make it the name of one without its year."""
    return end.startswith("Act") and sum(piece[0].isupper() for piece in front.split()) >= _FEWEST_CAPITALS


def _lead_length(name: str) -> int:
    """Length of the words before the name proper: "Under the" of a sentence, and connectors left standing by it."""
    length = 0
    for piece in _PIECE.findall(name):
        if piece.strip(" ,\r\n\u00a0") not in _LEADS | _CONNECTORS:
            break
        length += len(piece)
    return length


def _numbered(text: str) -> Iterator[Law]:
    for opening in _OPENING.finditer(text):
        start = opening.start()
        match = next((match for pattern in _NUMBERED if (match := pattern.match(text, start))), None)
        if match is None or text[start - 1 : start].isalnum():
            continue
        title = _TITLE_NUMBER.search(text, max(0, start - 4), start) if match.re is _CODE else None
        if title or match.re is not _CODE:
            span = Span(title.start() if title else start, match.end())
            yield Law(span, " ".join(span.of(text).split()), _year(match) if match.re in _DATED else None)


def _year(match: re.Match[str]) -> int | None:
    """The number that is a year: before the slash, or behind it in older law; of two digits in law before 1999."""
    one, other = int(match["one"]), int(match["other"]) if match["other"].isdigit() else 0
    return next((year for year in (one, other, 1900 + one) if 1800 <= year < 2100), None)
