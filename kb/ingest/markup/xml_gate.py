"""The one door through which XML is parsed: no network, no document type read, no entity of the file's own, bounded in size.

Named characters such as `&nbsp;`, which a document type would define, stay in the tree as entities; `entity_text` knows most.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any, TypeAlias, cast

from lxml import etree

from kb.errors import UnreadableSourceError

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements

MAX_BYTES = 48 * 1024 * 1024
"""The longest article seen is a tenth of this; the tree takes about five times as much memory as the file."""
MAX_ELEMENTS = 1_500_000
"""Opening and closing tags together: an element without words takes 150 bytes and more in memory."""
DEPTH = re.compile(r"Excessive depth in document: (?P<depth>\d+)")
WHERE = re.compile(r",? line \d+, column \d+\s*\Z")
AMPLIFIED = "amplification"
UNDEFINED = re.compile(r"Entity '(?P<name>[^']{1,40})' not defined")


def parse_xml(data: bytes, path: str, reader: str) -> Element:
    """The root of a well-formed XML file, without comments and processing instructions.

    Raises `UnreadableSourceError` that names the cause: too large, too deep, entities of its own, cut off or not well-formed.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(path, reader, f"it is larger than {MAX_BYTES // 1024 // 1024} MB of XML")
    if data.count(b"<") > MAX_ELEMENTS:
        raise UnreadableSourceError(path, reader, f"it has more than {MAX_ELEMENTS:,} tags")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSourceError(path, reader, _cause(error)) from None
    except ValueError as error:
        raise UnreadableSourceError(path, reader, f"it is no XML: {error}") from None
    if _declares_entities(root):
        raise UnreadableSourceError(path, reader, "entity expansion refused: the file declares entities of its own")
    return root


def _cause(error: etree.XMLSyntaxError) -> str:
    line = error.lineno or 1
    message = error.msg or "nothing in it"
    depth = DEPTH.search(message)
    if depth:
        return f"line {line}: elements are nested deeper than {depth['depth']}"
    if AMPLIFIED in message:
        return f"line {line}: entity expansion refused"
    undefined = UNDEFINED.search(message)
    if undefined:
        return f"line {line}: the character &{undefined['name']}; needs a document type, and the file names none"
    return f"line {line}: it is not well-formed XML: {' '.join(WHERE.sub('', message).split())}"


def _declares_entities(root: Element) -> bool:
    """Whether the document type of the file itself declares entities; names of pictures (NDATA) are no text and do no harm."""
    subset: Any = root.getroottree().docinfo.internalDTD
    return subset is not None and any(entity.orig is not None or entity.content is None for entity in subset.iterentities())


def entity_text(entity: Element) -> str | None:
    """The characters of an entity that was left in the tree, by the names that HTML shares with the JATS document types.

    None for a name that is not among them.
    """
    named = str(entity.text)
    known = html.unescape(named)
    return known if known != named else None


@functools.cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, smart_strings=False)


def attributes(path: str, element: Element) -> list[str]:
    """The values of the attributes that an XPath expression finds, in the order of the file."""
    return cast("list[str]", _compiled(path)(element))


children_of: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""The elements right inside one; twice as fast as iterating over it."""


def text_in(element: Element) -> str:
    """All text inside an element, whatever it stands in."""
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for an entity."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def without_namespace(root: Element) -> Element:
    """The same tree, with the elements of the root's namespace under their plain names; changes the tree."""
    if not root.tag.startswith("{"):
        return root
    prefix = root.tag.rpartition("}")[0] + "}"
    for element in root.iter(f"{prefix}*"):
        element.tag = element.tag[len(prefix) :]
    return root
