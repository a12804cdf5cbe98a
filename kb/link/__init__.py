"""What holds between documents: one module a relation, run in the order of one table.

A linker is a pure function `(Held, Linked) -> Linked`: it reads sources, documents and digest spans, and returns what it was
given with its own relation added. It never re-extracts; it may replace records (quotations get their original) and take
records out (a digest's record that gives way to the original's leaves an alias), but a record's id never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.link.digests import link_digests
from kb.link.linked import DigestSpans, Held, Linked, make_link
from kb.link.quotations import link_quotations
from kb.link.references import link_citations
from kb.link.works import link_works
from kb.model import AnyRecord, Document, Source

__all__ = ["LINKERS", "DigestSpans", "Held", "Linked", "Linker", "link", "make_link"]

Linker = Callable[[Held, Linked], Linked]

LINKERS: dict[str, Linker] = {
    "digests": link_digests,
    "works": link_works,
    "citations": link_citations,
    "quotations": link_quotations,
}
"""In the order they run. Digests come first: what gives way to its original must not make works or links of its own."""


def link(
    sources: Sequence[Source],
    documents: Sequence[Document],
    records: Sequence[AnyRecord],
    *,
    digest_spans: DigestSpans | None = None,
) -> Linked:
    """Everything that holds between the records of all documents.

    A pure function: equal arguments in equal order give an equal result. `digest_spans` come from the `NAME.spans.toml` files
    beside the digests, read by whoever calls.
    """
    held = Held(tuple(sources), tuple(documents), digest_spans or {})
    linked = Linked(tuple(records))
    for linker in LINKERS.values():
        linked = linker(held, linked)
    return linked
