"""Documents from sources: one module a format, in a table one can read."""

from collections.abc import Callable, Sequence

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest import digest, flattened_blog, flattened_forum, guidance_markdown
from kb.ingest.withdrawals import withdraw
from kb.model import Document, Source
from kb.sources import UNREAD, decode

Ingester = Callable[[Sequence[bytes], Source], Document]

INGESTERS: dict[str, Ingester] = {
    "digest": digest.ingest,
    "flattened-forum": flattened_forum.ingest,
    "flattened-blog": flattened_blog.ingest,
    "guidance-markdown": guidance_markdown.ingest,
}

__all__ = ["INGESTERS", "Ingester", "ingest"]


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The document of a source whose files hold `files`, with its withdrawn parts filled over.

    Pure: the same bytes and manifest fields give the same document. Raises `UnreadableSourceError` for a file that is empty,
    binary, or of a format not read here (shape "unread" says so from the start); a build makes that a finding and goes on.
    Raises `SourceError` for a shape that no reader has.
    """
    if source.shape == UNREAD:
        for file, data in zip(source.files, files, strict=False):
            decode(data, file.path)
        raise UnreadableSourceError(source.files[0].path if source.files else source.id, UNREAD, "no reader knows what it is")
    if source.shape not in INGESTERS:
        raise SourceError(
            f"{source.id}: no reader for the shape {source.shape!r}; in the manifest, take one of {', '.join(INGESTERS)}",
            source_id=source.id,
        )
    return withdraw(INGESTERS[source.shape](files, source), source.withdrawn)
