"""Works out of references: what is one work, what is two, and what we hold of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.link import Held, Linked, link
from kb.link.works import fold_address, fold_title, link_works
from kb.model import AnyRecord, Identifiers, Reference, When, Work
from tests.factory import Writer, source


def written(identifier: str, *references: dict[str, Any], **fields: Any) -> Writer:
    """A source with one passage a reference; a reference's words are its title, or "here" and its place."""
    writer = Writer(source(identifier, **fields))
    for place, given_fields in enumerate(references):
        words = f"{given_fields.get('title', 'here')} {place}"
        writer.passage(words)
        ids = Identifiers(**{key: given_fields[key] for key in ("doi", "pmid", "isbn", "nice", "url") if key in given_fields})
        rest = {key: value for key, value in given_fields.items() if key not in ids.__struct_fields__}
        writer.add(Reference, words, **({"form": "title", "ids": ids} | rest))
    return writer


def linked(*writers: Writer) -> Linked:
    sources = tuple(writer.source for writer in writers)
    documents = tuple(writer.document() for writer in writers)
    records: tuple[AnyRecord, ...] = tuple(record for writer in writers for record in writer.records())
    return link_works(Held(sources, documents), Linked(records))


def titles(made: Linked) -> list[str | None]:
    return [work.title for work in made.works]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ({"doi": "10.1/a"}, {"doi": "10.1/a", "title": "Waiting"}, 1),
        ({"doi": "10.1/a"}, {"doi": "10.1/b"}, 2),
        ({"pmid": "1"}, {"url": "https://a.example/1"}, 2),
        ({"url": "https://www.a.example/x/"}, {"url": "http://a.example/x#top"}, 1),
        ({"url": "https://a.example/x"}, {"url": "https://a.example/X"}, 2),
        ({"title": "The Waiting Guide"}, {"title": "Waiting guide"}, 1),
        ({"title": "The Waiting Guide", "year": 2012}, {"title": "Waiting Guide"}, 1),
        ({"title": "The Waiting Guide", "year": 2012}, {"title": "Waiting Guide", "year": 2013}, 2),
        ({"authors": ("Able B", "Dunn F"), "year": 2012}, {"authors": ("Able and Dunn",), "year": 2012}, 1),
        ({"authors": ("Able B",), "year": 2012}, {"authors": ("Able B",), "year": 2013}, 2),
        ({"url": "https://a.example/lo...tail"}, {"url": "https://a.example/longer-with-a-tail"}, 1),
        ({"url": "https://a.example/lo...tail"}, {"url": "https://a.example/other"}, 1),
    ],
)
def test_one_work_or_two(one: dict[str, Any], other: dict[str, Any], count: int) -> None:
    assert len(linked(written("a", one), written("b", other)).works) == count


def test_an_address_cut_short_that_nothing_completes_makes_no_work() -> None:
    made = linked(written("a", {"url": "https://a.example/lo...tail"}))
    assert (made.works, made.links) == ((), ())


def test_references_are_joined_through_a_third_and_their_other_ids_redirect() -> None:
    made = linked(
        written("a", {"pmid": "7"}, {"doi": "10.1/a"}), written("b", {"doi": "10.1/a", "pmid": "7", "title": "Waiting"})
    )
    assert [(work.title, work.ids.doi, work.ids.pmid) for work in made.works] == [("Waiting", "10.1/a", "7")]
    names = [linked(written("c", name)).works[0].id for name in ({"doi": "10.1/a"}, {"pmid": "7"}, {"title": "Waiting"})]
    assert [made.works[0].id, *made.works[0].aliases] == names
    assert [alias.id for alias in made.aliases] == names[1:]
    assert {alias.target for alias in made.aliases} == {made.works[0].id}
    assert [link.relation for link in made.links] == ["refers-to", "refers-to", "refers-to"]


def test_the_id_is_taken_over_the_best_identifier() -> None:
    alone = linked(written("a", {"doi": "10.1/a"})).works[0]
    together = linked(written("b", {"title": "Waiting Twice", "doi": "10.1/a", "pmid": "7"})).works[0]
    assert alone.id == together.id


def test_small_words_of_a_link_name_a_work_only_in_their_own_document() -> None:
    made = linked(written("a", {"title": "full guidance"}, {"title": "full guidance"}), written("b", {"title": "full guidance"}))
    assert titles(made) == ["full guidance", "full guidance"]


def test_a_work_is_held_as_the_source_of_its_title_but_not_as_a_thread_or_digest_of_it() -> None:
    reference = {"title": "The Waiting Guide"}
    guide = written("guide", title="Waiting Guide")
    thread = written("thread", reference, title="The Waiting Guide", source_kind="forum")
    digest = written("digest", title="Waiting Guide", digest_of="guide")
    other_year = written("other", title="Waiting Guide", date=When("2011", "year", "2011"))
    made = linked(guide, thread, digest, other_year, written("dated", reference | {"year": 2012}))
    assert [link.target for link in made.links if link.relation == "held-as"] == ["guide"]


def test_a_thread_is_held_as_what_its_address_names() -> None:
    made = linked(written("thread", {"url": "https://a.example/t/1/"}, source_kind="forum", url="http://www.a.example/t/1"))
    assert [link.target for link in made.links if link.relation == "held-as"] == ["thread"]


def test_a_bibliographic_reference_describes_a_work_better_than_a_bare_identifier() -> None:
    entry = {
        "form": "bibliographic",
        "doi": "10.1/a",
        "title": "Waiting",
        "authors": ("Able B",),
        "year": 2012,
        "container": "Inv Med",
    }
    made = linked(written("a", {"form": "doi", "doi": "10.1/a", "title": "Wait"}), written("b", entry))
    described = made.works[0]
    assert (described.title, described.authors, described.year, described.container) == ("Waiting", ("Able B",), 2012, "Inv Med")


@pytest.mark.parametrize(
    ("title", "folded"),
    [("The Waiting  Guide.", "waiting guide"), ("A guide: to “Waiting”", "guide to waiting"), ("Theory", "theory"), ("", "")],
)
def test_fold_title(title: str, folded: str) -> None:
    assert fold_title(title) == folded


@given(st.text())
def test_folding_an_address_twice_changes_nothing_more(url: str) -> None:
    once = fold_address("https://a.example/" + url)
    assert fold_address(once) == once


@given(
    st.lists(st.sampled_from([("doi", "10.1/a"), ("pmid", "7"), ("title", "The Waiting Guide"), ("url", "https://a.example/")]))
)
def test_every_reference_that_names_something_refers_to_exactly_one_work(named: list[tuple[str, str]]) -> None:
    made = linked(written("a", *[{key: value} for key, value in named]))
    assert len(made.links) == len(named)
    assert {link.target for link in made.links} == {work.id for work in made.works}


def test_link_runs_the_whole_table() -> None:
    writer = written("a", {"doi": "10.1/a"})
    made = link([writer.source], [writer.document()], writer.records())
    assert [type(work) for work in made.works] == [Work]
    assert made == link([writer.source], [writer.document()], writer.records())
