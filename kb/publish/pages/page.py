"""A finished page, before the theme puts its frame around it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`name` is the address without ".html"; `title` is plain text, `body` finished HTML.

    `moved_to` is set for a page that only sends readers on: a page name, with "#" and an anchor where needed.
    """

    name: str
    title: str
    body: str
    description: str = ""
    is_indexed: bool = True
    moved_to: str | None = None


def root_of(name: str) -> str:
    """The way from a page back to the top of the site.

    >>> root_of("claims"), root_of("claim/c123")
    ('', '../')
    """
    return "../" * name.count("/")
