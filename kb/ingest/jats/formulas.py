"""The words of a formula: MathML symbols in a row, TeX without its frame."""

from __future__ import annotations

import re

from kb.ingest.markup.xml_gate import Element, children_of, entity_text, local_name

MATHML = "{http://www.w3.org/1998/Math/MathML}"
ROLES = {
    MATHML + name: role
    for role, names in {
        "token": ("mi", "mn", "mo", "mtext", "ms"),
        "script": ("msub", "msup", "msubsup"),
        "layer": ("mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover", "mmultiscripts"),
    }.items()
    for name in names
}
"""What an element does to the row of symbols: stands in it, raises or lowers a part, or puts parts over each other."""
BEFORE_NONE = frozenset(("", *"([{|‖⟨"))
"""After which no space stands: the beginning, and brackets."""
CLOSING = frozenset(")]},.;|‖⟩′'!%")
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
TEX_FRAME = re.compile(r"\\begin\{document\}(?P<words>.*?)\\end\{document\}", re.DOTALL)


def math_text(math: Element) -> tuple[str, bool]:
    """The symbols of a MathML formula in order, and whether they say it all: fractions, roots and layers lose their shape.

    A space parts two symbols, but none stands inside brackets or before an index; figures never meet.
    """
    pieces: list[str] = []
    raised: set[Element] = set()
    before, is_flat = "", True
    for element in math.iter():
        role = ROLES.get(element.tag)
        if role == "token":
            symbol = (_words(element) if len(element) else element.text or "").strip()
            if not symbol.isascii():
                symbol = symbol.translate(INVISIBLE)
            if not symbol:
                continue
            are_figures = before.isdigit() and symbol[0].isdigit()
            if are_figures or not (before in BEFORE_NONE or symbol[0] in CLOSING or element in raised):
                pieces.append(" ")
            pieces.append(symbol)
            before = symbol[-1]
        elif role == "script":
            raised.update(children_of(element)[1:])
        elif role == "layer":
            is_flat = False
    return "".join(pieces), is_flat


def _words(token: Element) -> str:
    """The words of a token with elements or named characters inside."""
    pieces = [token.text or ""]
    for child in token:
        pieces += ["".join(map(str, child.itertext())) if local_name(child) else entity_text(child) or "", child.tail or ""]
    return "".join(pieces)


def tex_text(words: str) -> str:
    """TeX as it stands, without the document around it.

    >>> tex_text("\\\\usepackage{x}\\\\begin{document}$$p < 1$$\\\\end{document}")
    '$$p < 1$$'
    """
    framed = TEX_FRAME.search(words)
    return framed["words"].strip() if framed else words.strip()
