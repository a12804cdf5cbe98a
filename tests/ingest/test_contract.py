"""What every reader owes, whatever the text: places prove words, parts nest, passages part, nothing is lost or invented."""

from __future__ import annotations

import hashlib
import pkgutil
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kb.ingest
from kb.errors import UnreadableSourceError
from kb.ingest import INGESTERS, ingest
from kb.model import Document, Source, SourceFile, decode, encode
from kb.sources import detect
from kb.sources.detection import SHAPES
from tests.ingest.samples import EMPTY, MADE
from tests.ingest.soundness import faults

__all__ = ["faults"]

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
NAMED = re.compile(r"\d\.txt: not read: \S")
ANY_PARAGRAPHS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=60)), max_size=6)
TEXT = ("digest", "flattened-forum", "flattened-blog", "guidance-markdown")
"""Shapes whose canonical text is the file."""
TAGGED = ("xenforo-html", "forum-html", "jats", "docx")
SLOW = ("article-html", "pdf")
"""Shapes whose readers take too long to be tried on many words here."""
ALL = sorted(INGESTERS)
PARAGRAPHS = (
    "A sentence that stands in a paragraph, long enough to be one.",
    "1.1 A numbered paragraph.",
    "Another sentence, with “quotes” and a figure of 45 per cent.",
)


def source(shape: str, *paths: str) -> Source:
    files = tuple(SourceFile(path, "") for path in paths or ("a.txt",))
    return Source(id="a-source", files=files, source_kind="forum", shape=shape)


def read(shape: str, *files: bytes) -> Document | None:
    """The document, or None where the reader says with a file and a cause that there is none."""
    try:
        return ingest(files, source(shape, *(f"{number}.txt" for number in range(len(files)))))
    except UnreadableSourceError as error:
        return pytest.fail(f"{error} names no file") if not NAMED.match(str(error)) else None


@pytest.mark.parametrize("shape", TEXT)
@settings(max_examples=150, deadline=None)
@given(text=ANY_TEXT)
@example(text="\ufeff")
@example(text="Messages\n1")
@example(text="\u00a0\nLast edited:\n\u00a0")
@example(text="1. Aims of this text\t4\n2. Scope\t6")
def test_any_text_gives_a_sound_document_or_is_unreadable(shape: str, text: str) -> None:
    document = read(shape, text.encode("utf-8", "replace"))
    assert document is None or faults(document) == []


@pytest.mark.parametrize("shape", TAGGED)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs=ANY_PARAGRAPHS)
def test_any_words_in_a_frame_give_a_sound_document(shape: str, paragraphs: list[str]) -> None:
    document = read(shape, MADE[shape](paragraphs))
    assert document is None or faults(document) == []


@pytest.mark.parametrize("shape", SLOW)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paragraphs=ANY_PARAGRAPHS)
def test_some_words_in_a_frame_give_a_sound_document(shape: str, paragraphs: list[str]) -> None:
    document = read(shape, MADE[shape](paragraphs))
    assert document is None or faults(document) == []


@pytest.mark.parametrize("shape", ALL)
def test_a_good_file_gives_a_sound_document_with_its_words(shape: str) -> None:
    data = MADE[shape](PARAGRAPHS)
    document = ingest([data], source(shape))
    assert faults(document) == []
    assert "A sentence that stands in a paragraph, long enough to be one." in " ".join(document.text.split())
    assert (document.sha256, document.reader, document.source_id) == (hashlib.sha256(data).hexdigest(), shape, "a-source")
    assert len(document.file_spans) == 1


@pytest.mark.parametrize("shape", ALL)
def test_a_good_file_is_claimed_by_its_reader(shape: str) -> None:
    frames = {"flattened-forum": "\u00a0\nLast edited:\n", "guidance-markdown": "1.1 a\n\n1.2 b\n\n1.3 c\n\n1.4 d\n\n1.5 e"}
    plain = {"digest": "# Our summary of a guide\n\n- Words.", "flattened-blog": "Words."}
    texts = {shape: text.encode() for shape, text in (frames | plain).items()}
    assert detect(texts.get(shape) or MADE[shape](PARAGRAPHS), "a.txt").shape == shape


@pytest.mark.parametrize("shape", ALL)
def test_the_same_bytes_give_the_same_document(shape: str) -> None:
    data = MADE[shape](PARAGRAPHS)
    assert encode(ingest([data], source(shape))) == encode(ingest([data], source(shape)))


@pytest.mark.parametrize("shape", [*TEXT, *TAGGED])
def test_odd_words_give_the_same_document_twice(shape: str) -> None:
    data = MADE[shape](FRAGMENTS)
    assert read(shape, data) == read(shape, data)


@pytest.mark.parametrize("shape", ALL)
def test_a_document_survives_encoding(shape: str) -> None:
    document = ingest([MADE[shape](PARAGRAPHS)], source(shape))
    assert decode(encode(document), Document) == document


@pytest.mark.parametrize("shape", TEXT)
def test_the_canonical_text_is_the_file(shape: str) -> None:
    raw = "\ufeff" + MADE[shape](PARAGRAPHS).decode().replace("\n", "\r\n")
    document = ingest([raw.encode()], source(shape))
    assert document.text == raw
    assert faults(document) == []


@pytest.mark.parametrize("shape", TEXT)
def test_files_of_text_follow_each_other(shape: str) -> None:
    first = MADE[shape](PARAGRAPHS).decode()
    document = ingest([first.encode(), b"A second page stands here."], source(shape, "a.txt", "b.txt"))
    assert document.text == first + "\n\nA second page stands here."
    assert faults(document) == []


@pytest.mark.parametrize("shape", ALL)
def test_each_file_of_a_source_has_its_place(shape: str) -> None:
    files = [MADE[shape](PARAGRAPHS), MADE[shape](["A second page stands here, with words of its own."])]
    document = ingest(files, source(shape, "a.txt", "b.txt"))
    assert faults(document) == []
    assert len(document.file_spans) == 2
    assert "A second page stands here" in document.file_spans[1].of(document.text)


@pytest.mark.parametrize("shape", ALL)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"words\0words",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7 ...",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"<",
        b"<html",
        b"\xef\xbb\xbf",
    ],
)
def test_what_holds_no_words_is_unreadable_with_file_and_cause(shape: str, data: bytes) -> None:
    assert read(shape, data) is None or data in {b"<", b"<html"}


@pytest.mark.parametrize("shape", ALL)
def test_a_frame_without_words_is_no_empty_document(shape: str) -> None:
    with pytest.raises(UnreadableSourceError, match=r"a\.txt: not read: "):
        ingest([EMPTY[shape]], source(shape))


@pytest.mark.parametrize("shape", ALL)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95, 0.99])
def test_a_file_that_was_cut_off_is_sound_or_unreadable(shape: str, share: float) -> None:
    data = MADE[shape](PARAGRAPHS * 4)
    document = read(shape, data[: int(len(data) * share)])
    assert document is None or faults(document) == []


@pytest.mark.parametrize("shape", [*TEXT, "xenforo-html", "forum-html", "article-html"])
def test_damage_is_told(shape: str) -> None:
    good = MADE[shape]([*PARAGRAPHS, "A café with a terrace. " * 9])
    document = ingest([good.replace("café".encode(), b"caf\xe9", 1)], source(shape))
    assert document.encoding == "utf-8"
    assert [lost.message for lost in document.losses if lost.code == "W216"] == ["1 place(s) held bytes that fit no character"]


def test_every_reader_has_a_module_of_its_name() -> None:
    modules = {module.name for module in pkgutil.iter_modules(kb.ingest.__path__)}
    assert {shape.replace("-", "_") for shape in INGESTERS} <= modules


def test_every_shape_has_a_reader_and_a_sample() -> None:
    assert set(SHAPES) == set(INGESTERS) == set(MADE) == set(EMPTY)


def test_importing_the_table_imports_no_parser() -> None:
    heavy = {"lxml", "selectolax", "trafilatura", "pypdfium2", "pypdf", "bs4", "mammoth"}
    asked = f"import sys, kb.ingest; print(sorted({heavy!r} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
