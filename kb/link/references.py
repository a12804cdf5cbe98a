"""Citations resolve to references of their own document."""

from __future__ import annotations

from kb.link.linked import Held, Linked


def link_citations(held: Held, linked: Linked) -> Linked:
    """`linked` with a link from every citation to the references its keys name."""
    return linked
