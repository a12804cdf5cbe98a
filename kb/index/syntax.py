"""The text of a query to a query value, and back: Lucene's syntax, as far as it serves people who quote documents.

luqum parses; what it would stumble over in ordinary typing (CFS/ME, what?, p<0.05, a lone apostrophe) is masked one for one
beforehand, so that places in error messages stay true.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from luqum import tree
from luqum.exceptions import ParseError
from luqum.parser import parser

from kb.errors import QueryError
from kb.index.analysis import parse_number
from kb.index.fields import FIELDS, is_scored
from kb.index.query import And, Between, Everything, Fuzzy, Not, Or, Phrase, Preferring, Prefix, Query, Term

KEPT = re.compile(
    r"""
      "[^"]*"                              # a phrase
    | \*:\*                                # everything
    | (?<! [\w.] ) [A-Za-z_]+ : (?= [^\s/] )   # a field's name, but no address
    | (?<= : ) [\[{] [^\]}"]* [\]}]         # a range
    | (?<= : ) [<>] =?                     # a range with one end
    | (?<= [\w"%] ) ~ \d? (?= [\s)] | $ )  # a word as spelt roughly
    """,
    re.VERBOSE,
)
SPECIAL = "/?'[]{}^~<>=:!&|\\"
MASKS = {ord(sign): 0xE000 + index for index, sign in enumerate(SPECIAL)}
UNMASKS = {mask: sign for sign, mask in MASKS.items()}
BACKSLASH = {ord("\\"): MASKS[ord("\\")]}
PHRASE = re.compile(r'"[^"]*"')
CURLY = str.maketrans("“”„‟", '""""')
PLACE = re.compile(r"position (\d+)")
MAX_EDITS = 2
MAX_DEPTH = 40
MAX_LENGTH = 2000


def parse(text: str) -> Query:
    """The query `text` means. Words all count unless joined by OR; raises `QueryError` with the place that does not fit."""
    if not text.strip():
        raise QueryError("the query is empty: give at least one word", text=text, start=0, end=len(text))
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH} characters", text=text, start=MAX_LENGTH, end=len(text))
    straight = text.translate(CURLY)
    _check_pairs(text, straight)
    try:
        found = parser.parse(_masked(straight))
    except ParseError as error:
        place = PLACE.search(str(error))
        start = min(int(place[1]), len(text) - 1) if place else len(text.rstrip())
        raise QueryError(
            "the query breaks off or has a sign out of place here; words inside quotation marks are taken as they are",
            text=text,
            start=start,
            end=start + 1,
        ) from error
    return _Reader(text).read(found, "text", 0)


def _masked(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for kept in KEPT.finditer(text):
        pieces += [text[end : kept.start()].translate(MASKS), kept.group().translate(BACKSLASH)]
        end = kept.end()
    return "".join(pieces) + text[end:].translate(MASKS)


def _check_pairs(text: str, straight: str) -> None:
    if straight.count('"') % 2:
        place = straight.rindex('"')
        raise QueryError('a quotation mark (") has no partner', text=text, start=place, end=place + 1)
    open_at: list[int] = []
    for place, sign in enumerate(PHRASE.sub(_blank, straight)):
        if sign == "(":
            open_at.append(place)
        if len(open_at) > MAX_DEPTH:
            raise QueryError(f"parentheses stand more than {MAX_DEPTH} deep", text=text, start=place, end=place + 1)
        if sign == ")" and not open_at:
            raise QueryError("a closing parenthesis has no partner", text=text, start=place, end=place + 1)
        if sign == ")":
            open_at.pop()
    if open_at:
        raise QueryError("an opening parenthesis has no partner", text=text, start=open_at[-1], end=open_at[-1] + 1)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class _Reader:
    """Reads luqum's tree of one query. `field` is the one the words stand under, `depth` how deep the reader is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, node: tree.Item, field: str, depth: int) -> Query:
        """The query one node means."""
        if depth > MAX_DEPTH:
            raise self._error("the query is nested too deep", node)
        match node:
            case tree.Word() | tree.Phrase():
                return self._words(node, field)
            case tree.SearchField():
                return self._field(node, field, depth)
            case tree.BaseGroup():
                return self.read(node.expr, field, depth + 1)
            case tree.Fuzzy():
                return self._fuzzy(node, field)
            case tree.Range() | tree.OpenRange():
                return self._range(node, field)
            case tree.BaseOperation() | tree.UnaryOperator():
                return self._combined(node, field, depth + 1)
            case _:
                raise self._error("this is not part of the query language", node)

    def _combined(self, node: tree.Item, field: str, depth: int) -> Query:
        parts = tuple(self.read(child, field, depth) for child in node.children)
        if isinstance(node, tree.UnaryOperator):
            return parts[0] if isinstance(node, tree.Plus) else Not(parts[0])
        if isinstance(node, tree.OrOperation):
            return Or(parts)
        if not any(isinstance(child, tree.Plus) for child in node.children):
            return And(parts)
        signs = [isinstance(child, tree.UnaryOperator) for child in node.children]
        required = tuple(part for part, is_signed in zip(parts, signs, strict=True) if is_signed)
        preferred = tuple(part for part, is_signed in zip(parts, signs, strict=True) if not is_signed)
        return Preferring(_one_of(And, required), _one_of(Or, preferred)) if preferred else _one_of(And, required)

    def _field(self, node: tree.SearchField, field: str, depth: int) -> Query:
        if node.name == "*":
            return Everything()
        name = node.name.lower()
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1)
            hint = f"did you mean {near[0]}?" if near else "words with a colon go inside quotation marks"
            raise self._error(f"there is no field {node.name!r}: {hint}", node)
        if field != "text":
            raise self._error("a field inside a field", node)
        return self.read(node.expr, name, depth + 1)

    def _words(self, node: tree.Term, field: str) -> Query:
        is_phrase = isinstance(node, tree.Phrase)
        words = _unmasked(node)
        if not is_phrase and "*" in words:
            return self._starred(words, node, field)
        if FIELDS[field].kind == "number":
            value = self._number(node)
            return Between(field=field, low=value, high=value)
        return Phrase(field, words) if is_phrase else Term(field, words)

    def _starred(self, words: str, node: tree.Term, field: str) -> Query:
        if words == "*":
            return Everything() if field == "text" else Prefix(field, "")
        if words.index("*") < len(words) - 1 or FIELDS[field].kind == "number":
            raise self._error("a star may stand only at the end of a word", node)
        return Prefix(field, words[:-1])

    def _fuzzy(self, node: tree.Fuzzy, field: str) -> Query:
        edits = max(int(node.degree), 1)  # luqum gives a half where no number stands
        if not is_scored(field) or not 1 <= edits <= MAX_EDITS:
            raise self._error(f"~ takes 1 or {MAX_EDITS}, after a word of a text field", node)
        return Fuzzy(field, _unmasked(node.term), edits)

    def _range(self, node: tree.Range | tree.OpenRange, field: str) -> Query:
        if FIELDS[field].kind != "number":
            numbers = " and ".join(name for name, known in FIELDS.items() if known.kind == "number")
            raise self._error(f"ranges are for the fields {numbers}", node)
        if isinstance(node, tree.From):
            return Between(field=field, low=self._number(node.a), high=None, is_low_open=not node.include)
        if isinstance(node, tree.To):
            return Between(field=field, low=None, high=self._number(node.a), is_high_open=not node.include)
        return Between(
            field=field,
            low=self._end(node.low),
            high=self._end(node.high),
            is_low_open=not node.include_low,
            is_high_open=not node.include_high,
        )

    def _end(self, node: tree.Term) -> float | None:
        return None if _unmasked(node) == "*" else self._number(node)

    def _number(self, node: tree.Term) -> float:
        value = parse_number(_unmasked(node))
        if value is None:
            raise self._error("a number is needed here", node)
        return value

    def _error(self, message: str, node: tree.Item) -> QueryError:
        start = min(node.pos or 0, len(self._text) - 1)
        return QueryError(message, text=self._text, start=start, end=max(start + (node.size or 1), start + 1))


def _unmasked(node: tree.Item) -> str:
    words: str = node.value.translate(UNMASKS)
    return words[1:-1] if isinstance(node, tree.Phrase) else words


def _one_of(kind: type[And | Or], parts: tuple[Query, ...]) -> Query:
    return parts[0] if len(parts) == 1 else kind(parts)
