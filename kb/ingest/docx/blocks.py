"""The blocks of a Word document: paragraphs by their style and number, tables, text boxes, contents."""

from __future__ import annotations

import re
from typing import Literal

from kb.ingest.docx.inline import CONTENTS_FIELD, INLINE, REFERENCES_FIELD
from kb.ingest.docx.styles import CAPTION, CONTENTS, QUOTE, REFERENCES, TITLE, Style
from kb.ingest.docx.survey import TYPED_BULLET, TYPED_NUMBER, TYPED_SECTION, is_bold_line, line_size
from kb.ingest.docx.tables import table
from kb.ingest.docx.walk import Handler, Step, Story, Walk
from kb.ingest.markup.xml_gate import Element, local_name
from kb.ingest.words import Words
from kb.model import Span
from kb.model.document import PassageKind

SECTION_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
"""The number of a paragraph of guidance, which readers cite it by."""
BELOW_HEADINGS = 10
SUBTITLE = re.compile(r"sub-?title|untertitel|sous-titre", re.IGNORECASE)


def paragraph(walk: Walk, element: Element) -> Step:
    """`p`: what its style, list and place make it."""
    properties = element.find(f"{walk.w}pPr")
    walk.story.paragraph = element
    walk.story.is_raised = False
    mark = properties.find(f"{walk.w}rPr") if properties is not None else None
    is_joined = mark is not None and mark.find(f"{walk.w}del") is not None
    return iter(element), (lambda: None) if is_joined else (lambda: end_paragraph(walk))


def end_paragraph(walk: Walk) -> None:
    """Write the paragraph, then the text boxes that hang on it."""
    story = walk.story
    words, element = walk.take_words(), story.paragraph
    if story.blocks is not None:
        story.blocks += [words] if words else []
    elif element is not None:
        _write(walk, words, element)
    floats, story.floats = story.floats, []
    for box in floats:
        _write_box(walk, box)


def _write_box(walk: Walk, box: Element) -> None:
    """A text box: a part of the kind "box", or more paragraphs of a note or cell. Boxes hold no boxes in Word."""
    outer = walk.enter(Story(walk.story.part, walk.story.blocks))
    opened = walk.writer.open_part("box") if outer.blocks is None else None
    walk.run(child for child in box if not _has_box(child))
    if opened is not None:
        walk.writer.close_part(opened)
        walk.latest = None
    walk.story = outer


def _has_box(element: Element) -> bool:
    return any(local_name(found) == "txbxContent" for found in element.iter())


def _write(walk: Walk, words: Words, element: Element) -> None:
    properties = element.find(f"{walk.w}pPr")
    style = walk.known.styles.style(walk.value(properties, "pStyle"))
    numbered = _numbered(walk, style, properties)
    label = walk.known.numbering.count(*numbered) if numbered else None
    if not words:
        return
    if _is_contents(walk, style) or element in walk.known.survey.contents:
        walk.writer.furnish("contents", words)
        return
    if element in walk.known.survey.title:
        _write_title(walk, words)
        return
    level = _level(walk, style, properties) or _level_by_look(walk, element, words, is_item=numbered is not None)
    if level:
        _write_heading(walk, words, level, label)
        if element is walk.known.survey.only_title:
            walk.title = walk.title or words.text
    elif TITLE.fullmatch(style.name) and not walk.has_body:
        _write_title(walk, words)
    else:
        _write_text(walk, words, style, numbered, label)


def _write_title(walk: Walk, words: Words) -> None:
    """A line of the title."""
    walk.land(walk.writer.write("title", words), words)
    walk.title = " ".join([*([walk.title] if walk.title else []), *words.text.split("\n")])


def _write_heading(walk: Walk, words: Words, level: int, label: str | None) -> None:
    walk.has_body = True
    if label is None:
        label, words = _typed(TYPED_NUMBER, words)
    walk.land(walk.writer.heading(words, level, label), words)


def _typed(pattern: re.Pattern[str], words: Words) -> tuple[str | None, Words]:
    """The label that was typed at the beginning of a paragraph, and the words behind it."""
    match = pattern.match(words.text)
    return (match["label"], words.cut(match.end("label"))) if match else (None, words)


def _write_text(walk: Walk, words: Words, style: Style, numbered: tuple[str, int] | None, label: str | None) -> None:
    walk.has_body = walk.has_body or not SUBTITLE.search(style.name)
    if label is None and walk.known.survey.has_typed_sections:
        label, words = _typed(TYPED_SECTION, words)
    if label and SECTION_NUMBER.fullmatch(label):
        level = BELOW_HEADINGS + label.strip(".").count(".")
        walk.writer.close_sections(level)
        walk.writer.open_part("section", label=label.rstrip("."), level=level)
        walk.land(walk.writer.write("paragraph", words, label=label), words)
        return
    is_item = numbered is not None
    if not is_item:
        label, words = _typed(TYPED_BULLET, words)
        is_item = label is not None
    kind = _kind(walk, style, is_item=is_item)
    lead = _introduction(walk) if kind == "item" else None
    if kind == "quotation":
        with walk.writer.part("quotation"):
            walk.land(walk.writer.write("paragraph", words, label=label), words)
        return
    span = walk.writer.write(kind, words, lead, label=label)
    before = walk.latest, walk.latest_words
    walk.land(span, words)
    if kind == "item" and lead is not None:
        walk.latest, walk.latest_words = before


def _kind(walk: Walk, style: Style, *, is_item: bool) -> PassageKind | Literal["quotation"]:
    if any(REFERENCES_FIELD.match(field.instruction) for field in walk.story.fields) or REFERENCES.fullmatch(style.name):
        return "reference"
    if CAPTION.fullmatch(style.name):
        return "caption"
    if QUOTE.fullmatch(style.name):
        return "quotation"
    return "item" if is_item else "paragraph"


def _introduction(walk: Walk) -> Span | None:
    """The passage that introduces a list: one that does not end as a sentence does."""
    is_open = walk.latest_words in {":", "–", "-", ";"} or walk.latest_words.isalnum()
    return walk.latest if is_open else None


def _is_contents(walk: Walk, style: Style) -> bool:
    in_field = any(CONTENTS_FIELD.match(field.instruction) for field in walk.story.fields)
    return in_field or bool(CONTENTS.fullmatch(style.name))


def _level(walk: Walk, style: Style, properties: Element | None) -> int:
    """The heading level of a paragraph, its own word before its style's; 0 for running text."""
    stated = walk.value(properties, "outlineLvl")
    if stated is not None and stated.isdecimal():
        return int(stated) + 1 if int(stated) < 9 else 0
    return style.level or 0


def _level_by_look(walk: Walk, element: Element, words: Words, *, is_item: bool) -> int:
    """The level of a bold line in a document without heading styles: the first where it is larger than most words."""
    known = walk.known.survey
    if known.has_headings or is_item or not is_bold_line(element, words.text, walk.w):
        return 0
    return 1 if line_size(element, walk.w) > known.size > 0 else 2


def _numbered(walk: Walk, style: Style, properties: Element | None) -> tuple[str, int] | None:
    """The list a paragraph stands in, and its level there."""
    own = properties.find(f"{walk.w}numPr") if properties is not None else None
    list_id = walk.value(own, "numId") or style.list_id
    if not list_id or list_id == "0":
        return None
    stated = walk.value(own, "ilvl")
    if stated is not None and stated.isdecimal():
        level = int(stated)
    elif style.list_level is not None:
        level = style.list_level
    else:
        level = walk.known.numbering.level_of_style(list_id, style.identifier)
    if not walk.known.numbering.knows(list_id, level):
        walk.missed["W253"] += 1
    return list_id, level


def content_control(walk: Walk, element: Element) -> Step:
    """`sdt`: a control with words in it; one that holds a table of contents is furniture."""
    properties = element.find(f"{walk.w}sdtPr")
    gallery = properties.find(f".//{walk.w}docPartGallery") if properties is not None else None
    if gallery is None or "contents" not in (walk.attribute(gallery, "val") or "").lower():
        return iter(element), None
    outer = walk.enter(Story(walk.story.part, blocks=[]))

    def leave() -> None:
        blocks, walk.story = walk.story.blocks or [], outer
        for words in blocks:
            walk.writer.furnish("contents", words)

    return iter(element), leave


def embedded(walk: Walk, _element: Element) -> None:
    """`altChunk`: another document inside this one, which is not read."""
    walk.missed["W256"] += 1


HANDLERS: dict[str, Handler] = {
    **INLINE,
    "p": paragraph,
    "tbl": table,
    "sdt": content_control,
    "altChunk": embedded,
}
"""Name of an element to what it means; any other is read through, so that no word of it is lost."""
