"""What stands inside a paragraph of a Word document: runs, fields, links, marks of notes, changes, pictures."""

from __future__ import annotations

import re

from kb.ingest.docx.numbering import FORMATS
from kb.ingest.docx.walk import Address, Field, Handler, Step, Story, Walk
from kb.ingest.markup.html_blocks import RAISED_MARK, UNIT_BEFORE
from kb.ingest.markup.xml_gate import Element, local_name

HYPERLINK = re.compile(
    r"""HYPERLINK\s+(?P<local>\\l\s+)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s\\"]+))(?:\s+\\l\s+"(?P<place>[^"]*)")?"""
)
CROSS_REFERENCE = re.compile(r"(?:REF|PAGEREF|NOTEREF)\s+(?P<place>\S+)")
CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")
REFERENCES_FIELD = re.compile(r"\s*(?:BIBLIOGRAPHY\b|ADDIN (?:EN\.REFLIST|ZOTERO_BIBL|Mendeley Bibliography|CSL_BIBLIOGRAPHY))")
SYMBOL_OFFSET = 0xF000
SYMBOLS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" + "\xa3\xb0\xb1\xb3\xb4\xb7\xb8\xb9\xbb\xae\xac\xd7",
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ" + "≤°±≥×•÷≠≈→←⋅",
)
"""Adobe's Symbol encoding, as far as letters and common signs go."""
TICKS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x78: "☒"}
"""Wingdings that tables are filled with."""


def run(walk: Walk, element: Element) -> Step | None:
    """`r`: a stretch of words that look alike; raised figures stand apart from the word before, hidden words are left out."""
    properties = element.find(f"{walk.w}rPr")
    if properties is not None and walk.is_on(properties, "vanish") and not walk.is_on(properties, "specVanish"):
        walk.missed["W255"] += element.find(f"{walk.w}t") is not None
        return None
    is_raised = properties is not None and walk.value(properties, "vertAlign") == "superscript"
    if is_raised and not walk.story.is_raised:
        _set_apart(walk, "".join(text.text or "" for text in element.iterfind(f"{walk.w}t")).strip())
    walk.story.is_raised = is_raised
    return iter(element), None


def _set_apart(walk: Walk, words: str) -> None:
    before = walk.story.words.ending[-12:]
    if before and RAISED_MARK.fullmatch(words) and not UNIT_BEFORE.search(before):
        walk.story.words.raise_mark()


def text(walk: Walk, element: Element) -> None:
    """`t`: words, unless they are the instruction of a field."""
    fields = walk.story.fields
    if not fields or all(field.has_result for field in fields):
        walk.story.words.add(element.text or "")


def space(walk: Walk, _element: Element) -> None:
    """A tab inside a paragraph."""
    walk.story.words.add(" ")


def line_break(walk: Walk, _element: Element) -> None:
    """`br`, `cr`: a line ends, also at the end of a page or column."""
    walk.story.words.line_break()


def hyphen(walk: Walk, _element: Element) -> None:
    """`noBreakHyphen`: a hyphen at which no line breaks."""
    walk.story.words.add("\u2011")


def symbol(walk: Walk, element: Element) -> None:
    """`sym`: a character by its place in a font of signs; of other fonts than the known it is not known."""
    stated = walk.attribute(element, "char") or ""
    code = int(stated, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", stated) else 0
    font = (walk.attribute(element, "font") or "").lower()
    place = code - SYMBOL_OFFSET if SYMBOL_OFFSET <= code < SYMBOL_OFFSET + 256 else code
    shown = chr(place).translate(SYMBOLS) if font == "symbol" else TICKS.get(place) if font.startswith("wingdings") else None
    if shown is None and 32 <= code < 0xD800:
        shown = chr(code)
    walk.missed["W264"] += shown is None
    walk.story.words.add(shown or "\ufffd")


def hyperlink(walk: Walk, element: Element) -> Step:
    """`hyperlink`: to an address outside or a bookmark."""
    address = walk.address(element)
    if address is None:
        return iter(element), None
    walk.open_link(address)
    return iter(element), walk.close_link


def simple_field(walk: Walk, element: Element) -> Step:
    """`fldSimple`: a field whose result is inside."""
    link = link_of(walk.attribute(element, "instr") or "")
    if link is None:
        return iter(element), None
    walk.open_link(link)
    return iter(element), walk.close_link


def link_of(instruction: str) -> Address | None:
    """Where the result of a field leads, if anywhere."""
    match = HYPERLINK.search(instruction)
    if match:
        stated = match["quoted"] if match["quoted"] is not None else match["bare"]
        if match["local"]:
            return None, "internal", stated
        return (
            (stated + (f"#{match['place']}" if match["place"] else ""), "web", None)
            if stated
            else (None, "internal", match["place"])
        )
    match = CROSS_REFERENCE.search(instruction)
    return (None, "internal", match["place"]) if match and "\\h" in instruction else None


def field_mark(walk: Walk, element: Element) -> None:
    """`fldChar`: a field begins, its result begins, or it ends."""
    fields = walk.story.fields
    kind = walk.attribute(element, "fldCharType")
    if kind == "begin":
        fields.append(Field())
    elif kind == "separate" and fields:
        fields[-1].has_result = True
        fields[-1].link = link_of(fields[-1].instruction)
        if fields[-1].link is not None:
            walk.open_link(fields[-1].link)
    elif kind == "end" and fields and fields.pop().link is not None:
        walk.close_link()


def instruction(walk: Walk, element: Element) -> None:
    """`instrText`: what a field is told to do."""
    if walk.story.fields:
        walk.story.fields[-1].instruction += element.text or ""


def note_mark(walk: Walk, element: Element) -> None:
    """`footnoteReference`, `endnoteReference`: the note's number, linked to it; a mark of the author's own stands in the text."""
    kind = local_name(element).removesuffix("Reference")
    key = f"{kind} {walk.attribute(element, 'id')}"
    if key not in walk.known.notes:
        return
    if key not in walk.marks:
        has_own = walk.attribute(element, "customMarkFollows") in {"1", "true", "on"}
        number = sum(other.startswith(kind) for other in walk.marks) + 1
        shown = FORMATS.get(walk.known.foot_format if kind == "footnote" else walk.known.end_format, str)(number)
        walk.marks[key] = "" if has_own else shown
        if walk.story.part == "main":
            _write_note(walk, kind, key)
    if walk.marks[key]:
        walk.story.words.mark(walk.marks[key], "note", key)


def _write_note(walk: Walk, kind: str, key: str) -> None:
    """Keep a note for the end of the text. It is read at once; notes hold no notes, so that this goes no deeper."""
    outer = walk.enter(Story(part=kind, blocks=[]))
    walk.run(walk.known.notes[key])
    walk.writer.note(key, walk.marks[key] or None, walk.story.blocks or [])
    walk.story = outer


def bookmark(walk: Walk, element: Element) -> None:
    """`bookmarkStart`: the next passage can be pointed to."""
    name = walk.attribute(element, "name")
    if name:
        walk.anchors.append(name)


def inserted(walk: Walk, element: Element) -> Step:
    """`ins`, `moveTo`: a tracked change is read as accepted."""
    walk.missed["W252"] += 1
    return iter(element), None


def deleted(walk: Walk, _element: Element) -> None:
    """`del`, `moveFrom`: what was taken out is left out."""
    walk.missed["W252"] += 1


def comment(walk: Walk, _element: Element) -> None:
    """`commentReference`: an editor's comment, left out."""
    walk.missed["W251"] += 1


def picture(walk: Walk, element: Element) -> None:
    """`drawing`, `pict`, `object`: a text box follows its paragraph; a picture is not kept."""
    boxes = [found for found in element.iter() if local_name(found) == "txbxContent"]
    if boxes:
        walk.story.floats += boxes
    else:
        walk.missed["W218"] += local_name(element) != "object" or len(element) > 0


def alternatives(_walk: Walk, element: Element) -> Step | None:
    """`AlternateContent`: the same thing in several forms; the first is the newest."""
    choice = next((child for child in element if len(child)), None)
    return None if choice is None else (iter(choice), None)


def formula(walk: Walk, element: Element) -> None:
    """`oMath`: its symbols in a row."""
    words = [found.text or "" for found in element.iter() if local_name(found) == "t"]
    walk.missed["W254"] += 1
    walk.story.words.add("".join(words))


def left_out(_walk: Walk, _element: Element) -> None:
    """What is no words: looks, sizes, marks of proof readers."""


LEFT_OUT = (
    *(
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "tblPrEx",
        "ctrlPr",
        "delText",
        "delInstrText",
    ),
    *("softHyphen", "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator", "proofErr", "rt"),
    *("lastRenderedPageBreak", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "smartTagPr", "customXmlPr", "fldData"),
)
INLINE: dict[str, Handler] = {
    **dict.fromkeys(LEFT_OUT, left_out),
    "r": run,
    "t": text,
    "tab": space,
    "ptab": space,
    "br": line_break,
    "cr": line_break,
    "noBreakHyphen": hyphen,
    "sym": symbol,
    "hyperlink": hyperlink,
    "fldSimple": simple_field,
    "fldChar": field_mark,
    "instrText": instruction,
    "footnoteReference": note_mark,
    "endnoteReference": note_mark,
    "bookmarkStart": bookmark,
    "ins": inserted,
    "moveTo": inserted,
    "del": deleted,
    "moveFrom": deleted,
    "commentReference": comment,
    "drawing": picture,
    "pict": picture,
    "object": picture,
    "AlternateContent": alternatives,
    "oMath": formula,
}
"""Name of an element to what it means inside a paragraph; any other is read through."""
