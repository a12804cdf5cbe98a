"""Small documents out of plain text, for tests of extractors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kb.extract.found import Found
from kb.model import AnyRecord, DocumentLink, Span
from tests.factory import Writer, source

LINK = re.compile(r"\[[^\]]+\]\((?P<target>[^)]*)\)")
HEADING = re.compile(r"#+ (?P<words>.*)")
KINDS = {"- ": "item", "> ": "reference"}


def found_in(text: str, records: Iterable[AnyRecord] = (), *, source_kind: Any = "forum") -> Found:
    """A document whose passages are the blocks of `text` between blank lines.

    "# Words" begins a section, "- " an item, "> " a reference entry; Markdown links become the document's links.
    """
    writer = Writer(source("a-text", source_kind))
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        heading = HEADING.fullmatch(block)
        if heading:
            writer.part("section", heading["words"])
            writer.passage(heading["words"], "heading")
        else:
            kind = KINDS.get(block[:2], "paragraph")
            writer.passage(block.removeprefix("- ").removeprefix("> "), kind)
    document = writer.document()
    links = tuple(DocumentLink(Span(*match.span()), match["target"], "ok") for match in LINK.finditer(document.text))
    changed = {name: getattr(document, name) for name in document.__struct_fields__} | {"links": links}
    return Found(writer.source, type(document)(**changed), tuple(records))
