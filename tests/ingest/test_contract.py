"""What every reader owes, whatever the text: places prove words, parts nest, passages part, nothing is lost or invented."""

from __future__ import annotations

import pkgutil
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kb.ingest
from kb.errors import UnreadableSourceError
from kb.ingest import INGESTERS, ingest
from kb.model import Document, Source, SourceFile, Span, decode, encode

FRAGMENTS = (
    "\u00a0",
    "",
    "",
    "Last edited:",
    "Last edited by a moderator:",
    "Messages",
    "2,014",
    "Location",
    "Leeds",
    "Ann Example",
    "Senior Member",
    "The handbook said:",
    "Click to expand...",
    "Back",
    "Top Bottom",
    "• Welcome to Some Forum!",
    "    indented words",
    "  • a bullet",
    "  * another",
    "1. an item",
    "2.An item",
    "- an item:",
    "   1. deeper",
    "* A note about the mark that is long enough to count",
    "12",
    "Lee A, Poe B. A study. Journal. 2011;4:1-9",
    "c",
    "4.1",
    "4.1 A Heading With A Number",
    "1.1 A paragraph with a number and an end.",
    "- 1.2** A damaged number:",
    "1. Aims of this text",
    "Contents",
    "1. Aims of this text\t4",
    "2. Scope\t6",
    "Publication date:\t3 May 2019",
    " <p>Head</p>\t<ul> • one cell. • two cells.",
    "# Our summary of something",
    "## A section",
    "- A statement. [section 2]",
    "A Title In Title Case",
    "and a small question?",
    "Introduction",
    "A line of prose that is long enough to be prose, with a verb, and with an end to it all, as prose has.",
    "a line that goes on from the one before and is long enough for that and does not stop",
    "https://example.org/a...long-one and [words](#) and [more](https://example.org)",
    "see link below:",
    "Thanks, Sam, and @Someone for A.B.",
    "------",
    "short",
    "*",
    "\ufeff",
    "\f",
    "“A quoted statement.”",
    "Term: A meaning of it.",
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=30).flatmap(
    lambda chosen: st.sampled_from(["\n", "\n\n", "\r\n", "\r"]).map(lambda end: end.join(chosen))
)
ANY_TEXT = st.one_of(TEXTS, st.text(max_size=300), st.lists(st.one_of(TEXTS, st.text(max_size=40)), max_size=5).map("\n".join))
SHAPES = sorted(INGESTERS)
READABLE = (
    "# Our summary of a guide\n\n## Scope\n\n- It covers adults. [section 1]\n- It is short.\n\n"
    "1.1 A paragraph with a number.\n\n\u00a0\nLast edited:\nAnother post stands here.\n\u00a0\n"
)


def source(shape: str, *paths: str) -> Source:
    files = tuple(SourceFile(path, "") for path in paths or ("a.txt",))
    return Source(id="a-source", files=files, source_kind="forum", shape=shape)


def read(shape: str, text: str) -> Document | None:
    try:
        return ingest([text.encode("utf-8", "replace")], source(shape))
    except UnreadableSourceError:
        return None


def covered(document: Document) -> list[Span]:
    return sorted(place.span for place in (*document.passages, *document.furniture))


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT)
@example(text="\ufeff")
@example(text="Messages\n1")
@example(text="\u00a0\nLast edited:\n\u00a0")
@example(text="1. Aims of this text\t4\n2. Scope\t6")
def test_any_text_gives_a_sound_document_or_is_unreadable(shape: str, text: str) -> None:
    document = read(shape, text)
    assert document is None or faults(document) == []


def faults(document: Document) -> list[str]:
    """Everything that breaks the contract of a document."""
    return [*part_faults(document), *passage_faults(document), *uncovered(document), *misplaced(document)]


def part_faults(document: Document) -> list[str]:
    parts = {part.id: part for part in document.parts}
    found = ["a part's id is given twice"] if len(parts) < len(document.parts) else []
    found += [
        f"{part.kind} {part.span}: its body leaves it"
        for part in document.parts
        if not part.span.contains(part.body) or part.span.end > len(document.text)
    ]
    found += [
        f"{part.span} leaves its parent"
        for part in document.parts
        if part.parent and not parts[part.parent].span.contains(part.span)
    ]
    return found + [
        f"parts cross at {other.span}"
        for one, other in pairwise(document.parts)
        if one.span.overlaps(other.span) and not one.span.contains(other.span)
    ]


def passage_faults(document: Document) -> list[str]:
    text = document.text
    parts = {part.id: part for part in document.parts}
    passages = {passage.id: passage for passage in document.passages}
    found = ["a passage's id is given twice"] if len(passages) < len(document.passages) else []
    found += [
        f"{span} is empty or not trimmed"
        for span in (passage.span for passage in document.passages)
        if not trimmed(span.of(text))
    ]
    found += [f"{p.span} leaves its part" for p in document.passages if p.part and not parts[p.part].span.contains(p.span)]
    found += [
        f"{p.span} stands before its lead" for p in document.passages if p.lead and passages[p.lead].span.end > p.span.start
    ]
    return found + [f"{one} and {other} overlap" for one, other in pairwise(covered(document)) if one.overlaps(other)]


def trimmed(words: str) -> bool:
    return bool(words) and words == words.strip()


def uncovered(document: Document) -> list[str]:
    """Words that stand in no passage and in no furniture."""
    held = bytearray(len(document.text))
    for span in covered(document):
        held[span.start : span.end] = b"\1" * len(span)
    return [f"{at}: {char!r} is lost" for at, char in enumerate(document.text) if not held[at] and not char.isspace()]


def misplaced(document: Document) -> list[str]:
    """Names that are not the words at their place, and parts out of order."""
    names = [
        f"{person.name!r} is not at {person.span}" for person in document.people if person.span.of(document.text) != person.name
    ]
    places = [part.span.start for part in document.parts]
    orders = [part.order for part in document.parts]
    return names + (["parts are out of order"] if places != sorted(places) or orders != list(range(len(orders))) else [])


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
def test_the_same_bytes_give_the_same_document(shape: str, text: str) -> None:
    assert read(shape, text) == read(shape, text)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_document_survives_encoding(shape: str) -> None:
    document = ingest([READABLE.encode()], source(shape))
    assert decode(encode(document), Document) == document


@pytest.mark.parametrize("shape", SHAPES)
def test_the_canonical_text_is_the_file(shape: str) -> None:
    raw = "\ufeff" + READABLE.replace("\n", "\r\n")
    document = ingest([raw.encode()], source(shape))
    assert document.text == raw
    assert faults(document) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_files_of_one_source_follow_each_other(shape: str) -> None:
    document = ingest([READABLE.encode(), b"A second page stands here."], source(shape, "a.txt", "b.txt"))
    assert document.text == READABLE + "\n\nA second page stands here."
    assert faults(document) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "a.txt: not read: it is empty"),
        (b" \n\t\n", "a.txt: not read: it is empty"),
        (b"words\0words", "a.txt: not read: it is binary, not text"),
        (b"%PDF-1.7 ...", "a.txt: not read: it is a PDF, and this version reads plain text and Markdown"),
    ],
)
def test_what_is_no_text_is_unreadable(shape: str, data: bytes, cause: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        ingest([data], source(shape))
    assert str(raised.value) == cause


@pytest.mark.parametrize("shape", SHAPES)
def test_damage_is_told(shape: str) -> None:
    document = ingest([READABLE.encode() + b"caf\xe9 " + READABLE.encode() * 3], source(shape))
    assert document.encoding == "utf-8"
    assert [lost.message for lost in document.losses if lost.code == "W216"] == ["1 place(s) held bytes that fit no character"]


def test_every_reader_has_a_module_of_its_name() -> None:
    modules = {module.name for module in pkgutil.iter_modules(kb.ingest.__path__)}
    assert {shape.replace("-", "_") for shape in INGESTERS} <= modules
    assert list(INGESTERS) == ["digest", "flattened-forum", "flattened-blog", "guidance-markdown"]
