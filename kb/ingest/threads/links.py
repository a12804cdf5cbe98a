"""Where the links in forum posts lead."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

from kb.ingest.markup.html_blocks import in_page
from kb.model.document import LinkRelation
from kb.sources.threads import post_in

NOWHERE = ""
"""For what is no address: a link there is dead, and told."""
Resolve = Callable[[str], tuple[str | None, LinkRelation, str | None]]


def absolute(base: str | None, href: str) -> str:
    """`href` as an absolute address, `NOWHERE` where it is none; a forum's own detour to another site is left out."""
    try:
        joined = urljoin(base or "", href.strip())
        parts = urlsplit(joined)
    except ValueError:
        return NOWHERE
    if parts.path.endswith("/proxy.php"):
        return next(iter(parse_qs(parts.query).get("link", ())), joined)
    return joined


def resolver(base: str | None, held: frozenset[str]) -> Resolve:
    """Where links in posts lead: to a post that is held here, or to an address, made whole with `base`."""

    def resolve(href: str) -> tuple[str | None, LinkRelation, str | None]:
        identifier = post_in(href)
        if identifier in held and _is_own(base, href):
            return None, "internal", f"post-{identifier}"
        if href.startswith("#"):
            return in_page(href)
        return absolute(base, href), "web", None

    return resolve


def _is_own(base: str | None, href: str) -> bool:
    """Whether an address is on the host of the thread."""
    try:
        host = urlsplit(href).netloc.lower()
        return not host or (base is not None and host == urlsplit(base).netloc.lower())
    except ValueError:
        return False
