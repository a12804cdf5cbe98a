"""Documents from sources: one module a format, in a table one can read."""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest import digest, flattened_blog, flattened_forum, guidance_markdown
from kb.ingest.withdrawals import withdraw
from kb.model import Document, Source
from kb.sources import UNREAD, detect

Ingester = Callable[[Sequence[bytes], Source], Document]


@dataclass(frozen=True)
class Late:
    """A reader whose module is imported when the first file is for it: what it stands on takes long to import."""

    module: str

    def __call__(self, files: Sequence[bytes], source: Source) -> Document:
        """The document that the module's `ingest` makes."""
        ingester: Ingester = importlib.import_module(f"{__name__}.{self.module}").ingest
        return ingester(files, source)


INGESTERS: dict[str, Ingester] = {
    "digest": digest.ingest,
    "flattened-forum": flattened_forum.ingest,
    "flattened-blog": flattened_blog.ingest,
    "guidance-markdown": guidance_markdown.ingest,
    "xenforo-html": Late("xenforo_html"),
    "forum-html": Late("forum_html"),
    "article-html": Late("article_html"),
    "pdf": Late("pdf"),
    "docx": Late("docx"),
    "jats": Late("jats"),
}

__all__ = ["INGESTERS", "Ingester", "Late", "ingest"]


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The document of a source whose files hold `files`, with its withdrawn parts filled over.

    Pure: the same bytes and manifest fields give the same document. Raises `UnreadableSourceError` for a file that is empty,
    binary, or of a format not read here (shape "unread" says so from the start); a build makes that a finding and goes on.
    Raises `SourceError` for a shape that no reader has.
    """
    if source.shape == UNREAD:
        for file, data in zip(source.files, files, strict=False):
            detect(data, file.path)
        raise UnreadableSourceError(source.files[0].path if source.files else source.id, UNREAD, "no reader knows what it is")
    if source.shape not in INGESTERS:
        raise SourceError(
            f"{source.id}: no reader for the shape {source.shape!r}; in the manifest, take one of {', '.join(INGESTERS)}",
            source_id=source.id,
        )
    return withdraw(INGESTERS[source.shape](files, source), source.withdrawn)
