"""Which reader a file is for, told from its bytes alone: first what format it is, then what its tags or words say it was.

Each shape has one claim, and claims are strict: exactly one reader may want a file. Plain text that none claims is read as an
article page (`flattened-blog`), by the reader that assumes least.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kb.errors import SourceError, UnreadableSourceError
from kb.model import SourceKind
from kb.sources import pages, words
from kb.sources.decoding import decode
from kb.sources.kinds import OPEN_SHAPES, page_kind
from kb.sources.markup import is_jats, markup_of
from kb.sources.signatures import signed
from kb.sources.tags import tags_of
from kb.sources.text_formats import text_format, xml_name

Format = Literal["pdf", "docx", "html", "xml", "words"]
DEFAULT_SHAPE = "flattened-blog"
UNREAD = "unread"
"""The shape of a source whose file no reader can make a document of."""


@dataclass(frozen=True)
class Detected:
    """The reader for a file, a key of `kb.ingest.INGESTERS`, and what kind of source that makes it."""

    shape: str
    source_kind: SourceKind
    is_kind_guessed: bool = False
    """Whether the kind stands in until the document is read."""


@dataclass(frozen=True)
class Sight:
    """A file as claims see it: its format and, where it is text, its words with line ends made one."""

    format: Format
    text: str = ""

    @cached_property
    def tags(self) -> str:
        """The tags of a page."""
        return tags_of(self.text)

    @cached_property
    def page(self) -> pages.Page:
        """What kind of page it is."""
        return pages.page_of(self.tags)


@dataclass(frozen=True)
class Claim:
    """When a shape wants a file of a format, and the kind of source it then is; None where the words tell."""

    format: Format
    is_wanted: Callable[[Sight], bool]
    source_kind: SourceKind | None


CLAIMS: dict[str, Claim] = {
    "digest": Claim("words", lambda file: words.is_digest(file.text), "critique"),
    "flattened-forum": Claim("words", lambda file: words.is_forum(file.text), "forum"),
    "guidance-markdown": Claim("words", lambda file: words.is_guidance(file.text), "guidance"),
    "xenforo-html": Claim("html", lambda file: file.page == "xenforo", "forum"),
    "forum-html": Claim("html", lambda file: file.page == "thread", "forum"),
    "article-html": Claim("html", lambda file: file.page == "article", None),
    "pdf": Claim("pdf", lambda _: True, "critique"),
    "docx": Claim("docx", lambda _: True, "critique"),
    "jats": Claim("xml", lambda _: True, "critique"),
}

SHAPES: tuple[str, ...] = (*CLAIMS, DEFAULT_SHAPE)
"""The shapes a manifest may give; `kb.ingest.INGESTERS` has a reader for each."""


def detect(data: bytes, path: str) -> Detected:
    """The one shape that claims the file, else `DEFAULT_SHAPE` for words.

    The kind is a first guess where bytes do not tell it: that of a digest is what it restates, and that of a PDF or DOCX shows
    when it is read (`kb.sources.kinds.judged`); "critique" stands in. Raises `UnreadableSourceError` for a format that no
    reader takes, by its name; `SourceError` naming the claimants where several readers want the file.
    """
    file = sight(data, path)
    claimants = [shape for shape, claim in CLAIMS.items() if claim.format == file.format and claim.is_wanted(file)]
    if len(claimants) > 1:
        raise SourceError(
            f"{path}: claimed by several readers: {', '.join(claimants)}; give it one of these shapes in manifest.toml",
            path=path,
        )
    if not claimants and file.format != "words":
        raise UnreadableSourceError(path, "detect", pages.NO_POSTS)
    shape = claimants[0] if claimants else DEFAULT_SHAPE
    kind = CLAIMS[shape].source_kind if shape in CLAIMS else "critique"
    if kind is None:
        kind = page_kind(file.text, file.tags)
    return Detected(shape, kind, shape in OPEN_SHAPES and kind == "critique")


def sight(data: bytes, path: str) -> Sight:
    """What claims are made on; raises `UnreadableSourceError` for bytes that are no source of any kind."""
    mark = signed(data)
    if mark is not None:
        return _signed_sight(mark.shape, mark.cause, path)
    text = decode(data, path).text
    markup = markup_of(text)
    if markup is None:
        name = text_format(text)
        if name:
            raise UnreadableSourceError(path, "detect", f"it is {name}")
        return Sight("words", text.replace("\r\n", "\n").replace("\r", "\n"))
    if markup.language == "html":
        return Sight("html", text)
    if not is_jats(markup, text):
        raise UnreadableSourceError(path, "detect", f"it is {xml_name(markup)}")
    return Sight("xml", text)


def _signed_sight(shape: str | None, cause: str, path: str) -> Sight:
    if shape == "pdf":
        return Sight("pdf")
    if shape == "docx":
        return Sight("docx")
    raise UnreadableSourceError(path, "detect", cause)
