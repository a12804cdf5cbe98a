"""Journal articles as JATS XML, or in the NLM formats that came before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.errors import UnreadableSourceError
from kb.ingest.builder import named, read_binary
from kb.ingest.jats.blocks import HANDLERS
from kb.ingest.jats.front import address, authored_by, authors, journal, licence, publication_date, write_front
from kb.ingest.jats.walk import Scope, Walk
from kb.ingest.losses import loss
from kb.ingest.markup.xml_gate import Element, attributes, local_name, parse_xml, without_namespace
from kb.ingest.writer import Writer
from kb.model import Document, Source

SHAPE = "jats"
FRONTS = ("front", "front-stub")
PARTS = (*FRONTS, "body", "back", "floats-group", "floats-wrap")
IDS = "descendant-or-self::*/@id"
POINTER = "{*}xref"
INNER = ("sub-article", "response")


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """Each article as a part, what answers or reviews it as parts behind it; sections, notes and references inside.

    Citations are links to the passages of their references. Raises `UnreadableSourceError` for XML that is not well-formed or
    declares entities, and for XML of another kind, which it names.
    """
    reading = read_binary(files, source, "xml")
    writer = Writer()
    number = 0
    for data, path in named(files, source):
        writer.begin_file()
        for article in _articles(data, path):
            number = _write(writer, article, number)
    return writer.finish(reading, source)


def _articles(data: bytes, path: str) -> list[Element]:
    """The articles of a file: one, or several in the frame of a set or of a harvester."""
    root = parse_xml(data, path, SHAPE)
    found: list[Element] = []
    for element in root.iter("{*}article"):
        is_inside = any(around is element or around in found for around in element.iterancestors())
        if not is_inside and any(local_name(child) in PARTS for child in element):
            found.append(without_namespace(element))
    if not found:
        raise UnreadableSourceError(
            path, SHAPE, f"it is XML with the root <{local_name(root)}>, and no journal article (JATS) is in it"
        )
    return found


def _write(writer: Writer, article: Element, number: int) -> int:
    """Write an article and what belongs to it; gives the number of the last part."""
    targets = " ".join(pointer.get("rid", "") for pointer in article.iter(POINTER))
    walk = Walk(writer, HANDLERS, frozenset(targets.split()))
    for element, scope in _scopes(article, number):
        number += 1
        walk.scope = scope
        _write_part(walk, element, number, is_own=element is article)
    for code in sorted(walk.missed):
        if walk.missed[code]:
            writer.draft.losses.append(loss(code, walk.missed[code]))
    return number


def _scopes(article: Element, number: int) -> Iterator[tuple[Element, Scope]]:
    """An article, its sub-articles and responses, each with the ids that are its own, and around it those of the others."""
    members = [article, *article.iter(*INNER)]
    if len(members) == 1:
        yield article, Scope(number, frozenset(), _reference_ids(_parts(article)))
        return
    own = [_scope(member, number + place) for place, member in enumerate(members)]
    for place, (member, scope) in enumerate(zip(members, own, strict=True)):
        others = tuple(other for at, other in enumerate(own) if at != place)
        yield member, Scope(scope.number, scope.ids, scope.references, others)


def _scope(member: Element, number: int) -> Scope:
    """The ids of an article without those of its sub-articles."""
    parts = _parts(member)
    return Scope(number, frozenset().union(*[attributes(IDS, part) for part in parts]), _reference_ids(parts))


def _parts(member: Element) -> list[Element]:
    return [part for part in member if local_name(part) in PARTS]


def _reference_ids(parts: list[Element]) -> frozenset[str]:
    """The ids of references, and of the citations in them."""
    references = [reference for part in parts for reference in part.iter("ref")]
    return frozenset(element.get("id", "") for reference in references for element in (reference, *reference)) - {""}


def _write_part(walk: Walk, element: Element, number: int, *, is_own: bool) -> None:
    front = next((child for child in element if local_name(child) in FRONTS), None)
    opened = walk.writer.open_part("article", number=number)
    if front is not None:
        opened.heading = write_front(walk, front)
        if is_own:
            _state(walk.writer, front, opened.heading)
        else:
            opened.author = authored_by(front)
    for name in PARTS[len(FRONTS) :]:
        for child in element.iterfind(name):
            walk.run(child)
            walk.end_block()
    walk.writer.close_part(opened)


def _state(writer: Writer, front: Element, title: str | None) -> None:
    """Take what the first article says about itself as the document's."""
    draft = writer.draft
    meta = front.find("article-meta")
    meta = front if meta is None else meta
    draft.losses.append(loss("I261"))
    if draft.title is not None:
        return
    draft.title = title
    draft.authors = tuple(authors(meta))
    draft.publisher = journal(front)
    draft.date = publication_date(meta)
    draft.url = address(meta)
    draft.licence = licence(meta)
