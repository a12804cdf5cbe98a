"""The words of a formula: MathML symbols in a row, TeX without its frame."""

from __future__ import annotations

import re

from kb.ingest.xml_gate import Element, entity_text, local_name

MATHML = "{http://www.w3.org/1998/Math/MathML}"
TOKENS = tuple(MATHML + name for name in ("mi", "mn", "mo", "mtext", "ms"))
SCRIPTS = frozenset(MATHML + name for name in ("msub", "msup", "msubsup", "mmultiscripts"))
LAYERED = tuple(MATHML + name for name in ("mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover", "mmultiscripts"))
OPENING = frozenset("([{|‖⟨")
CLOSING = frozenset(")]},.;|‖⟩′'!%")
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
TEX_FRAME = re.compile(r"\\begin\{document\}(?P<words>.*?)\\end\{document\}", re.DOTALL)


def math_text(math: Element) -> tuple[str, bool]:
    """The symbols of a MathML formula in order, and whether they say it all: fractions, roots and layers lose their shape.

    A space parts two symbols, but none stands inside brackets or before an index; figures never meet.
    """
    pieces: list[str] = []
    before = ""
    for token in math.iter(TOKENS):
        symbol = (_words(token) if len(token) else token.text or "").translate(INVISIBLE).strip()
        if not symbol:
            continue
        if before and ((before.isdigit() and symbol[0].isdigit()) or _stands_apart(token, symbol, before)):
            pieces.append(" ")
        pieces.append(symbol)
        before = symbol[-1]
    return "".join(pieces), next(math.iter(LAYERED), None) is None


def _stands_apart(token: Element, symbol: str, before: str) -> bool:
    """Whether a space parts a symbol from the one before it: not inside brackets, and not before what is raised or lowered."""
    return before not in OPENING and symbol[0] not in CLOSING and not _is_script(token)


def _words(token: Element) -> str:
    """The words of a token with elements or named characters inside."""
    pieces = [token.text or ""]
    for child in token:
        pieces += ["".join(child.itertext()) if local_name(child) else entity_text(child) or "", child.tail or ""]
    return "".join(pieces)


def _is_script(token: Element) -> bool:
    """Whether a token is the raised or lowered part of another."""
    parent = token.getparent()
    return parent is not None and parent.tag in SCRIPTS and token.getprevious() is not None


def tex_text(words: str) -> str:
    """TeX as it stands, without the document around it.

    >>> tex_text("\\\\usepackage{x}\\\\begin{document}$$p < 1$$\\\\end{document}")
    '$$p < 1$$'
    """
    framed = TEX_FRAME.search(words)
    return framed["words"].strip() if framed else words.strip()
