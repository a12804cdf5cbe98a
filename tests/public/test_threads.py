"""Threads with quotation blocks in the public view: no name in a head, an address or a block; nothing of a withdrawn post."""

from __future__ import annotations

import msgspec
import pytest

from kb.extract import extract
from kb.ingest.withdrawals import withdraw
from kb.ingest.writer import Writer
from kb.model import Author, Document, DocumentLink, KnowledgeBase, QuoteOf, Source, encode
from kb.public import MASK, public_view
from tests.written import HERON, OTTER, POST, READING, knowledge, opened_post, source, thread


def published(held: Source, document: Document) -> str:
    """Everything of the public view, as one JSON text."""
    return encode(public_view(knowledge((held, document))).knowledge).decode()


def test_no_name_of_a_member_is_in_the_public_view_of_a_thread() -> None:
    shown = published(*thread())
    assert [name for name in (OTTER, HERON, "A heron of few words") if name in shown] == []


def test_a_quotation_block_keeps_its_words_and_what_it_repeats() -> None:
    held, document = thread()
    view = public_view(knowledge((held, document))).knowledge
    blocks = [part for part in view.documents[0].parts if part.kind == "quotation"]
    assert [block.quote_of.part is not None for block in blocks if block.quote_of] == [True, True, False]
    assert blocks[0].body.of(view.documents[0].text) == POST


@pytest.mark.parametrize(
    ("words", "href", "shown"),
    [
        (f"@{HERON}", "https://forum.example.org/find?q=it", None),
        ("the one who asked", "https://forum.example.org/members/heron-seventy.77/", None),
        ("the one who asked", "https://forum.example.org/member.php?u=77", None),
        ("the one who asked", f"https://forum.example.org/find?q={HERON}", None),
        ("the members", "https://example.org/membership/rules", "https://example.org/membership/rules"),
        ("the rules", "https://example.org/rules", "https://example.org/rules"),
    ],
)
def test_an_address_that_says_who_somebody_is_stays_private(words: str, href: str, shown: str | None) -> None:
    held = source("quiet-thread", "forum", "xenforo-html")
    writer = Writer()
    with opened_post(writer, 1, HERON):
        writer.write("paragraph", f"Look at what {words} wrote.")
    document = writer.finish(READING, held)
    start = document.text.index(words)
    link = DocumentLink(msgspec.structs.replace(document.passages[0].span, start=start, end=start + len(words)), href, "ok")
    linked = msgspec.structs.replace(document, links=(link,))
    view = public_view(KnowledgeBase(sources=(held,), documents=(linked,), records=())).knowledge
    assert [each.href for each in view.documents[0].links] == [shown]


def post(document: Document, number: int) -> str:
    return next(part.id for part in document.parts if part.number == number)


def test_a_withdrawn_post_is_gone_from_the_blocks_that_quote_it() -> None:
    held, document = thread()
    taken_back = withdraw(document, (post(document, 1),))
    assert POST not in taken_back.text
    assert len(taken_back.text) == len(document.text)
    assert "Then the share of 18%" in taken_back.text
    blocks = [part for part in taken_back.parts if part.kind == "quotation"]
    assert (blocks[0].is_withdrawn, blocks[0].quote_of) == (True, None)
    assert [record for record in extract(held, taken_back) if POST[:20] in record.quote.exact] == []


def test_a_block_that_quotes_another_post_stays() -> None:
    _, document = thread()
    taken_back = withdraw(document, (post(document, 1),))
    assert [part.is_withdrawn for part in taken_back.parts if part.kind == "quotation"] == [True, False, False]


def test_a_name_stays_masked_where_others_still_call_it() -> None:
    held, document = thread()
    taken_back = withdraw(document, (post(document, 2),))
    assert HERON in {person.name for person in taken_back.people}
    assert HERON not in published(held, taken_back)


def test_a_member_s_health_is_withheld_in_the_block_of_an_organisation_too() -> None:
    held = source("quiet-thread", "forum", "xenforo-html")
    writer = Writer()
    with writer.part("post", number=1, author=Author("Example Health Board", "organisation")):
        with writer.part("quotation", quote_of=QuoteOf(OTTER, "7")):
            writer.write("paragraph", "I was diagnosed with asthma by my GP in spring.")
        writer.write("paragraph", "We are sorry to hear that.")
    document = writer.finish(READING, held)
    view = public_view(knowledge((held, document)))
    assert [view.visibility[passage.id] for passage in document.passages] == ["withheld", "shown"]
    assert MASK not in view.knowledge.documents[0].text
