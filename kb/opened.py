"""A built knowledge base, opened for Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.model import AnyRecord, Document, KnowledgeBase, Passage, Source, Work
from kb.store import INDEX, open_generation

if TYPE_CHECKING:
    from kb.index import Results, SearchOptions


@dataclass(frozen=True)
class OpenedKnowledgeBase:
    """What `kb.open` gives: the whole knowledge base in memory, and its index. Private and complete."""

    directory: Path
    knowledge: KnowledgeBase

    @cached_property
    def _by_id(self) -> dict[str, AnyRecord | Passage | Work | Source]:
        knowledge = self.knowledge
        things: dict[str, AnyRecord | Passage | Work | Source] = {source.id: source for source in knowledge.sources}
        things |= {passage.id: passage for document in knowledge.documents for passage in document.passages}
        things |= {record.id: record for record in knowledge.records}
        things |= {work.id: work for work in knowledge.works}
        return things

    def get(self, identifier: str) -> AnyRecord | Passage | Work | Source:
        """The thing with this id, or the one an alias of that name leads to. Raises `UsageError` where there is none."""
        aliases = {alias.id: alias.target for alias in self.knowledge.aliases}
        found = self._by_id.get(aliases.get(identifier, identifier))
        if found is None:
            raise UsageError(f"nothing in {self.directory} has the id {identifier!r}: kb search finds ids by words")
        return found

    def document(self, source_id: str) -> Document:
        """The document of a source. Raises `UsageError` for a source that is not held or was not read."""
        for document in self.knowledge.documents:
            if document.source_id == source_id:
                return document
        raise UsageError(f"no document of {source_id!r} in {self.directory}: kb show lists what is held")

    def search(self, query: str, options: SearchOptions | None = None) -> Results:
        """Search the index as `kb search` does. Raises `QueryError` for a query that cannot be understood."""
        from kb.index import search  # noqa: PLC0415 - whoosh is imported when first searched

        return search(self.directory / INDEX, query, options)


def open_directory(directory: Path | str) -> OpenedKnowledgeBase:
    """Open what `kb build --out directory` made; finishes a swap that was cut short.

    Raises `StoreError` where nothing was built, `SchemaMismatchError` where another version of `kb` built it.
    """
    path = Path(directory)
    return OpenedKnowledgeBase(path, open_generation(path))
