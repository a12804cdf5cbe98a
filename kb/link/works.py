"""Works: what references of all documents point to."""

from __future__ import annotations

from kb.link.linked import Held, Linked


def link_works(held: Held, linked: Linked) -> Linked:
    """`linked` with a work for every reference that names one."""
    return linked
