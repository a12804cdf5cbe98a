"""What stands between a hostile page and the parsers: its size and its depth, told in one pass before a tree is built.

Parsers are quadratic in depth, or give an empty tree without a word; a page of a person is never deep.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kb.errors import UnreadableSourceError

LARGEST = 40_000_000
"""Code points. Pages saved with their pictures inside reach 20 MB."""
DEEPEST = 500
"""Elements inside each other; 60 is much for a page that people made."""
FEW_TAGS = 8_000
"""Up to here lexbor is quick however deep they are nested, as long as few formatting elements stay open."""
HARMLESS_TAGS = 4_000
"""Signs that begin a tag; with fewer, lexbor takes less than a second whatever they are."""
FEW_OPEN = 300
VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta"}
    | {"param", "source", "track", "wbr"}
)
CLOSE_THEMSELVES = frozenset(
    {"body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr"}
)
FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
"""Elements that a parser opens anew in the next block when a page forgot to close them."""
_EITHER_CASE = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in sorted(FORMATTING))
FORMATTING_TAG = re.compile(rf"<(/?)(?=[abcefinstuABCEFINSTU])(?:{_EITHER_CASE})[\s>]")
"""In either case of letters; spelled out, because ignoring case costs three times as much."""
RAW = {
    name: re.compile(f"</{name}\\b", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe")
}
"""Elements whose content is no markup, with what ends them."""
TAG = re.compile(r"""<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
COMMENT_END = re.compile(r"--!?>")


def check_html(text: str, path: str, deepest: int = DEEPEST) -> None:
    """Raise `UnreadableSourceError` naming `path` for a page nested deeper than `deepest` elements, or too large.

    Elements that close themselves (paragraphs, items, cells) are not counted: they nest only inside others.
    """
    _check_size(text, path)
    depth = _Depth()
    for name, is_end, is_empty in _tags(text):
        if name in VOID or name in CLOSE_THEMSELVES:
            continue
        depth.tag(name, is_end=is_end, is_empty=is_empty)
        if depth.deep > deepest:
            cause = f"its elements are nested deeper than {deepest}, as on no page that people read"
            raise UnreadableSourceError(path, "html", cause)


def check_for_lexbor(text: str, path: str) -> None:
    """The same for a parser that gives a whole tree at any depth: a page with few tags needs no count, and most have few."""
    _check_size(text, path)
    tags = text.count("<")
    if tags <= HARMLESS_TAGS:
        return
    if tags <= FEW_TAGS:
        ends = FORMATTING_TAG.findall(text)
        if len(ends) - 2 * sum(map(bool, ends)) <= FEW_OPEN:
            return
    check_html(text, path)


def _check_size(text: str, path: str) -> None:
    if len(text) > LARGEST:
        cause = f"it is larger than {LARGEST // 1_000_000} MB; save the page without its pictures"
        raise UnreadableSourceError(path, "html", cause)


def _tags(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Every tag outside comments and scripts: its name in small letters, whether it ends an element, whether it is empty."""
    at = text.find("<")
    while at >= 0:
        match = TAG.match(text, at)
        if match is None:
            after = _after_no_tag(text, at)
        else:
            name = match["name"].lower()
            yield name, bool(match["close"]), match["rest"].endswith("/")
            after = match.end()
            end = None if match["close"] else RAW.get(name)
            if end:
                closing = end.search(text, after)
                after = closing.start() if closing else len(text)
        at = text.find("<", after)


def _after_no_tag(text: str, at: int) -> int:
    """Where to go on after a "<" that begins no tag: behind a comment, at the end where a tag never ends, else one further."""
    if text.startswith("<!--", at):
        comment = COMMENT_END.search(text, at + 2)
        return comment.end() if comment else len(text)
    start = at + 1 + text.startswith("/", at + 1)
    return len(text) if text[start : start + 1].isalpha() else at + 1


class _Depth:
    """How deep a page is, and how many elements are still open that it forgot to close."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        self._forgotten = 0

    @property
    def deep(self) -> int:
        return len(self._open) + self._forgotten

    def tag(self, name: str, *, is_end: bool, is_empty: bool) -> None:
        if is_end:
            self._close(name)
        elif not (is_empty and (self._counts["svg"] or self._counts["math"])):
            self._open.append(name)
            self._counts[name] += 1

    def _close(self, name: str) -> None:
        if name in FORMATTING and self._forgotten and not self._counts[name]:
            self._forgotten -= 1
        while self._counts[name]:
            last = self._open.pop()
            self._counts[last] -= 1
            if last == name:
                return
            self._forgotten += last in FORMATTING
