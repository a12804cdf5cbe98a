"""What an id survives, what it does not, and what becomes of a withdrawn post."""

from __future__ import annotations

import pytest

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest import INGESTERS, ingest
from kb.ingest.withdrawals import withdraw
from kb.model import Author, Document, DocumentLink, Part, Source, SourceFile, Span

END = "\n\u00a0\n"
POSTS = (
    "A chain is made of steel.\n\nIt rusts.",
    "Quiet Wheel\n\nMessages\n12\nOil it, @Rusty.",
    "A chain is made of steel.\n\nSo it is.",
)


def read(text: str, *withdrawn: str, shape: str = "flattened-forum") -> Document:
    source = Source(id="a-thread", files=(SourceFile("a.txt", ""),), source_kind="forum", shape=shape, withdrawn=withdrawn)
    return ingest([text.encode()], source)


def thread(*posts: str) -> str:
    return "On chains\n\n" + "".join(post + END for post in posts)


def ids(document: Document) -> list[str]:
    return [passage.id for passage in document.passages]


def test_a_new_post_leaves_other_ids_alone() -> None:
    before = read(thread(*POSTS))
    after = read(thread("Something new was said first.", *POSTS))
    assert ids(after)[2:] == ids(before)[1:]
    assert [part.id for part in after.parts[1:]] == [part.id for part in before.parts]


def test_white_space_and_line_breaks_leave_ids_alone() -> None:
    assert ids(read("A chain is made\nof steel.")) == ids(read("  A chain is made of steel.  "))


def test_an_edit_changes_one_id() -> None:
    before, after = ids(read(thread(*POSTS))), ids(read(thread(POSTS[0].replace("rusts", "shines"), *POSTS[1:])))
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False, True, True, True]


def test_equal_words_have_ids_of_their_own() -> None:
    document = read(thread(*POSTS))
    assert document.words(document.passages[1]) == document.words(document.passages[4])
    assert document.passages[1].id != document.passages[4].id


def test_the_first_of_equals_gives_its_id_to_the_next_when_it_goes() -> None:
    before, after = read(thread(*POSTS)), read(thread(*POSTS[1:]))
    assert after.passages[2].id == before.passages[1].id


def test_a_withdrawn_post_is_filled_over() -> None:
    before = read(thread(*POSTS))
    gone = before.parts[1]
    after = read(thread(*POSTS), gone.id)
    assert gone.span.of(after.text) == "███████████\n\n████████\n██\n███████████████"
    assert len(after.text) == len(before.text)
    assert ids(after) == ids(before)[:3] + ids(before)[4:]
    assert (after.parts[1].id, after.parts[1].is_withdrawn, after.parts[1].author and after.parts[1].author.name) == (
        gone.id,
        True,
        None,
    )
    assert (after.people, [part.is_withdrawn for part in after.parts]) == ((), [False, True, False])


def test_what_a_withdrawn_part_holds_goes_with_it_and_the_rest_stays() -> None:
    first, inside, second = (
        Part(id="saaaaaaaaaa", kind="post", span=Span(0, 8), body=Span(0, 8), author=Author("Lee", "public")),
        Part(id="sbbbbbbbbbb", kind="quotation", span=Span(4, 8), body=Span(4, 8), parent="saaaaaaaaaa", heading="Oil"),
        Part(id="scccccccccc", kind="post", span=Span(9, 13), body=Span(9, 13), author=Author("Ray", "member")),
    )
    gone, kept = DocumentLink(Span(4, 8), "https://a.example/", "ok"), DocumentLink(Span(9, 13), "https://b.example/", "ok")
    before = Document(
        source_id="a", sha256="", reader="by-hand", text="One\ntwo, four", parts=(first, inside, second), links=(gone, kept)
    )
    after = withdraw(before, ("saaaaaaaaaa",))
    assert after.text == "███\n████ four"
    assert after.links == (kept,)
    assert [(part.author, part.heading, part.is_withdrawn) for part in after.parts] == [
        (Author(None, "public"), None, True),
        (Author(None, "unknown"), None, True),
        (Author("Ray", "member"), None, False),
    ]


def test_an_id_of_nothing_withdraws_nothing() -> None:
    assert read(thread(*POSTS), "saaaaaaaaaa") == read(thread(*POSTS))


GERMAN = "Wer hier sucht, der findet nicht, und das ist kein Wunder, denn es ist niemand da, den man fragt, und kein Amt."


@pytest.mark.parametrize(
    ("stated", "body", "language"),
    [
        (None, GERMAN, "de"),
        ("en", GERMAN, "en"),
        (None, "Lamps burn.", "en"),
    ],
)
def test_the_language_is_that_of_the_words_unless_it_is_stated(stated: str | None, body: str, language: str) -> None:
    source = Source(id="a", files=(SourceFile("a.txt", ""),), source_kind="guidance", shape="guidance-markdown", language=stated)
    assert ingest([f"# Title\n\n{body}\n".encode()], source).language == language


def test_the_manifest_goes_before_the_file() -> None:
    source = Source(
        id="a",
        files=(SourceFile("a.txt", ""),),
        source_kind="forum",
        shape="flattened-forum",
        title="Mine",
        authors=("Lee",),
        language="de",
    )
    document = ingest([b"Its own title\n\nA post."], source)
    assert (document.title, document.authors, document.language) == ("Mine", ("Lee",), "de")


def test_a_source_nobody_could_read_is_unreadable_by_the_name_of_its_file() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read("Words.", shape="unread")
    assert str(raised.value) == "a.txt: not read: no reader knows what it is"


def test_a_shape_without_a_reader_is_an_error() -> None:
    with pytest.raises(SourceError) as raised:
        read("x", shape="carved-stone")
    assert (
        str(raised.value)
        == f"a-thread: no reader for the shape 'carved-stone'; in the manifest, take one of {', '.join(INGESTERS)}"
    )
