"""The blocks of a JATS article: sections, paragraphs, lists, quotations, boxes and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.ingest.jats.inline import INLINE
from kb.ingest.jats.references import block, citation, in_part, label_words, note, reference
from kb.ingest.jats.tables import table
from kb.ingest.jats.walk import XLINK_HREF, Flow, Handler, Step, Walk, apart, child_of, into
from kb.ingest.markup.xml_gate import Element, children_of, local_name, text_in
from kb.ingest.words import Words, in_one_line
from kb.model.document import PartKind


def section(walk: Walk, element: Element) -> Step:
    """Anything with a title and blocks below it: `sec`, `abstract`, `ack`, `app`, `ref-list`, `glossary`, ..."""
    if walk.is_plain:
        return block(walk, element)
    walk.end_block()
    walk.latest = None
    walk.level += 1
    level = walk.level
    (title, label), rest = apart(element, "title", "label")
    words = walk.gather(title) if title is not None else Words()
    name = label_words(walk, label)
    if words or name:
        walk.land(walk.writer.heading(words, level, name))
    else:
        walk.writer.close_sections(level)
        walk.writer.open_part("section", level=level)

    def leave() -> None:
        walk.end_block()
        walk.writer.close_sections(level)
        walk.level = level - 1
        walk.latest = None

    return element.text, iter(rest), leave


def titled_section(walk: Walk, element: Element) -> Step:
    """A group that is a section only where it has a title: notes, keywords, several appendices."""
    return section(walk, element) if child_of(element, "title") is not None else into(element)


def title(walk: Walk, element: Element) -> Step:
    """A title that no section took: in a caption part of it, else a heading passage without a section."""
    if walk.is_plain or walk.flow.kind == "caption":
        return block(walk, element)
    walk.end_block()
    outer = walk.enter(Flow("heading"))
    return into(element, lambda: walk.resume(outer))


def label(walk: Walk, element: Element) -> Step:
    """A label that no element took: the next block goes on from it."""
    walk.begin_block()
    return into(element, lambda: _open(walk))


def _open(walk: Walk) -> None:
    walk.flow.is_opening = True
    walk.part_words()


def lines(walk: Walk, element: Element) -> None:
    """`preformat`, `code`: line ends stay."""
    walk.begin_block()
    walk.words.add_lines(text_in(element).strip("\n"))
    walk.end_block()


def verse_line(walk: Walk, element: Element) -> Step:
    """`verse-line`: a line of its block."""
    walk.words.line_break()
    return into(element)


def display(walk: Walk, element: Element) -> Step:
    """`disp-formula`: a line of the paragraph it stands in, or a block of its own."""
    parent = element.getparent()
    is_inside = walk.is_plain or (parent is not None and local_name(parent) in {"p", "disp-formula-group"})
    if not is_inside:
        return block(walk, element)
    walk.words.line_break()

    def leave() -> None:
        walk.words.line_break()

    return into(element, leave)


def listed(walk: Walk, element: Element) -> Step:
    """`list`: a part of the kind "list" with its items, nested ones inside."""
    if walk.is_plain:
        return block(walk, element)
    walk.end_block()
    lead = walk.introduction()
    return in_part(walk, element, "list", Flow("item", lead=lead), children_of(element))


def item(walk: Walk, element: Element) -> Step:
    """`list-item`: its first block is the item, further ones are paragraphs; its label is furniture."""
    if walk.is_plain:
        return block(walk, element)
    (label,), rest = apart(element, "label")
    outer = walk.enter(Flow("item", lead=walk.flow.lead, label=label_words(walk, label)))
    return element.text, iter(rest), lambda: walk.resume(outer)


def definitions(walk: Walk, element: Element) -> Step:
    """`def-list`: a list of rows, each a term and what it means."""
    if walk.is_plain:
        return block(walk, element)
    walk.end_block()
    found, rest = apart(element, "term-head", "def-head")
    heads = [head for head in found if head is not None]
    step = in_part(walk, element, "list", Flow(), rest)
    if heads:
        walk.land(walk.writer.row([walk.gather(head) for head in heads], is_first=True))
    return step


def definition(walk: Walk, element: Element) -> Step | None:
    """`def-item`: one row."""
    if walk.is_plain:
        return block(walk, element)
    walk.end_block()
    before = element.getprevious()
    is_first = before is None or local_name(before) != "def-item"
    walk.land(walk.writer.row([walk.gather(child) for child in element], is_first=is_first))
    return None


def keywords(walk: Walk, element: Element) -> Step:
    """`kwd-group`: one row of keywords."""
    cells = [walk.gather(child) for child in element if local_name(child) not in {"title", "label", "x"}]
    if walk.is_plain or not any(cells):
        return block(walk, element)
    text, children, leave = titled_section(walk, element)
    walk.end_block()
    walk.land(walk.writer.row(cells, is_first=True))
    rest = [child for child in children if local_name(child) in {"title", "label"}]
    return text, iter(rest), leave


def quotation(walk: Walk, element: Element) -> Step:
    """`disp-quote`: a part of the kind "quotation"."""
    if walk.is_plain:
        return block(walk, element)
    walk.end_block()
    return in_part(walk, element, "quotation", Flow(), children_of(element))


def set_apart(walk: Walk, element: Element) -> Step | None:
    """A figure, table or box with its label and caption; one met inside a paragraph follows it.

    Figures and supplements are parts of the kind "box": a thing with a label of its own that stands apart from the running text.
    """
    if walk.is_plain:
        return block(walk, element)
    if walk.words and not walk.flow.is_opening:
        walk.disown(element)
        walk.flow.floats.append(element)
        return None
    walk.end_block()
    (mark, above), rest = apart(element, "label", "caption")
    heading = child_of(element if above is None else above, "title")
    flow = Flow("caption")
    if mark is not None:
        flow.words, flow.is_opening = walk.gather(mark), True
    first = heading if above is None else above
    opening = [] if first is None else [first]
    kind: PartKind = "table" if local_name(element) == "table-wrap" else "box"
    _, _, leave = in_part(walk, element, kind, flow, ())
    part = walk.writer.innermost()
    part.label = in_one_line(flow.words.text) or None
    part.heading = in_one_line(walk.gather(heading).text) or None if heading is not None else None
    return None, _in_turn(walk, element, opening, [inside for inside in rest if inside is not first]), leave


def _in_turn(walk: Walk, element: Element, opening: Sequence[Element], rest: Sequence[Element]) -> Iterator[Element]:
    """The caption, then what it stands over; only figures go on as captions."""
    yield from opening
    walk.end_block()
    name = local_name(element)
    walk.flow.kind = "paragraph" if name == "boxed-text" else "note" if name == "table-wrap" else "caption"
    yield from rest
    if element.get(XLINK_HREF) and name in {"supplementary-material", "media"}:
        walk.end_block()
        walk.writer.furnish("attachment", element.get(XLINK_HREF) or "")


def caption(walk: Walk, element: Element) -> Step:
    """`caption`: its title and each of its paragraphs are passages; the first goes on from the label."""
    return into(element, walk.end_block)


def media(walk: Walk, element: Element) -> Step | None:
    """`media`: a film, sound or file, named by its address."""
    if walk.is_plain:
        walk.missed["W218"] += 1
        return into(element)
    return set_apart(walk, element)


def speaker(walk: Walk, element: Element) -> Step:
    """`speaker`: what is said follows on the same line."""
    return label(walk, element)


SECTIONS = (*("sec", "abstract", "trans-abstract", "ack", "app", "ref-list", "glossary", "notes", "bio", "sig-block"),)
PARAGRAPHS = (
    *("p", "attrib", "verse-group", "speech", "statement"),
    *("product", "funding-statement", "related-article", "related-object", "address", "license-p", "copyright-statement"),
    *("corresp", "sig", "question", "answer", "explanation"),
)
SET_APART = ("fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "supplementary-material")

HANDLERS: dict[str, Handler] = {
    **INLINE,
    **dict.fromkeys(SECTIONS, section),
    **dict.fromkeys(PARAGRAPHS, block),
    **dict.fromkeys(SET_APART, set_apart),
    "fn-group": titled_section,
    "app-group": titled_section,
    "kwd-group": keywords,
    "caption": caption,
    "title": title,
    "label": label,
    "preformat": lines,
    "code": lines,
    "verse-line": verse_line,
    "disp-formula": display,
    "disp-formula-group": display,
    "list": listed,
    "list-item": item,
    "def-list": definitions,
    "def-item": definition,
    "disp-quote": quotation,
    "media": media,
    **dict.fromkeys(("mixed-citation", "element-citation", "nlm-citation", "citation"), citation),
    "speaker": speaker,
    "table": table,
    "fn": note,
    "ref": reference,
}
"""Name of an element to what it means; any other is read through, so that no word of it is lost."""
