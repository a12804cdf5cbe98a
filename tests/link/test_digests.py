"""A digest's records give way to those of its original, where it is held."""

from __future__ import annotations

from kb.link import DigestSpans, Held, Linked, link
from kb.link.digests import link_digests
from kb.model import AnyRecord, Claim, Classification, Mention, Reference, Span
from tests.factory import Writer, source


def original() -> Writer:
    writer = Writer(source("original"))
    writer.passage("Of the clinics 12 % were closed. Waiting is long.")
    writer.add(Claim, "Of the clinics 12 % were closed.", claim_kind="figure", figures=(writer.figure("12 %", 12),))
    writer.add(Claim, "Waiting is long.", claim_kind="finding")
    writer.add(Mention, "Waiting", concept="waiting")
    return writer


def digest() -> Writer:
    writer = Writer(source("digest", digest_of="original"))
    writer.passage("One clinic in eight was closed, 12 %.")
    writer.add(Claim, "One clinic in eight was closed, 12 %.", claim_kind="figure", figures=(writer.figure("12 %", 12),))
    writer.passage("People wait.")
    writer.add(Claim, "People wait.", claim_kind="finding")
    writer.add(Mention, "wait", concept="delay")
    writer.passage("Nobody says this.")
    writer.add(Claim, "Nobody says this.", claim_kind="finding")
    return writer


def outcome(writers: list[Writer], spans: DigestSpans) -> tuple[list[str], list[tuple[str, str]]]:
    """Words of the records that stay, and of both ends of the aliases."""
    records: tuple[AnyRecord, ...] = tuple(record for writer in writers for record in writer.records())
    held = Held(tuple(writer.source for writer in writers), tuple(writer.document() for writer in writers), spans)
    made = link_digests(held, Linked(records))
    words = {record.id: record.quote.exact for record in records}
    return [record.quote.exact for record in made.records], [(words[alias.id], words[alias.target]) for alias in made.aliases]


def test_a_record_becomes_an_alias_of_the_one_on_the_place_it_restates() -> None:
    spans = {"digest": ((Span(0, 37), Span(0, 49)), (Span(39, 51), Span(33, 49)))}
    stayed, aliases = outcome([original(), digest()], spans)
    assert aliases == [
        ("One clinic in eight was closed, 12 %.", "Of the clinics 12 % were closed."),
        ("People wait.", "Waiting is long."),
    ]
    assert stayed[3:] == ["wait", "Nobody says this."]


def test_without_the_original_everything_stays() -> None:
    stayed, aliases = outcome([digest()], {"digest": ((Span(0, 37), Span(0, 49)),)})
    assert (len(stayed), aliases) == (4, [])


def test_without_spans_everything_stays() -> None:
    stayed, aliases = outcome([original(), digest()], {})
    assert (len(stayed), aliases) == (7, [])


def test_of_two_entries_on_the_place_the_one_of_the_same_label_answers() -> None:
    full, ours = Writer(source("original")), Writer(source("digest", digest_of="original"))
    full.passage("1. A long report on the price of waiting. 2. Rest.")
    full.add(Reference, "1. A long report on the price of waiting.", form="bibliographic", label="1")
    full.add(Reference, "2. Rest.", form="bibliographic", label="2")
    ours.passage("It lists two works, the second on rest.")
    ours.add(Reference, "the second on rest", form="bibliographic", label="2")
    spans = {"digest": ((Span(0, 39), Span(0, 50)),)}
    assert outcome([full, ours], spans)[1] == [("the second on rest", "2. Rest.")]


def test_to_have_no_label_is_nothing_in_common() -> None:
    full, ours = Writer(source("original")), Writer(source("digest", digest_of="original"))
    full.passage("A long report on the price of waiting. Rest.")
    full.add(Reference, "A long report on the price of waiting.", form="bibliographic", label="1")
    full.add(Reference, "Rest.", form="bibliographic")
    ours.passage("It lists two works.")
    ours.add(Reference, "two works", form="bibliographic")
    spans = {"digest": ((Span(0, 19), Span(0, 44)),)}
    assert outcome([full, ours], spans)[1] == [("two works", "A long report on the price of waiting.")]


def test_of_two_placements_on_the_place_the_one_of_the_same_condition_answers() -> None:
    full, ours = Writer(source("original")), Writer(source("digest", digest_of="original"))
    placed = {"category": "joints", "stance": "asserts", "placement": "example-of"}
    full.passage("Gout, which comes and goes with the seasons, is listed; so is lumbago.")
    full.add(Classification, "Gout, which comes and goes with the seasons, is listed", condition="gout", **placed)
    full.add(Classification, "so is lumbago", condition="lumbago", **placed)
    ours.passage("Both are counted as joints.")
    ours.add(Classification, "Both are counted", condition="lumbago", **placed)
    spans = {"digest": ((Span(0, 27), Span(0, 70)),)}
    assert outcome([full, ours], spans)[1] == [("Both are counted", "so is lumbago")]


def test_link_takes_the_places_digests_restate() -> None:
    writers = [original(), digest()]
    records: tuple[AnyRecord, ...] = tuple(record for writer in writers for record in writer.records())
    sources, documents = [writer.source for writer in writers], [writer.document() for writer in writers]
    made = link(sources, documents, records, digest_spans={"digest": ((Span(0, 37), Span(0, 49)),)})
    assert len(made.aliases) == 1
