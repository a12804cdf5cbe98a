"""Documents as the readers of HTML, PDF, DOCX and JATS write them: invented, through the same writer."""

from __future__ import annotations

from typing import Any, NamedTuple

from kb.extract import extract
from kb.ingest.builder import Reading
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.link import link
from kb.model import Author, Document, KnowledgeBase, Person, QuoteOf, Source, SourceFile, When
from kb.model.document import LinkRelation

READING = Reading(texts=(), encoding="utf-8", sha256="f" * 64)
OTTER = "Otter21"
HERON = "Heron77"


class Inline(NamedTuple):
    """A link inside running words that is not raised."""

    words: str
    relation: LinkRelation
    target: str


def marked(*pieces: str | Inline | tuple[str, LinkRelation, str]) -> Words:
    """Words in which each plain triple is a raised mark: its words, relation and target."""
    words = Words()
    for piece in pieces:
        if isinstance(piece, str):
            words.add(piece)
        elif isinstance(piece, Inline):
            with words.link(None, piece.relation, piece.target):
                words.add(piece.words)
        else:
            words.mark(*piece)
    return words


def source(identifier: str, source_kind: Any, shape: str, **fields: Any) -> Source:
    """A source with one file, published in full unless said otherwise."""
    file = SourceFile(f"{identifier}.bin", "f" * 64)
    return Source(id=identifier, files=(file,), source_kind=source_kind, shape=shape, **({"publish": "full"} | fields))


def handbook(**fields: Any) -> tuple[Source, Document]:
    """Two pages with an abstract, raised marks, a table with its caption, a box, a note and two references."""
    held = source("handbook", "guidance", "pdf", **fields)
    writer = Writer()
    writer.draft.title = "Handbook of quiet clinics"
    writer.draft.url = "https://example.org/handbook"
    writer.draft.licence = "CC-BY-4.0"
    writer.begin_file()
    writer.page = (1, "iii")
    writer.write("title", "Handbook of quiet clinics")
    writer.heading("How common it is", 1, label="1")
    writer.write(
        "paragraph",
        marked(
            "Unexplained symptoms are common in every clinic, which ",
            ("4", "note", "n4"),
            " is why 18% of visits concern them.",
            ("1,2", "citation", "r1"),
            " Costs grow by 12% a year.",
        ),
    )
    with writer.part("table", label="Table 1"):
        caption = writer.write("caption", "Table 1. Visits by clinic")
        header = writer.row([Words("Clinic"), Words("Visits"), Words("Share of all visits")], lead=caption, is_first=True)
        writer.row([Words("North"), Words("1,200"), Words("35% of visits")], lead=header)
        writer.row([Words("South"), Words(""), Words("22% of visits")], lead=header)
    writer.page = (2, "iv")
    with writer.part("box", label="Box 1", heading="Key points"):
        writer.write("item", "Clinics should see every person within 6 weeks.")
    writer.heading("References", 1)
    for number, entry in enumerate(ENTRIES, 1):
        writer.furnish("label", f"{number}.")
        writer.write("reference", entry, anchor=f"r{number}")
    writer.page = (1, "iii")
    writer.note("n4", "4", [Words("Counted in three clinics in 2011.")])
    return held, writer.finish(READING, held)


ENTRIES = (
    "Sample A, Tester B. Costs of repeated visits. J Invented Med 2011;4:12-18.",
    "Other C, Maker D. Visits to clinics by season. J Invented Med 2013;6:101-109.",
)
POST = "The clinics count every visit twice, and nobody at the board has noticed that for years."


def thread(**fields: Any) -> tuple[Source, Document]:
    """Three posts; the second quotes the first, the third quotes the second and a post that is not held."""
    held = source("quiet-thread", "forum", "xenforo-html", **fields)
    writer = Writer()
    writer.draft.title = "Counting visits twice"
    writer.write("title", "Counting visits twice")
    _post(writer, 1, OTTER, POST)
    with opened_post(writer, 2, HERON):
        writer.furnish("label", f"{OTTER} said:")
        with writer.part("quotation", quote_of=QuoteOf(OTTER, "101")):
            writer.write("paragraph", POST)
        writer.write("paragraph", "Then the share of 18% of visits in the handbook cannot be right.")
        writer.furnish("signature", "A heron of few words")
    with opened_post(writer, 3, OTTER):
        with writer.part("quotation", quote_of=QuoteOf(HERON, "102")):
            writer.write("paragraph", "Then the share of 18% of visits in the handbook can be right.")
        with writer.part("quotation", quote_of=QuoteOf("Plover5", "99")):
            writer.write("paragraph", "Somebody wrote a line of this kind in another thread last winter.")
        writer.write("paragraph", f"@{HERON} I think it cannot.")
    return held, writer.finish(READING, held)


def _post(writer: Writer, number: int, name: str, words: str) -> None:
    with opened_post(writer, number, name):
        writer.write("paragraph", words)


def opened_post(writer: Writer, number: int, name: str) -> Any:
    """A post with its user cell, to be filled."""
    opened = writer.part("post", label=f"#{number}", number=number, host_id=str(100 + number), author=Author(name, "member"))
    day = When(f"2019-03-0{number}", "day", f"{number} March 2019")
    return _Posted(writer, opened, name, day)


class _Posted:
    """Enters a post, writes its user cell and notes whose it is."""

    def __init__(self, writer: Writer, opened: Any, name: str, day: When) -> None:
        self.writer, self.opened, self.name, self.day = writer, opened, name, day

    def __enter__(self) -> None:
        part = self.opened.__enter__()
        part.date = self.day
        cell = self.writer.furnish("user-cell", self.name)
        if cell:
            self.writer.draft.people.append(Person(self.name, "author", "member", cell))

    def __exit__(self, *raised: object) -> None:
        self.opened.__exit__(*raised)


def knowledge(*held: tuple[Source, Document]) -> KnowledgeBase:
    """What a build would know of these."""
    sources = tuple(source for source, _ in held)
    documents = tuple(document for _, document in held)
    records = tuple(record for source, document in held for record in extract(source, document))
    linked = link(sources, documents, records)
    return KnowledgeBase(
        sources=sources,
        documents=documents,
        records=linked.records,
        works=linked.works,
        links=linked.links,
        aliases=linked.aliases,
    )


def handbook_and_thread() -> KnowledgeBase:
    """Both, linked."""
    return knowledge(handbook(), thread())
