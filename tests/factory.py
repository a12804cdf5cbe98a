"""Knowledge bases written by hand: invented sources whose text, parts, passages and records grow together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from kb.extract.found import Found
from kb.extract.identified import identified
from kb.model import (
    Alias,
    AnyRecord,
    Author,
    Basis,
    Citation,
    Claim,
    Classification,
    Definition,
    Document,
    Figure,
    IdCounter,
    Identifiers,
    KnowledgeBase,
    Link,
    Loss,
    Mention,
    Part,
    Passage,
    Quotation,
    Reference,
    Source,
    SourceFile,
    Span,
    When,
    Work,
    fold,
    make_id,
)

MEMBER = Author(None, "member")


@dataclass
class Writer:
    """One source in the making. Words given to `add` must already stand in the text; the last place they stand is meant."""

    source: Source
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    drafts: list[AnyRecord] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    counter: IdCounter = field(default_factory=IdCounter)

    def part(self, kind: Any, heading: str, **fields: Any) -> None:
        """Begin a part; it ends where the next one begins."""
        start = len(self.text)
        identifier = self.counter.next_id("part", heading, fields.get("label") or "")
        span = Span(start, start)
        self.parts.append(Part(id=identifier, kind=kind, span=span, body=span, order=len(self.parts), heading=heading, **fields))

    def passage(self, words: str, kind: Any = "paragraph") -> str:
        """Append a passage and give its id."""
        start = len(self.text)
        self.text += words + "\n\n"
        identifier = self.counter.next_id("passage", self.source.id, fold(words))
        part = self.parts[-1].id if self.parts else None
        self.passages.append(Passage(id=identifier, kind=kind, span=Span(start, start + len(words)), part=part))
        return identifier

    def span(self, words: str) -> Span:
        """Where the words stand."""
        start = self.text.rindex(words)
        return Span(start, start + len(words))

    def add(self, kind: type[Any], words: str, **fields: Any) -> None:
        """Note a record on these words."""
        self.drafts.append(kind(span=self.span(words), rule=f"{kind.KIND}/by-hand", confidence=0.9, **fields))

    def figure(self, words: str, value: Any, unit: str = "%", **fields: Any) -> Figure:
        """A figure on these words."""
        return Figure(span=self.span(words), value=value, unit=unit, **fields)

    def document(self) -> Document:
        """The document as written so far."""
        ends = [*(part.span.start for part in self.parts[1:]), len(self.text)][: len(self.parts)]
        whole = [Span(part.span.start, end) for part, end in zip(self.parts, ends, strict=True)]
        parts = [
            Part(**{name: getattr(part, name) for name in part.__struct_fields__} | {"span": span, "body": span})
            for part, span in zip(self.parts, whole, strict=True)
        ]
        return Document(
            source_id=self.source.id,
            sha256=self.source.files[0].sha256,
            reader="by-hand/1",
            text=self.text,
            title=self.source.title,
            parts=tuple(parts),
            passages=tuple(self.passages),
            losses=tuple(self.losses),
        )

    def records(self) -> tuple[AnyRecord, ...]:
        """The records as a build would finish them."""
        return identified(Found(self.source, self.document()), self.drafts)


def source(identifier: str, source_kind: Any = "guidance", **fields: Any) -> Source:
    """A source with one file whose checksum is taken over its id."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    defaults: dict[str, Any] = {
        "shape": "guidance-markdown",
        "title": identifier.replace("-", " ").capitalize(),
        "publish": "full",
    }
    files = (SourceFile(f"{identifier}.md", digest),)
    return Source(id=identifier, files=files, source_kind=source_kind, **(defaults | fields))


def guidance() -> Writer:
    """An open-licence guidance with a definition, figures, a target, a classification and a reference list."""
    writer = Writer(
        source(
            "clinic-guidance",
            title="Guidance for clinics on persistent symptoms",
            publisher="Example Health Board",
            date=When("2018-03-21", "day", "21 March 2018"),
            url="https://example.org/guidance.pdf",
            licence="OGL-UK-3.0",
            jurisdiction="England",
        )
    )
    writer.passage("Guidance for clinics on persistent symptoms", "title")
    writer.part("section", "What this is about", label="1")
    writer.passage("What this is about", "heading")
    writer.passage("Unexplained symptoms are complaints of the body for which no disease has been found after investigation.")
    words = "Unexplained symptoms are complaints of the body for which no disease has been found after investigation"
    writer.add(
        Definition,
        words,
        term="Unexplained symptoms",
        term_norm="unexplained symptoms",
        form="explicit",
        definiens=writer.span("complaints of the body for which no disease has been found after investigation"),
        concept="medically-unexplained-symptoms",
        speaker="Example Health Board",
        speaker_role="document",
    )
    writer.passage("Examples of unexplained symptoms are chronic fatigue and irritable bowel.")
    for words, slug in [("chronic fatigue", "chronic-fatigue-syndrome"), ("irritable bowel", "irritable-bowel-syndrome")]:
        writer.add(Mention, words, concept=slug, speaker_role="document")
        writer.add(
            Classification,
            "Examples of unexplained symptoms are chronic fatigue and irritable bowel",
            condition=slug,
            category="medically-unexplained-symptoms",
            stance="asserts",
            placement="example-of",
            by="Example Health Board",
            jurisdiction="England",
            speaker_role="document",
        )
    writer.part("section", "How common it is", label="2")
    writer.passage("How common it is", "heading")
    writer.passage("Up to 45% of visits to a family doctor concern unexplained symptoms [1].")
    writer.add(
        Claim,
        "Up to 45% of visits to a family doctor concern unexplained symptoms",
        claim_kind="figure",
        figures=(writer.figure("Up to 45%", 45.0, qualifier="up to", of="visits to a family doctor", setting="primary care"),),
        about=("medically-unexplained-symptoms",),
        speaker_role="document",
    )
    writer.add(Citation, "[1]", keys=("1",), style="bracket", speaker_role="document")
    writer.passage("At least 50% of those who finish treatment should move to recovery.")
    writer.add(
        Claim,
        "At least 50% of those who finish treatment should move to recovery.",
        claim_kind="target",
        figures=(writer.figure("At least 50%", 50.0, qualifier="at least", nature="target"),),
        speaker_role="document",
    )
    writer.passage("Guideline XY7 advises that adults with irritable bowel should be offered a diary. Sure, and pigs should fly.")
    writer.add(
        Claim,
        "Guideline XY7 advises that adults with irritable bowel should be offered a diary.",
        claim_kind="recommendation",
        basis=Basis(kind="guideline", span=writer.span("Guideline XY7"), code="XY7"),
        for_whom="adults with irritable bowel",
        speaker_role="document",
    )
    writer.add(Claim, "Sure, and pigs should fly.", claim_kind="recommendation", certainty="unclear", speaker_role="document")
    writer.part("list", "References")
    writer.passage("References", "heading")
    writer.passage(
        "Sample A, Tester B. Costs of repeated visits. J Invented Med 2011; 4: 12-18. doi:10.1000/invented.1", "reference"
    )
    writer.add(
        Reference,
        "Sample A, Tester B. Costs of repeated visits. J Invented Med 2011; 4: 12-18. doi:10.1000/invented.1",
        form="bibliographic",
        label="1",
        title="Costs of repeated visits",
        authors=("Sample A", "Tester B"),
        year=2011,
        container="J Invented Med",
        ids=Identifiers(doi="10.1000/invented.1"),
        speaker_role="document",
    )
    writer.losses.append(Loss("table-broken", "A table lost its columns when the file was made.", None))
    return writer


def thread() -> Writer:
    """A forum thread, quotes only: one post quotes the guidance, one states a figure, one is not published."""
    writer = Writer(
        source(
            "clinic-thread",
            "forum",
            title="Thread about the clinic guidance",
            shape="flattened-forum",
            url="https://forum.example.org/threads/clinic.1/",
            publish="quotes",
            date=When("2018-04", "month", "April 2018"),
        )
    )
    writer.part("post", "", number=1, author=MEMBER, date=When("2018-04-02", "day", "2 April 2018"))
    writer.passage("The board says “complaints of the body for which no disease has been found”, and ██████ agrees.")
    writer.add(
        Quotation,
        "complaints of the body for which no disease has been found",
        marked="quotation-marks",
        attributed_to="the board",
        speaker_role="member",
    )
    writer.passage("I have nothing more to add to this today, friends.")
    writer.part("post", "", number=2, author=MEMBER, date=When("2018-04-03", "day", "3 April 2018"))
    writer.passage("Chronic fatigue is not an unexplained symptom at all, the international list has it elsewhere.")
    writer.add(Mention, "Chronic fatigue", concept="chronic-fatigue-syndrome", speaker_role="member")
    writer.add(
        Classification,
        "Chronic fatigue is not an unexplained symptom at all",
        condition="chronic-fatigue-syndrome",
        category="medically-unexplained-symptoms",
        stance="disputes",
        placement="said-not-to-be",
        speaker_role="member",
    )
    writer.passage("Only one in ten recovered when somebody counted, see https://example.org/" + "long-path/" * 14 + "count.html")
    writer.add(
        Claim,
        "Only one in ten recovered when somebody counted",
        claim_kind="figure",
        figures=(writer.figure("one in ten", 10.0, nature="outcome"),),
        speaker_role="member",
    )
    return writer


def digest() -> Writer:
    """Our own summary of a critique that is not held."""
    writer = Writer(
        source(
            "critique-digest",
            "critique",
            title="Our summary of A critique of the clinics",
            shape="digest",
            licence="CC-BY-4.0",
            digest_of="critique",
        )
    )
    writer.part("section", "What it says about recovery")
    writer.passage("What it says about recovery", "heading")
    writer.passage("It reports that 9.2% of its sample recovered. [post 2]", "item")
    writer.add(
        Claim,
        "It reports that 9.2% of its sample recovered.",
        claim_kind="finding",
        figures=(writer.figure("9.2%", 9.2, nature="outcome", population="its sample"),),
        speaker_role="author",
    )
    return writer


def knowledge(*writers: Writer) -> KnowledgeBase:
    """What a build would know of these sources; without any, of the three invented ones, linked."""
    chosen = writers or (guidance(), thread(), digest())
    records = tuple(record for writer in chosen for record in writer.records())
    works, links = _linked(chosen, records)
    return KnowledgeBase(
        sources=tuple(writer.source for writer in chosen),
        documents=tuple(writer.document() for writer in chosen),
        records=records,
        works=works,
        links=links,
        aliases=tuple(Alias(alias, work.id) for work in works for alias in work.aliases),
    )


def _linked(writers: tuple[Writer, ...], records: tuple[AnyRecord, ...]) -> tuple[tuple[Work, ...], tuple[Link, ...]]:
    references = [record for record in records if isinstance(record, Reference)]
    works = tuple(
        Work(
            id=make_id("work", "doi", reference.ids.doi or ""),
            title=reference.title,
            authors=reference.authors,
            year=reference.year,
            container=reference.container,
            ids=reference.ids,
            aliases=(make_id("work", reference.title or ""),),
        )
        for reference in references
    )
    pairs: list[tuple[Any, str, str]] = [
        ("refers-to", reference.id, work.id) for reference, work in zip(references, works, strict=True)
    ]
    pairs += [
        ("resolves-to", citation.id, reference.id)
        for citation in records
        for reference in references
        if isinstance(citation, Citation) and citation.source_id == reference.source_id and reference.label in citation.keys
    ]
    pairs += [
        ("quotes", quotation.id, passage.id)
        for quotation in records
        for writer in writers
        for passage in writer.passages
        if isinstance(quotation, Quotation)
        and writer.source.id != quotation.source_id
        and quotation.quote.exact in passage.span.of(writer.text)
    ]
    links = tuple(Link(id=make_id("link", *pair), relation=pair[0], origin=pair[1], target=pair[2]) for pair in pairs)
    return works, links
