"""Whether a built site hangs together: every link leads to a page that is there, and to a place that is on it.

E601  a link leads to a page or file that is not there
E602  a link leads to a place that is not on its page
E603  a page would fetch something from another host
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import SplitResult, unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from kb.errors import StoreError
from kb.model import Finding

FETCHED = ("script", "img", "iframe", "source", "video", "audio", "embed", "object")
"""Elements whose address a browser fetches by itself, as it does a style sheet's."""


def read_pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every HTML page below `site`, parsed, by its path with forward slashes. Raises `StoreError` where there is none."""
    pages = {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_bytes(), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }
    if not pages:
        raise StoreError(f"no site in {site}: run kb build")
    return pages


def check_site(site: Path, pages: Mapping[str, BeautifulSoup] | None = None) -> Iterator[Finding]:
    """What does not hold together in the site below `site`, page by page in order of their names."""
    pages = read_pages(site) if pages is None else pages
    anchors = {name: {str(tag["id"]) for tag in page.find_all(id=True)} for name, page in pages.items()}
    for name, page in pages.items():
        for tag in page.find_all(["a", "link", *FETCHED]):
            if isinstance(tag, Tag):
                yield from _check_address(site, name, tag, anchors)


def _check_address(site: Path, name: str, tag: Tag, anchors: Mapping[str, set[str]]) -> Iterator[Finding]:
    address = str(tag.get("href") or tag.get("src") or tag.get("data") or "")
    url = urlsplit(address)
    if url.scheme == "data" or not address:
        return
    if url.scheme or url.netloc:
        if tag.name in FETCHED or (tag.name == "link" and "stylesheet" in (tag.get("rel") or [])):
            yield Finding(code="E603", message=f"{name} would fetch {address} from another host; keep it in the site")
        return
    yield from _check_inside(site, name, url, anchors)


def _check_inside(site: Path, name: str, url: SplitResult, anchors: Mapping[str, set[str]]) -> Iterator[Finding]:
    target = normpath(join(dirname(name), unquote(url.path))) if url.path else name
    if target not in anchors and not (site / target).is_file():
        yield Finding(code="E601", message=f"{name} links to {url.geturl()}, which is not there; run kb build again")
    elif url.fragment and target in anchors and unquote(url.fragment) not in anchors[target]:
        yield Finding(
            code="E602", message=f"{name} links to {url.geturl()}, but no such place is on that page; run kb build again"
        )
