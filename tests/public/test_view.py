"""What a forum thread of our own invention becomes in the public view."""

from __future__ import annotations

import msgspec
import pytest

from kb.extract.found import Found
from kb.extract.identified import identified
from kb.model import (
    AnyRecord,
    Author,
    Claim,
    Document,
    DocumentLink,
    Finding,
    IdCounter,
    KnowledgeBase,
    Link,
    Mention,
    Part,
    Passage,
    Person,
    Quotation,
    Reference,
    Source,
    SourceFile,
    Span,
    Work,
    make_id,
)
from kb.public import PublicView, public_view

POSTS = (
    (
        "quietfox77",
        ("The board says half of all patients recover, and quietfox77 was right to ask.", "Just thinking aloud here."),
    ),
    ("Wren", ("I was diagnosed with chronic fatigue by my GP in spring.", "The target of 50% is not an outcome.")),
)
TEXT = "\n\n".join(f"{name}\n{words[0]}\n\n{words[1]}" for name, words in POSTS)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def part_id(name: str) -> str:
    return make_id("part", name)


def thread(publish: str = "quotes") -> KnowledgeBase:
    source = Source(
        id="thread",
        files=(SourceFile("t.txt", "00"),),
        source_kind="forum",
        shape="flattened-forum",
        publish=publish,  # type: ignore[arg-type]
    )
    counter = IdCounter()
    passages = tuple(
        Passage(id=counter.next_id("passage", words), kind="paragraph", span=at(words), part=part_id(name))
        for name, bodies in POSTS
        for words in bodies
    )
    parts = tuple(
        Part(
            id=part_id(name),
            kind="post",
            span=Span(at(f"{name}\n").start, at(bodies[1]).end),
            body=Span(at(bodies[0]).start, at(bodies[1]).end),
            author=Author(name, "member"),
        )
        for name, bodies in POSTS
    )
    people = tuple(Person(name, "author", "member", at(f"{name}\n")) for name, _bodies in POSTS)
    document = Document(
        source_id="thread", sha256="00", reader="by-hand", text=TEXT, title="What Wren asked", parts=parts, passages=passages,
        people=people, links=(DocumentLink(at("Just thinking"), "https://example.org/u/quietfox77", "ok"),),
    )  # fmt: skip
    drafts: list[AnyRecord] = [
        Claim(span=at(POSTS[0][1][0]), rule="by-hand", claim_kind="figure", attributed_to="quietfox77"),
        Mention(span=at("chronic fatigue"), rule="by-hand", concept="cfs"),
        Claim(span=at(POSTS[1][1][0]), rule="by-hand", claim_kind="finding"),
        Claim(span=at(POSTS[1][1][1]), rule="by-hand", claim_kind="criticism"),
        Reference(span=at("The board"), rule="by-hand", form="title", title="Report for quietfox77", authors=("Wren", "A Board")),
        Quotation(span=at("half of all patients recover"), rule="by-hand", marked="unmarked"),
    ]
    records = identified(Found(source, document), drafts)
    work = Work(id="wworkworkwo", title="Report for quietfox77", authors=("Wren",))
    reference = next(record for record in records if isinstance(record, Reference))
    hidden = next(record for record in records if isinstance(record, Mention))
    links = (
        Link(id="l1", relation="refers-to", origin=reference.id, target=work.id),
        Link(id="l2", relation="quotes", origin=hidden.id, target=work.id),
    )
    finding = Finding(code="W202", message="the post of Wren has no body")
    return KnowledgeBase(
        sources=(source,), documents=(document,), records=records, works=(work,), links=links, findings=(finding,)
    )


@pytest.fixture(scope="module")
def view() -> PublicView:
    return public_view(thread())


def test_each_passage_has_its_reason(view: PublicView) -> None:
    assert list(view.visibility.values()) == ["shown", "gap", "withheld", "shown"]


def test_the_text_keeps_its_length_and_only_what_is_published(view: PublicView) -> None:
    text = view.knowledge.documents[0].text
    assert len(text) == len(TEXT)
    assert text.splitlines() == [
        "░░░░░░░░░░",
        "The board says half of all patients recover, and ██████████ was right to ask.",
        "",
        "░░░░ ░░░░░░░░ ░░░░░ ░░░░░",
        "",
        "░░░░",
        "░ ░░░ ░░░░░░░░░ ░░░░ ░░░░░░░ ░░░░░░░ ░░ ░░ ░░ ░░ ░░░░░░░",
        "",
        "The target of 50% is not an outcome.",
    ]


def test_records_on_what_is_not_published_are_gone(view: PublicView) -> None:
    kept = [(record.KIND, record.quote.exact[:12]) for record in view.knowledge.records]
    assert kept == [
        ("reference", "The board"),
        ("claim", "The board sa"),
        ("quotation", "half of all "),
        ("claim", "The target o"),
    ]


def test_what_is_unclear_is_published_as_no_assertion() -> None:
    base = thread()
    doubtful = tuple(
        msgspec.structs.replace(record, certainty="unclear") if isinstance(record, Claim) else record for record in base.records
    )
    unclear = msgspec.structs.replace(base, records=doubtful)
    view = public_view(unclear)
    assert [record.KIND for record in view.knowledge.records] == ["reference", "quotation"]
    assert list(view.visibility.values()) == ["shown", "gap", "withheld", "gap"]
    assert [record.KIND for record in public_view(unclear, private=True).knowledge.records].count("claim") == 3


def test_every_quote_still_proves_its_span(view: PublicView) -> None:
    text = view.knowledge.documents[0].text
    assert [record.quote.exact for record in view.knowledge.records] == [
        record.span.of(text) for record in view.knowledge.records
    ]


def test_no_name_is_left_anywhere(view: PublicView) -> None:
    everything = repr(view.knowledge).casefold()
    assert "[name withheld]" in everything
    assert "quietfox77" not in everything
    assert "wren" not in everything


def test_ids_are_those_of_the_private_records(view: PublicView) -> None:
    assert {record.id for record in view.knowledge.records} < {record.id for record in thread().records}


def test_links_lead_only_to_what_is_published(view: PublicView) -> None:
    assert [link.id for link in view.knowledge.links] == ["l1"]
    assert [work.title for work in view.knowledge.works] == ["Report for [name withheld]"]


def test_a_work_that_only_withheld_words_point_at_is_not_published() -> None:
    base = thread()
    private = msgspec.structs.replace(base, links=base.links[1:])
    assert public_view(private).knowledge.works == ()


def test_our_own_summary_of_a_thread_withholds_nothing() -> None:
    base = thread("full")
    ours = msgspec.structs.replace(base, sources=(msgspec.structs.replace(base.sources[0], digest_of="other"),))
    assert list(public_view(ours).visibility.values()) == ["shown"] * 4


def test_members_are_nobody_in_particular(view: PublicView) -> None:
    assert [part.author for part in view.knowledge.documents[0].parts] == [Author(None, "member")] * 2
    assert {record.speaker for record in view.knowledge.records} == {None}


def test_the_share_counts_code_points_of_passages(view: PublicView) -> None:
    shown = len(POSTS[0][1][0]) + len(POSTS[1][1][1])
    assert view.shares["thread"] == pytest.approx(shown / sum(len(words) for _name, bodies in POSTS for words in bodies))
    assert shown == 113


@pytest.mark.parametrize(
    ("publish", "visible"),
    [
        ("full", ["shown", "shown", "withheld", "shown"]),
        ("quotes", ["shown", "gap", "withheld", "shown"]),
        ("none", ["gap", "gap", "withheld", "gap"]),
    ],
)
def test_publish_decides_and_health_overrules_it(publish: str, visible: list[str]) -> None:
    assert list(public_view(thread(publish)).visibility.values()) == visible


def test_a_private_view_is_complete_and_says_so() -> None:
    view = public_view(thread(), private=True)
    assert view.is_private
    assert view.knowledge == thread()
    assert set(view.visibility.values()) == {"shown"}
