"""The words of a formula: MathML symbols in a row, TeX without its frame."""

from __future__ import annotations

import re

from kb.ingest.xml_gate import Element, entity_text, local_name

TOKENS = frozenset(("mi", "mn", "mo", "mtext", "ms"))
SCRIPTS = frozenset(("msub", "msup", "msubsup", "mmultiscripts"))
LAYERED = frozenset(("mfrac", "msqrt", "mroot", "mtable", "munder", "mover", "munderover", "mmultiscripts"))
OTHER_FORMS = frozenset(("annotation", "annotation-xml"))
OPENING = re.compile(r"[(\[{|‖⟨]\Z")
CLOSING = re.compile(r"[)\]},.;|‖⟩′'!%]")
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
TEX_FRAME = re.compile(r"\\begin\{document\}(?P<words>.*?)\\end\{document\}", re.DOTALL)


def math_text(math: Element) -> tuple[str, bool]:
    """The symbols of a MathML formula in order, and whether they say it all: fractions, roots and layers lose their shape.

    A space parts two symbols, but none stands inside brackets or before an index; figures never meet.
    """
    pieces: list[str] = []
    is_flat = True
    stack = [math]
    while stack:
        element = stack.pop()
        name = local_name(element)
        if not name:
            pieces.append(entity_text(element) or str(element.text))
        elif name in TOKENS:
            _put(pieces, "".join(element.itertext()).translate(INVISIBLE).strip(), is_script=_is_script(element))
        elif name not in OTHER_FORMS:
            is_flat = is_flat and name not in LAYERED
            stack += reversed(element)
    return "".join(pieces), is_flat


def _is_script(token: Element) -> bool:
    """Whether a token is, or begins, the raised or lowered part of another."""
    parent = token.getparent()
    return parent is not None and local_name(parent) in SCRIPTS and token.getprevious() is not None


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
