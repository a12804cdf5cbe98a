"""The words of a formula: MathML symbols in a row, TeX without its frame."""

from __future__ import annotations

import re

from kb.ingest.xml_gate import Element, entity_text, local_name

MATHML = "{http://www.w3.org/1998/Math/MathML}"
TOKENS = tuple(MATHML + name for name in ("mi", "mn", "mo", "mtext", "ms"))
SCRIPTS = frozenset(MATHML + name for name in ("msub", "msup", "msubsup", "mmultiscripts"))
LAYERED = tuple(MATHML + name for name in ("mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover", "mmultiscripts"))
OPENING = re.compile(r"[(\[{|‖⟨]\Z")
CLOSING = re.compile(r"[)\]},.;|‖⟩′'!%]")
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
TEX_FRAME = re.compile(r"\\begin\{document\}(?P<words>.*?)\\end\{document\}", re.DOTALL)


def math_text(math: Element) -> tuple[str, bool]:
    """The symbols of a MathML formula in order, and whether they say it all: fractions, roots and layers lose their shape.

    A space parts two symbols, but none stands inside brackets or before an index; figures never meet.
    """
    pieces: list[str] = []
    for token in math.iter(TOKENS):
        _put(pieces, _words(token).translate(INVISIBLE).strip(), is_script=_is_script(token))
    return "".join(pieces), next(math.iter(LAYERED), None) is None


def _words(token: Element) -> str:
    if not len(token):
        return token.text or ""
    named = ((entity_text(child) or "") + (child.tail or "") for child in token if not local_name(child))
    return (token.text or "") + ("".join(named) or "".join(child_text for child in token for child_text in child.itertext()))


def _is_script(token: Element) -> bool:
    """Whether a token is the raised or lowered part of another."""
    parent = token.getparent()
    return parent is not None and parent.tag in SCRIPTS and token.getprevious() is not None


def _put(pieces: list[str], token: str, *, is_script: bool) -> None:
    if not token:
        return
    before = pieces[-1] if pieces else ""
    meets = before[-1:].isdigit() and token[0].isdigit()
    is_tight = not before or OPENING.search(before) or CLOSING.match(token) or is_script
    pieces.append(token if is_tight and not meets else f" {token}")


def tex_text(words: str) -> str:
    """TeX as it stands, without the document around it.

    >>> tex_text("\\\\usepackage{x}\\\\begin{document}$$p < 1$$\\\\end{document}")
    '$$p < 1$$'
    """
    framed = TEX_FRAME.search(words)
    return framed["words"].strip() if framed else words.strip()
