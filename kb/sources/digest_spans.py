"""Where a digest's statements rest in its original: `NAME.spans.toml` beside `NAME.md`.

    [original]
    file = "thread.txt"
    sha256 = "…"

    [[statement]]
    text = "The statement, without its locator."
    spans = [[120, 184], [300, 322]]

`spans` are half-open ranges of code points of the original, read with its line ends kept. The original itself need not be
held: only its checksum says which text the places are in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import msgspec

from kb.errors import ManifestError
from kb.model import Source, Span
from kb.sources.corpus import load_corpus, read_source
from kb.sources.decoding import decode
from kb.sources.paths import inside

DIGEST = "digest"
SUFFIX = ".spans.toml"


class Original(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file a digest restates: its name when it was read, and the SHA-256 of its bytes."""

    file: str
    sha256: str


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement's words without its locator, and the (start, end) pairs it rests on, as written: not yet known to be spans."""

    text: str
    spans: tuple[tuple[int, int], ...]


class RestsOn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    original: Original
    statement: tuple[Statement, ...] = ()


def is_digest_source(source: Source) -> bool:
    """Whether the manifest says that this source is a digest of our own."""
    return source.shape == DIGEST


def read_rests_on(root: Path, source: Source) -> RestsOn | None:
    """What lies beside a digest's file, or None where nothing does; raises `ManifestError` for a file that cannot be read."""
    digest = inside(root, source.files[0].path, source_id=source.id)
    path = digest.with_name(digest.stem + SUFFIX)
    name = str(PurePosixPath(source.files[0].path).with_name(path.name))
    if not path.is_file():
        return None
    try:
        return msgspec.convert(tomllib.loads(path.read_bytes().decode("utf-8")), RestsOn)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ManifestError(f"{name}: {error}; correct it by hand", path=name, source_id=source.id) from error


def digest_spans(root: Path) -> Mapping[str, tuple[tuple[Span, Span], ...]]:
    """For each digest below `root` with a spans file: (place in the digest, place in the original), in the file's order.

    A statement that rests on several places gives a pair for each. Statements the digest does not hold, and ranges that are no
    spans, are left out here: `kb.check.digests` reports them.
    """
    found: dict[str, tuple[tuple[Span, Span], ...]] = {}
    for source in filter(is_digest_source, load_corpus(root).sources):
        rests_on = read_rests_on(root, source)
        if rests_on is not None:
            text = decode(read_source(root, source)[0], source.files[0].path).text
            found[source.id] = tuple(_pairs(text, rests_on))
    return found


def _pairs(text: str, rests_on: RestsOn) -> Iterator[tuple[Span, Span]]:
    for statement in rests_on.statement:
        place = find_statement(text, statement.text)
        if place is not None:
            yield from ((place, Span(start, end)) for start, end in statement.spans if 0 <= start < end)


def find_statement(text: str, statement: str) -> Span | None:
    """Where a list item of the Markdown `text` begins with these words, white space folded; None where none does.

    >>> find_statement("- One.\\n- Two\\n  lines. [post 1]", "Two lines.")
    Span(start=9, end=21)
    """
    words = r"\s+".join(map(re.escape, statement.split()))
    match = re.search(rf"^[ \t]*[-*+][ \t]+({words})(?=\s*(?:\[|$))", text, re.MULTILINE) if words else None
    return Span(*match.span(1)) if match else None
