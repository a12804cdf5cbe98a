"""What a cached document and a whole generation depend on, as hashes: change any of it and the key is another.

Keys hold content, never file times: a copied or touched corpus is the same corpus.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable
from pathlib import Path

from kb.model import Source, encode

READING_ROOMS = ("model", "vocabulary", "text", "ingest", "extract")
"""Rooms whose code and data decide what a source becomes."""
READING_LIBRARIES = (
    "msgspec",
    "rapidfuzz",
    "pypdf",
    "pypdfium2",
    "lxml",
    "lxml_html_clean",
    "selectolax",
    "trafilatura",
    "whoosh-reloaded",
)
ALL_LIBRARIES = (
    *READING_LIBRARIES,
    "beautifulsoup4",
    "click",
    "docutils",
    "furo",
    "jinja2",
    "luqum",
    "markupsafe",
    "myst-parser",
    "snowballstemmer",
    "sphinx",
)
"""Libraries whose version may change a byte of what is built."""


def digest_of(parts: Iterable[bytes]) -> str:
    """SHA-256 over `parts` in order, each with its length, in hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def code_digest(*rooms: str) -> str:
    """Over the files of the named rooms of the installed package; of all of it without names."""
    package = resources.files("kb")
    roots = [package / room for room in rooms] if rooms else [package]
    return digest_of(part for root in roots for part in file_parts(root, root.name))


def file_parts(entry: Traversable, name: str) -> Iterable[bytes]:
    """Path (beginning with `name`) and bytes of every file below `entry`, sorted, without what Python compiled them to."""
    if entry.is_file():
        yield name.encode()
        yield entry.read_bytes()
        return
    for child in sorted(entry.iterdir(), key=lambda child: child.name):
        if child.name != "__pycache__":
            yield from file_parts(child, f"{name}/{child.name}")


def _versions(libraries: Iterable[str]) -> bytes:
    found = {"python": platform.python_version()}
    for library in libraries:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "absent"
    return encode(found)


def source_key(source: Source) -> str:
    """The cache key of one source: its bytes, its manifest fields with withdrawals, our reading code and its libraries."""
    return digest_of([encode(source), code_digest(*READING_ROOMS).encode(), _versions(READING_LIBRARIES)])


def generation_key(sources: Iterable[Source], files: Iterable[Path], *, private: bool) -> str:
    """The hash that names what a build would make: every source, our whole code, libraries, project pages, the view."""
    parts = [encode(source) for source in sources]
    pages = [part for path in files for part in (path.name.encode(), path.read_bytes())]
    return digest_of(
        [*parts, b"--", *pages, code_digest().encode(), _versions(ALL_LIBRARIES), b"private" if private else b"public"]
    )
