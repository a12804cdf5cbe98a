"""Hostile files, each read as a build reads it: no crash of ours, no silent emptiness, no limit left behind.

Every file ends as a document with words or as a message that names file and cause. `-m thorough` damages the good files as often
as is promised; the normal run a tenth as often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest.processes.supervisor import LOOK, Outcome, Supervisor
from kb.model import Document, Source, SourceFile, decode
from kb.reading import WORKER, job_of
from kb.sources import detect
from kb.store.cache import Reading
from tests.ingest.hostile import markup, pdfs, texts, zips
from tests.ingest.hostile.damage import FOLDERS, cuts, flips, real_files
from tests.made_files import MADE, SUFFIXES

A_DOCUMENT = "a document"
TOO_DEEP = "its elements are nested deeper than 500, as on no page that people read"
NO_WORDS = "no words were found in it but those of its frame"
BINARY = "it is binary, not text"
DAMAGE = [pytest.param(0.1, id="tenth"), pytest.param(1.0, id="whole", marks=pytest.mark.thorough)]


class Hostile(NamedTuple):
    """A file's shape, what makes it, and what is to become of it: a document, or the cause in the message."""

    shape: str
    make: Callable[[], bytes]
    expected: str


PAGES = [
    Hostile("xenforo-html", markup.deep_thread, TOO_DEEP),
    Hostile("xenforo-html", markup.deep_inline_thread, TOO_DEEP),
    Hostile("xenforo-html", markup.deep_list_thread, TOO_DEEP),
    Hostile("xenforo-html", markup.deep_table_thread, TOO_DEEP),
    Hostile("xenforo-html", markup.nested_quotes_thread, A_DOCUMENT),
    Hostile("xenforo-html", markup.unclosed_tags_thread, TOO_DEEP),
    Hostile("xenforo-html", markup.unclosed_links_thread, TOO_DEEP),
    Hostile("xenforo-html", markup.unclosed_paragraphs_thread, A_DOCUMENT),
    Hostile("xenforo-html", markup.long_attribute_thread, A_DOCUMENT),
    Hostile("xenforo-html", markup.nul_thread, BINARY),
    Hostile("xenforo-html", markup.cyclic_quotes, A_DOCUMENT),
    Hostile("xenforo-html", markup.self_quotes, A_DOCUMENT),
    Hostile("xenforo-html", markup.duplicate_posts, A_DOCUMENT),
    Hostile("xenforo-html", markup.no_posts, "no post of a XenForo thread was found in it"),
    Hostile("xenforo-html", markup.empty_posts, A_DOCUMENT),
    Hostile("xenforo-html", markup.three_thousand_posts, A_DOCUMENT),
    Hostile("forum-html", markup.deep_microdata, TOO_DEEP),
    Hostile("forum-html", markup.nested_quotes_microdata, A_DOCUMENT),
    Hostile("forum-html", markup.unclosed_tags_microdata, TOO_DEEP),
    Hostile("forum-html", markup.nested_comments_microdata, A_DOCUMENT),
    Hostile("article-html", markup.deep_article, TOO_DEEP),
    Hostile("article-html", markup.nested_quotes_article, TOO_DEEP),
    Hostile("article-html", markup.unclosed_tags_article, TOO_DEEP),
    Hostile("article-html", markup.unclosed_paragraphs_article, A_DOCUMENT),
    Hostile("article-html", markup.long_attribute_article, A_DOCUMENT),
    Hostile("article-html", markup.nul_article, BINARY),
    Hostile("article-html", markup.deep_statements_article, A_DOCUMENT),
    Hostile(
        "article-html", markup.wordless_article, "its text is loaded by JavaScript; save the page from a browser with its content"
    ),
    Hostile("article-html", markup.five_thousand_cells, A_DOCUMENT),
]
OWN_ENTITIES = "entity expansion refused: the file declares entities of its own"
ARTICLES = [
    Hostile("jats", markup.entity_bomb, "line 1: entity expansion refused"),
    Hostile("jats", markup.quadratic_entities, "line 1: entity expansion refused"),
    Hostile("jats", markup.external_entity, OWN_ENTITIES),
    Hostile("jats", markup.external_parameter_entity, OWN_ENTITIES),
    Hostile("jats", markup.external_document_type, A_DOCUMENT),
    Hostile("jats", markup.xinclude, A_DOCUMENT),
    Hostile("jats", markup.deep_xml, "line 1: elements are nested deeper than 256"),
    Hostile("jats", markup.deep_inline_xml, "line 1: elements are nested deeper than 256"),
    Hostile("jats", markup.many_xml_attributes, A_DOCUMENT),
    Hostile("jats", markup.circular_references, A_DOCUMENT),
    Hostile("jats", markup.wide_spanning_table, A_DOCUMENT),
    Hostile("jats", markup.xml_with_nul, "line 1: it is not well-formed XML: Invalid character: Char 0x0 out of allowed range"),
    Hostile("jats", markup.xml_of_a_wrong_encoding, "line 1: it is not well-formed XML: Invalid bytes in character encoding"),
    Hostile("jats", markup.xml_with_an_unknown_encoding, "line 1: it is not well-formed XML: Unsupported encoding: x-invented"),
    Hostile("jats", markup.xml_cut_in_a_tag, "line 1: it is not well-formed XML: expected '>'"),
]
IN_WORD = "word/document.xml: not read: "
WORD = [
    Hostile("docx", zips.bomb, "it would unpack to 510 MB"),
    Hostile(
        "docx",
        zips.bomb_that_states_a_small_size,
        "word/document.xml in its ZIP container is damaged (Bad CRC-32 for file 'word/document.xml')",
    ),
    Hostile("docx", zips.bomb_in_a_picture, "it would unpack to 510 MB"),
    Hostile("docx", zips.entity_bomb, IN_WORD + "line 1: entity expansion refused"),
    Hostile("docx", zips.external_entity, IN_WORD + OWN_ENTITIES),
    Hostile("docx", zips.deep_tables, IN_WORD + "line 1: elements are nested deeper than 256"),
    Hostile("docx", zips.deep_xml, IN_WORD + "line 1: elements are nested deeper than 256"),
    Hostile("docx", zips.password, "it is an Office file locked with a password; save it without the password"),
    Hostile("docx", zips.member_outside, "its ZIP container names a place outside itself: '../../outside.xml'"),
    Hostile("docx", zips.thirty_thousand_members, "its ZIP container has 30,005 members, more than 10,000"),
    Hostile("docx", zips.encrypted_member, "its ZIP container needs a password"),
    Hostile("docx", zips.no_document, "its text is missing (word/document.xml)"),
    Hostile("docx", zips.no_words, NO_WORDS),
    Hostile("docx", zips.relations_loop, NO_WORDS),
    Hostile("docx", zips.style_based_on_itself, A_DOCUMENT),
    Hostile(
        "docx",
        zips.nul_in_the_document,
        IN_WORD + "line 1: it is not well-formed XML: Invalid character: Char 0x0 out of allowed range",
    ),
    Hostile("docx", zips.half_a_container, "its ZIP container is damaged (File is not a zip file)"),
]
DAMAGED = "it is damaged: no page of it could be opened"
TOO_MUCH = "page 1 expands past the limit"
PDFS = [
    Hostile("pdf", pdfs.page_tree_loop, "none of its pages could be opened"),
    Hostile("pdf", pdfs.page_tree_loop_beside_a_page, A_DOCUMENT),
    Hostile("pdf", pdfs.two_thousand_million_pages, A_DOCUMENT),
    Hostile("pdf", pdfs.ten_thousand_times_one_page, NO_WORDS),
    Hostile("pdf", pdfs.deep_page_tree, "it expands past the limit before its first page"),
    Hostile("pdf", pdfs.content_bomb, TOO_MUCH),
    Hostile("pdf", pdfs.content_bomb_in_a_bomb, TOO_MUCH),
    Hostile("pdf", pdfs.operator_bomb, TOO_MUCH),
    Hostile("pdf", pdfs.letters_bomb, TOO_MUCH),
    Hostile("pdf", pdfs.state_bomb, TOO_MUCH),
    Hostile("pdf", pdfs.deep_array, A_DOCUMENT),
    Hostile("pdf", pdfs.form_that_draws_itself, "reading it took more than 512 MB of memory"),
    Hostile("pdf", pdfs.table_that_follows_itself, A_DOCUMENT),
    Hostile("pdf", pdfs.outline_loop, A_DOCUMENT),
    Hostile("pdf", pdfs.password, "it needs a password"),
    Hostile("pdf", pdfs.copying_forbidden, A_DOCUMENT),
    Hostile("pdf", pdfs.no_words, "no page of it holds words"),
    Hostile("pdf", pdfs.nul_between_objects, A_DOCUMENT),
    Hostile("pdf", pdfs.head_alone, DAMAGED),
    Hostile("pdf", pdfs.huge_page, A_DOCUMENT),
    Hostile("pdf", pdfs.no_font, A_DOCUMENT),
    Hostile("pdf", pdfs.cut_in_half, DAMAGED),
]
TEXTS = [
    Hostile(shape, make, BINARY if make is texts.nul else A_DOCUMENT)
    for make in (
        texts.one_long_line,
        texts.one_long_word,
        texts.blank_lines,
        texts.brackets,
        texts.quote_marks,
        texts.stars,
        texts.list_marks,
        texts.spaces,
        texts.said_lines,
        texts.post_ends,
        texts.numbers,
        texts.table_bars,
        texts.nul,
        texts.digest_of_brackets,
        texts.digits,
        texts.open_quotation_marks,
    )
    for shape in ("digest", "flattened-forum", "flattened-blog", "guidance-markdown")
]
SLOW = (
    markup.unclosed_paragraphs_article,
    markup.long_attribute_article,
    markup.three_thousand_posts,
    pdfs.ten_thousand_times_one_page,
    pdfs.operator_bomb,
    pdfs.state_bomb,
    texts.post_ends,
)
"""What takes more than a second each, and so more than its share of every day's run."""
TABLE = [*PAGES, *ARTICLES, *WORD, *PDFS, *TEXTS]


@pytest.fixture(scope="module")
def supervisor() -> Iterator[Supervisor]:
    with Supervisor(WORKER, 2) as shared:
        yield shared


def source(shape: str, name: str) -> Source:
    return Source(id="hostile", files=(SourceFile(name, ""),), source_kind="critique", shape=shape)


def read(supervisor: Supervisor, shape: str, name: str, files: Iterable[bytes]) -> list[Outcome]:
    return list(supervisor.outcomes(job_of(source(shape, name), [data], has_records=False) for data in files))


def became(outcome: Outcome) -> str:
    """What became of a file: "a document" where it has words, else all that is said."""
    document: Document | None = decode(outcome.payload, Reading).document if outcome.payload else None
    has_words = document is not None and any(passage.span.of(document.text).strip() for passage in document.passages)
    return A_DOCUMENT if has_words else str(outcome.error)


def is_sound(outcome: Outcome) -> bool:
    """Whether a file became a document with words, or a message that names file and cause and no fault of ours."""
    said = became(outcome)
    is_named = said.startswith(f"{outcome.job.name}: ") and ": not read: " in said
    is_ours = "please report" in said or "crashed" in said
    return said == A_DOCUMENT or (isinstance(outcome.error, UnreadableSourceError) and is_named and not is_ours)


CASES = [
    pytest.param(
        hostile,
        id=f"{hostile.shape}-{hostile.make.__name__}",
        marks=[pytest.mark.thorough] if hostile.make in SLOW else [],
    )
    for hostile in TABLE
]


@pytest.mark.parametrize("hostile", CASES)
def test_a_hostile_file_becomes_what_it_should(supervisor: Supervisor, hostile: Hostile) -> None:
    name = f"hostile.{SUFFIXES.get(hostile.shape, 'txt')}"
    (outcome,) = read(supervisor, hostile.shape, name, [hostile.make()])
    assert became(outcome).removeprefix(f"{name}: ").removeprefix("not read: ") == hostile.expected
    assert is_sound(outcome)
    assert b"root:" not in (outcome.payload or b"")
    assert outcome.seconds < 10 + 2 * LOOK
    assert outcome.megabytes < 1024  # twice the limit, where the operating system stops what grows between two looks


def seen(files: Iterable[bytes], name: str) -> set[str]:
    """The shapes that detection sees in files, "none" where it has a reason to see none."""
    return {shape_of(data, name) for data in files}


def shape_of(data: bytes, name: str) -> str:
    try:
        return detect(data, name).shape
    except SourceError:
        return "none"


@pytest.mark.parametrize("share", DAMAGE)
@pytest.mark.parametrize("shape", MADE)
def test_made_files_may_be_damaged(supervisor: Supervisor, shape: str, share: float) -> None:
    data, name = MADE[shape](1), f"made.{SUFFIXES.get(shape, 'txt')}"
    damaged = [data, *cuts(data, int(share * 50)), *flips(data, int(share * 500))]
    outcomes = read(supervisor, shape, name, damaged)
    assert became(outcomes[0]) == A_DOCUMENT
    assert [became(outcome) for outcome in outcomes if not is_sound(outcome)] == []
    assert shape in seen(damaged, name)


@pytest.mark.parametrize("share", DAMAGE)
@pytest.mark.parametrize("folder", FOLDERS)
def test_real_files_may_be_cut_anywhere(supervisor: Supervisor, real: Path, folder: str, share: float) -> None:
    files = real_files(real / "inputs", folder)
    outcomes = [
        outcome
        for name, data in files.items()
        for outcome in read(supervisor, shape_of(data, name), name, cuts(data, int(share * 20)))
    ]
    assert len(outcomes) == int(share * 20) * len(files)
    assert [became(outcome) for outcome in outcomes if not is_sound(outcome)] == []


@pytest.mark.parametrize("share", DAMAGE)
@pytest.mark.parametrize("folder", FOLDERS)
def test_bytes_of_real_files_may_be_changed(supervisor: Supervisor, real: Path, folder: str, share: float) -> None:
    files = sorted(real_files(real / "inputs", folder).items(), key=lambda file: len(file[1]))
    name, data = next((name, data) for name, data in files if shape_of(data, name) != "none")
    damaged = list(flips(data, int(share * 500)))
    outcomes = read(supervisor, shape_of(data, name), name, damaged)
    assert len(outcomes) == int(share * 500)
    assert [became(outcome) for outcome in outcomes if not is_sound(outcome)] == []
    assert seen(damaged, name) != set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_real_files_are_read_or_refused_within_limits(supervisor: Supervisor, real: Path, folder: str) -> None:
    files = real_files(real / "inputs", folder)
    outcomes = [read(supervisor, shape_of(data, name), name, [data])[0] for name, data in files.items()]
    assert [became(outcome) for outcome in outcomes if not is_sound(outcome)] == []
