"""The order of the steps: corpus to knowledge base, index and site.

Heavy rooms are imported inside the step that needs them, so that a build with nothing to do starts none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import FindingsError, ReadingStoppedError, UnreadableSourceError, UsageError
from kb.model import AnyRecord, Document, Finding, KnowledgeBase, Source
from kb.sources import Corpus, load_corpus
from kb.sources.digest_spans import digest_spans
from kb.sources.kinds import judged
from kb.store.cache import Reading, load_reading, load_stopped, purge, save_reading, save_stopped
from kb.store.database import write_store
from kb.store.fingerprint import generation_key, source_key
from kb.store.generation import (
    DATABASE,
    INDEX,
    SITE,
    clear_leftovers,
    current_generation,
    fresh_folder,
    put_in_place,
    roll_forward,
    stamp,
)

CACHE = "cache"
Progress = Callable[[str, int, int], None]
"""Called with a step's name, how many of its pieces are done, and of how many."""

STEPS = ("reading", "linking", "store", "index", "site")
"""What a build does, in order; reading is ingest and extract of one source after the other."""


def silent(_step: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did. `is_unchanged` means that everything stood already and nothing was written."""

    out: Path
    generation: str
    is_unchanged: bool
    sources: int = 0
    read_now: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    """Records by kind."""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    """What this platform could not hold the reading processes to."""

    @property
    def site(self) -> Path:
        """The page to open."""
        return self.out / SITE / "index.html"


def build(
    corpus: Path,
    out: Path,
    *,
    private: bool = False,
    strict: bool = False,
    processes: int | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """Build `corpus` into `out`, whole or not at all, reading in so many `processes` (None: as many as there are cores).

    Their number changes no byte of what is built.

    Wrong paths, manifests and duplicate ids raise `SourceError`, an `out` that overlaps the corpus or the project's pages raises
    `UsageError`, both with nothing written. A file that cannot be read is a finding; with `strict` it raises `FindingsError`
    before anything is put in place.
    """
    held = load_corpus(corpus)
    project = project_of(corpus)
    _refuse_overlap(corpus, out, project)
    roll_forward(out)
    generation = generation_key(held.sources, _project_files(corpus, project), private=private)
    stands = current_generation(out) == generation and not strict
    if stands and not _reads_better_now(held, out / CACHE, processes):
        clear_leftovers(out)
        return BuildReport(out, generation, is_unchanged=True, sources=len(held.sources))
    from kb.ingest.processes.measuring import gaps

    with fresh_folder(out) as fresh:
        knowledge, keys, read_now = understand(held, out / CACHE, progress, processes=processes)
        if strict:
            _refuse_findings(knowledge.findings)
        _write_products(knowledge, fresh, generation, project, private=private, progress=progress)
        purge(out / CACHE, keys)  # before the swap: a kill in between must not leave what was taken back
        put_in_place(out, generation)
    counts = Counter(record.KIND for record in knowledge.records)
    return BuildReport(
        out,
        generation,
        is_unchanged=False,
        sources=len(held.sources),
        read_now=read_now,
        counts=counts,
        findings=knowledge.findings,
        notes=gaps() if read_now else (),
    )


def understand(
    held: Corpus, cache: Path | None, progress: Progress = silent, *, processes: int | None = None
) -> tuple[KnowledgeBase, list[str], int]:
    """Read, extract and link a corpus; the knowledge base, the cache keys used, and how many sources were read anew."""
    keys = {source.id: source_key(source) for source in held.sources}
    kept = {source.id: load_reading(cache, keys[source.id]) if cache else None for source in held.sources}
    missing = [source for source in held.sources if kept[source.id] is None]
    findings = list(held.findings)
    stopped = []
    for number, (source, reading) in enumerate(_read_anew(held, missing, processes), start=len(held.sources) - len(missing)):
        progress("reading", number, len(held.sources))
        if isinstance(reading, UnreadableSourceError):
            findings.append(Finding(code="E204", message=str(reading), source_id=source.id))
            stopped += [source.id] if isinstance(reading, ReadingStoppedError) else []
            continue
        kept[source.id] = reading
        if cache:
            save_reading(cache, keys[source.id], reading)
    if cache:
        save_stopped(cache, stopped)
    read = {identifier: reading for identifier, reading in kept.items() if reading}
    progress("linking", 0, 1)
    return _linked(held, list(read.values()), tuple(findings)), [keys[identifier] for identifier in read], len(missing)


def _read_anew(
    held: Corpus, sources: Sequence[Source], processes: int | None
) -> Iterator[tuple[Source, Reading | UnreadableSourceError]]:
    if not sources:
        return
    from kb.reading import read_all

    with closing(read_all(held.root, sources, processes)) as readings:
        yield from zip(sources, readings, strict=True)


def _reads_better_now(held: Corpus, cache: Path, processes: int | None) -> bool:
    """Whether a source whose reading the last build stopped can be read this time: the machine may have been busy."""
    stopped = load_stopped(cache)
    again = [source for source in held.sources if source.id in stopped]
    return any(isinstance(reading, Reading) for _source, reading in _read_anew(held, again, processes))


def _linked(held: Corpus, readings: Sequence[Reading], findings: tuple[Finding, ...]) -> KnowledgeBase:
    from kb.link import link

    documents: tuple[Document, ...] = tuple(reading.document for reading in readings)
    records: tuple[AnyRecord, ...] = tuple(record for reading in readings for record in reading.records)
    by_source = {document.source_id: document for document in documents}
    sources = tuple(judged(source, by_source.get(source.id)) for source in held.sources)
    linked = link(sources, documents, records, digest_spans=digest_spans(held.root))
    return KnowledgeBase(
        sources=sources,
        documents=documents,
        records=linked.records,
        works=linked.works,
        links=linked.links,
        aliases=linked.aliases,
        findings=findings,
    )


def _write_products(
    knowledge: KnowledgeBase, fresh: Path, generation: str, project: Path | None, *, private: bool, progress: Progress
) -> None:
    from kb.index import build_index
    from kb.public import public_view
    from kb.publish import build_site

    progress("store", 0, 1)
    write_store(fresh / DATABASE, knowledge, generation)
    progress("index", 0, 1)
    (fresh / INDEX).mkdir()
    build_index(fresh / INDEX, knowledge, generation)
    stamp(fresh / INDEX, generation)
    progress("site", 0, 1)
    build_site(public_view(knowledge, private=private), project, fresh / SITE, generation)
    stamp(fresh / SITE, generation)


def project_of(corpus: Path) -> Path | None:
    """The folder whose `conf.py` and `site/` go with `corpus`, or None: the packaged scaffold serves."""
    beside = corpus.resolve().parent
    return beside if (beside / "conf.py").is_file() and (beside / "site").is_dir() else None


def _refuse_overlap(corpus: Path, out: Path, project: Path | None) -> None:
    here, there = corpus.resolve(), out.absolute().resolve()
    if here.is_relative_to(there):
        raise UsageError(f"--out {str(out)!r} holds the corpus {str(corpus)!r}: build into a folder of its own, as --out build")
    for name, kept in (("corpus", here), ("pages of the project", project / "site" if project else here)):
        if there.is_relative_to(kept):
            raise UsageError(f"--out {str(out)!r} lies in the {name}: build into a folder of its own, as --out build")


def _project_files(corpus: Path, project: Path | None) -> list[Path]:
    """Everything beside the sources that a build depends on: pages, conf.py, spans of digests."""
    spans = sorted(corpus.rglob("*.spans.toml"))
    if project is None:
        return spans
    pages = sorted(path for path in (project / "site").rglob("*") if path.is_file())
    return [*spans, project / "conf.py", *pages]


def _refuse_findings(findings: Sequence[Finding]) -> None:
    grave = [finding for finding in findings if finding.severity != "info"]
    if grave:
        first = grave[0].message
        raise FindingsError(f"{len(grave)} finding(s) and --strict: {first}; nothing was put in place")
