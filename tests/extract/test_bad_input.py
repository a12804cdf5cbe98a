"""Whatever a document holds, extraction gives records or none, never an exception, and costs what its length costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.extract import extract
from kb.model import Author, Document, DocumentLink, Furniture, Part, Passage, Source, Span
from tests.patterns.trial import limited

LENGTH = 50_000
PEERS = 5
SOURCE = Source(id="a-source", files=(), source_kind="forum", shape="flattened-forum")
KINDS = ("paragraph", "heading", "item", "row", "cell", "caption", "reference", "note", "title")
PARTS = ("post", "article", "section", "box", "list", "table", "quotation", "note")


def of_passages(passages: list[tuple[str, str]], *, part: str = "post") -> Document:
    """A document of one part around passages given as kind and words, a blank line between two."""
    made: list[Passage] = []
    text = ""
    for place, (kind, words) in enumerate(passages):
        made.append(Passage(id=f"p{place}", kind=kind, span=Span(len(text), len(text) + len(words)), part="s"))  # type: ignore[arg-type]
        text += words + "\n\n"
    whole = Span(0, len(text))
    around = Part(id="s", kind=part, span=whole, body=whole, author=Author(None, "member"))  # type: ignore[arg-type]
    return Document(source_id="a-source", sha256="", reader="by-hand", text=text, parts=(around,), passages=tuple(made))


def misplaced(document: Document) -> list[str]:
    """The rules of records whose words do not stand where they say."""
    return [record.rule for record in extract(SOURCE, document) if record.quote.exact != record.span.of(document.text)]


WORDS = st.text(
    st.characters(codec=None)
    | st.sampled_from("\0\x01\x1b\x7f\x85\u200e\u200f\u202a\u202e\u2066\u2069\ud800\udfff\ufeff\ufffe\u2028\u2029")
    | st.sampled_from("\"'“”‘’«»()[]{}<>%£.,;:–—-*•|#@/\\_ \t\n\r0123456789"),
    max_size=200,
)
SAID = st.lists(
    st.sampled_from(
        [
            "Medically unexplained symptoms",
            "(MUS)",
            "means",
            "45%",
            "Lee et al. (2015)",
            "[3]",
            "said:",
            "CG53",
            "“",
            "”",
            "must",
            "IBS,",
        ]
    )
    | WORDS,
    max_size=12,
).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(st.sampled_from(KINDS), SAID), max_size=8), st.sampled_from(PARTS))
def test_any_code_points_in_any_passage(passages: list[tuple[str, str]], part: str) -> None:
    assert misplaced(of_passages(passages, part=part)) == []


@st.composite
def torn(draw: st.DrawFn) -> Document:
    """A document whose parts are empty, nested in empty ones or end anywhere, with empty passages and links."""
    text = draw(SAID.filter(bool)) + "\n\n" + draw(SAID)
    edges = st.integers(0, len(text))
    spans = st.tuples(edges, edges).map(lambda pair: Span(min(pair), max(pair)))
    parts: list[Part] = []
    for place in range(draw(st.integers(0, 5))):
        span = draw(spans)
        parent = draw(st.sampled_from([None, *(part.id for part in parts)]))
        kind = draw(st.sampled_from(PARTS))
        parts.append(Part(id=f"s{place}", kind=kind, span=span, body=Span(span.start, span.start), parent=parent))  # type: ignore[arg-type]
    cuts = sorted(draw(st.lists(edges, max_size=8)))
    owners = st.sampled_from([None, *(part.id for part in parts)])
    passages = [
        Passage(id=f"p{start}-{place}", kind=draw(st.sampled_from(KINDS)), span=Span(start, end), part=draw(owners))
        for place, (start, end) in enumerate(pairwise(cuts))
    ]
    links = [
        DocumentLink(
            span,
            draw(st.sampled_from([None, "", "http://", "https://e.org/a b"])),
            "ok",
            draw(st.sampled_from(["web", "citation", "note"])),
        )
        for span in draw(st.lists(spans, max_size=3))
    ]
    labels = [Furniture("label", span) for span in draw(st.lists(spans, max_size=2))]
    return Document(
        source_id="a-source",
        sha256="",
        reader="by-hand",
        text=text,
        parts=tuple(parts),
        passages=tuple(passages),
        links=tuple(sorted(links, key=lambda link: link.span)),
        furniture=tuple(labels),
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(torn())
def test_empty_parts_empty_passages_and_parts_that_hold_nothing(document: Document) -> None:
    assert misplaced(document) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\ud800", "\u202e", "”", "[", "said:"])
def test_next_to_nothing(text: str) -> None:
    assert extract(SOURCE, of_passages([("paragraph", text)])) == ()
    assert extract(SOURCE, Document(source_id="a-source", sha256="", reader="by-hand", text=text)) == ()


def one_line(length: int) -> str:
    """Prose without a line end, no sentence like another."""
    sentence = "The clinic {} saw {}% of people with IBS within {} weeks, as Lee (2015) says [{}]."
    return " ".join(
        sentence.format(*(place * 7 % 97, place % 90 + 1, place % 17 + 2, place % 40 + 1)) for place in range(length // 80)
    )


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": one_line,
    "one word": lambda length: "a" * length,
    "quotation marks": lambda length: "“" * (length // 4) + " x" * (length // 4) + "”" * (length // 4),
    "straight marks": lambda length: '" ' * (length // 2),
    "opened marks": lambda length: "“a " * (length // 3),
    "ticks": lambda length: "'a " * (length // 3),
    "brackets": lambda length: "[" * (length // 2) + "]" * (length // 2),
    "round brackets": lambda length: "(1) " * (length // 4),
    "markers": lambda length: "[1], " * (length // 5),
    "numbers": lambda length: "1,1." * (length // 4),
    "years": lambda length: "Lee 2015, " * (length // 10),
    "capitals": lambda length: "Aa " * (length // 3),
    "stops": lambda length: "a. " * (length // 3),
    "colons": lambda length: "a: " * (length // 3),
    "blanks": lambda length: "a" + " " * length + "b",
    "the same sentence": lambda length: "The clinic saw nobody at all on the first day of May. " * (length // 54),
    "addresses": lambda length: "https://e.org/a " * (length // 16),
    "right to left": lambda length: "\u202ea\u202c " * (length // 4),
    "surrogates": lambda length: "\ud800 " * (length // 2),
    "control characters": lambda length: "\x01\x1b\x7f a" * (length // 5),
    "said": lambda length: "Lee said:\n" * (length // 10),
    "abbreviations": lambda length: "medically unexplained symptoms (MUS) " * (length // 37),
}


def spent(document: Document) -> float:
    """CPU seconds that extraction takes."""
    begun = time.process_time()
    extract(SOURCE, document)
    return time.process_time() - begun


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_words(name: str) -> None:
    assert misplaced(of_passages([("paragraph", HOSTILE[name](6_000))])) == []
    assert misplaced(of_passages([("item", HOSTILE[name](300))] * 20)) == []


@pytest.fixture(scope="module")
def share() -> float:
    """CPU seconds that hostile words are given: many times what prose of that length takes here and now."""
    return PEERS * spent(of_passages([("paragraph", one_line(LENGTH))]))


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_words_cost_what_their_length_costs(name: str, share: float) -> None:
    with limited(share):
        assert misplaced(of_passages([("paragraph", HOSTILE[name](LENGTH))])) == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_line_of_two_megabytes(name: str, share: float) -> None:
    with limited(share * 2_000_000 / LENGTH):
        assert misplaced(of_passages([("paragraph", HOSTILE[name](2_000_000))])) == []
