"""A digest's records give way to those of its original, where it is held."""

from __future__ import annotations

from kb.link import DigestSpans, Held, Linked
from kb.link.digests import link_digests
from kb.model import AnyRecord, Claim, Mention, Span
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
