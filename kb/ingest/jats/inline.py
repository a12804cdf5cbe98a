"""What stands inside a line of a JATS article: pointers, links, raised marks, formulas and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.ingest.jats.formulas import math_text, tex_text
from kb.ingest.jats.walk import XLINK_HREF, Handler, Step, Walk, into
from kb.ingest.markup.xml_gate import Element, children_of, local_name, text_in
from kb.model.document import LinkRelation

RELATIONS: dict[str, LinkRelation] = {
    "bibr": "citation",
    "fn": "note",
    "table-fn": "note",
    "author-notes": "note",
    "corresp": "note",
}
GLUED = re.compile(r"(?:\w|[)\]”’\"%]|[^\d\s\[(][.,;:?!])\Z")
"""Words that a citation's number set behind them would run into: "health1", "health.1"; not "[1," of a list of numbers."""
EXPONENT = re.compile(r"[-−–+]?\d")
CELL_MARK = re.compile(r"[a-z]|[*†‡§¶#]{1,3}")
SCHEMES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
PMCID = re.compile(r"\d+")
DOI = re.compile(r"10\.\d{4,9}/\S+")
DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
PREFERRED = (
    *("table", "mixed-citation", "element-citation", "nlm-citation", "citation", "math", "tex-math"),
    *("textual-form", "preformat", "p", "sec"),
)
"""What is read where the same thing stands there in several forms."""


def pointer(walk: Walk, element: Element) -> Step | None:
    """`xref`: one link for each id it names; without words of its own the next one takes its ids."""
    relation = RELATIONS.get(element.get("ref-type") or "", "internal")
    links: list[tuple[None, LinkRelation, str]] = []
    for identifier in (element.get("rid") or "").split() or [""]:
        scope = walk.scope.find(identifier)
        links.append((None, "citation" if identifier in scope.references else relation, scope.key(identifier)))
    flow, has_children = walk.flow, len(element) > 0
    text = text_in(element)
    words = text.strip()
    if not words:
        flow.waiting += [link for link in links if link[1] == "citation"]
        walk.missed["W261"] += sum(link[1] != "citation" for link in links)
        return None
    is_mark = links[0][1] == "note" or (links[0][1] == "citation" and not words[0].isalpha())
    is_raised = has_children and element.find("sup") is not None
    if is_raised or (is_mark and GLUED.search(walk.last)):
        walk.set_apart()
    links, flow.waiting = [*flow.waiting, *links], []
    if not has_children:
        walk.add_linked(text, *links)
        return None
    for link in reversed(links):
        walk.words.open_link(*link)
    return into(element, lambda: _close(walk, len(links)))


def _close(walk: Walk, count: int) -> None:
    words = walk.words
    for _ in range(count):
        words.close_link()


def raised(walk: Walk, element: Element) -> Step | None:
    """`sup`: a mark that points somewhere stands apart; so does a power behind a figure, which would change it."""
    words = text_in(element).strip()
    is_mark = (bool(len(element)) and element.find(".//xref") is not None) or _is_cell_mark(element, words)
    if is_mark:
        walk.set_apart()
        return into(element, walk.end_mark)
    parent = element.getparent()
    if parent is not None and local_name(parent) == "xref":
        return into(element, walk.end_mark)
    if walk.last[-1:].isdigit() and EXPONENT.match(words):
        walk.part_words()
        walk.missed["W262"] += 1
    if len(element):
        return into(element)
    walk.add(element.text)
    return None


def _is_cell_mark(element: Element, words: str) -> bool:
    """A letter or sign raised in a table's cell is the mark of a note below the table."""
    return bool(CELL_MARK.fullmatch(words)) and next(element.iterancestors("td", "th"), None) is not None


def link(walk: Walk, element: Element) -> Step | None:
    """`ext-link`, `uri`, `email`, identifiers: their address is their words where they have none."""
    has_children = len(element) > 0
    text = text_in(element)
    words = text.strip()
    href = address(element, words)
    if walk.is_ended:
        walk.part_words()
    if words and not has_children:
        walk.add_linked(text, (href, "web", None))
        return None
    walk.words.open_link(href)
    if not words:
        walk.add(element.get(XLINK_HREF))

    def leave() -> None:
        walk.words.close_link()

    return into(element, leave)


def address(element: Element, words: str) -> str | None:
    """Where an element's words lead: its own address, or the one its kind of identifier makes.

    None where that is no address of the web.
    """
    stated = (element.get(XLINK_HREF) or words).strip()
    kind = (element.get("ext-link-type") or element.get("pub-id-type") or local_name(element)).lower()
    bare = doi(stated)
    if bare:
        return SCHEMES["doi"] + bare
    if kind in {"pmid", "pmcid", "pmc"} and not stated.startswith("http"):
        prefix = "PMC" if kind != "pmid" and PMCID.fullmatch(stated) else ""
        return SCHEMES["pmid" if kind == "pmid" else "pmcid"] + prefix + stated
    if kind == "email":
        return f"mailto:{stated.removeprefix('mailto:')}"
    return f"http://{stated}" if stated.lower().startswith("www.") else stated or None


def doi(stated: str) -> str | None:
    """The DOI that an address or a field holds and nothing else, without what leads to it."""
    bare = DOI_ADDRESS.sub("", stated) if "10." in stated else ""
    return bare if DOI.fullmatch(bare) else None


def identifier(walk: Walk, element: Element) -> Step | None:
    """`pub-id`: linked where its kind has an address."""
    kind = (element.get("pub-id-type") or "").lower()
    is_linked = (
        kind in {"pmid", "pmcid", "pmc"} or element.get(XLINK_HREF) or (kind == "doi" and doi((element.text or "").strip()))
    )
    return link(walk, element) if is_linked else field(walk, element)


def field(walk: Walk, element: Element) -> Step | None:
    """A field of a name, address or citation: a space parts it from a field that ends right before it."""
    if walk.is_ended:
        walk.part_words()
    if len(element):
        return into(element)
    walk.add(element.text)
    return None


def names(walk: Walk, element: Element) -> Step | None:
    """`name`, `person-group`: their fields in a row, as `field` reads them."""
    if walk.is_ended:
        walk.part_words()
    pieces: list[str] = []
    for piece in _texts(element):
        if pieces and piece[0].isalnum() and not pieces[-1][-1].isspace() and pieces[-1][-1] not in "([-/":
            pieces.append(" ")
        pieces.append(piece)
    words = "".join(pieces)
    if "&" in words:  # perhaps a character by its name
        return into(element)
    walk.add(words)
    return None


def _texts(element: Element) -> Iterable[str]:
    """The texts inside an element, in order."""
    texts = [element.text]
    for child in element:
        if len(child):
            return map(str, element.itertext())
        texts += (child.text, child.tail)
    return filter(None, texts)


def line_break(walk: Walk, element: Element) -> Step:
    """`break`: the next words stand on the next line."""
    walk.words.line_break()
    return into(element)


def picture(walk: Walk, element: Element) -> Step | None:
    """`graphic`: not kept; where it is all there is of a formula, that is another loss."""
    parent = element.getparent()
    if parent is not None and local_name(parent) == "alternatives":
        parent = parent.getparent()
    is_formula = parent is not None and local_name(parent) in {"disp-formula", "inline-formula", "chem-struct"}
    if not is_formula:
        walk.missed["W218"] += 1
    elif parent is not None and not any(local_name(other) in {"math", "tex-math"} for other in parent.iter()):
        walk.missed["W263"] += 1
    return into(element)


def formula(walk: Walk, element: Element) -> None:
    """`mml:math`: its symbols in a row."""
    text, is_flat = math_text(element)
    if not is_flat:
        walk.missed["W254"] += 1
    walk.add(text)


def inline_formula(walk: Walk, element: Element) -> Step | None:
    """`inline-formula`: mostly one formula and nothing else."""
    if len(element) != 1 or element.text or local_name(element[0]) != "math":
        return into(element)
    formula(walk, element[0])
    walk.add(element[0].tail)
    return None


def tex(walk: Walk, element: Element) -> None:
    """`tex-math`: what stands between the document's begin and end, where it has them."""
    walk.add(tex_text(text_in(element)))


def one_of(_walk: Walk, element: Element) -> Step:
    """`alternatives`: the form that has most words in it."""
    forms = {local_name(form): form for form in reversed(element)}
    chosen = next((forms[name] for name in PREFERRED if name in forms), None)
    if chosen is None:
        chosen = next((form for form in element if text_in(form).strip()), None)
    return None, iter(children_of(element)[:1] if chosen is None else [chosen]), None


def first(_walk: Walk, element: Element) -> Step:
    """`name-alternatives` and the like: the first form."""
    return None, iter(children_of(element)[:1]), None


def left_out(_walk: Walk, _element: Element) -> None:
    """Words for machines, or of the carrier."""


FIELDS = (
    *("surname", "given-names", "suffix", "prefix", "collab", "etal", "role"),
    *("article-title", "chapter-title", "trans-title", "trans-source", "source", "year", "month", "day", "season", "date"),
    *("volume", "issue", "series", "supplement", "fpage", "lpage", "page-range", "elocation-id", "edition", "part-title"),
    *("publisher-name", "publisher-loc", "conf-name", "conf-loc", "conf-date", "conf-sponsor", "isbn", "issn", "comment"),
    *("institution", "institution-wrap", "addr-line", "country", "city", "state", "postal-code", "phone", "fax", "size"),
    *("date-in-citation", "access-date", "time-stamp", "patent", "gov", "std", "data-title", "version", "annotation", "named"),
    *("degrees", "aff", "issue-title", "issue-part", "volume-series", "volume-id", "object-title"),
)
LEFT_OUT = (
    *("object-id", "alt-text", "long-desc", "permissions", "index-term", "custom-meta-group", "counts", "sec-meta"),
    *("institution-id", "contrib-id", "col", "colgroup", "annotation-xml", "related-object-meta", "x-sort-key"),
)

INLINE: dict[str, Handler] = {
    "xref": pointer,
    "sup": raised,
    "ext-link": link,
    "uri": link,
    "email": link,
    "pub-id": identifier,
    "break": line_break,
    "graphic": picture,
    "inline-graphic": picture,
    "math": formula,
    "inline-formula": inline_formula,
    "tex-math": tex,
    "alternatives": one_of,
    "citation-alternatives": one_of,
    "name-alternatives": first,
    "collab-alternatives": first,
    "aff-alternatives": first,
    **dict.fromkeys(FIELDS, field),
    **dict.fromkeys(("name", "string-name", "person-group"), names),
    **dict.fromkeys(LEFT_OUT, left_out),
}
"""Name of an element to what it means inside a line; elements that only change the look of words are read as words."""
