"""Names in author's places and links in running text, near-misses beside hits."""

from __future__ import annotations

import pytest

from kb.ingest.builder import Draft
from kb.ingest.links import find_links
from kb.ingest.people import RANK, add_mentions, add_speakers, add_title, role_of
from kb.model import Span


def mentions(text: str, *known: str) -> list[str]:
    draft = Draft(text)
    add_mentions(draft, [Span(0, len(text))], known)
    return [person.name for person in draft.people]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Well put, @rusty_7.", ["rusty_7"]),
        ("As @Action for B.C., says", ["Action for B.C."]),
        ("@Association for Cycling wrote", ["Association for Cycling"]),
        ("Ask @Saddle Sore about it", ["Saddle Sore"]),
        ("Write to ann@example.org", []),
        ("Thanks, Rusty, for this.", ["Rusty"]),
        ("You’re welcome Rusty!", ["Rusty"]),
        ("Thank you so much, Ann.", ["Ann"]),
        ("I agree with Rusty.", ["Rusty"]),
        ("Thanks for this.", []),
        ("Thanks, Everyone.", []),
        ("Hi NICE, are you there?", []),
        ("sorry IBS- and other patients", []),
        ("Dear Sir, I write", []),
        ("I agree with London buses on this", []),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert mentions(text, "Saddle Sore") == names


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("rusty_7 said:", ["rusty_7"]),
        ("Saddle Sore said:", ["Saddle Sore"]),
        ("The club handbook said:", []),
        ("Ann Example said:", []),
        ("NICE said:", []),
        ("They said:", []),
        ("12", []),
    ],
)
def test_heads_of_quote_boxes(label: str, names: list[str]) -> None:
    draft = Draft(label)
    add_speakers(draft, [Span(0, len(label))], ["Saddle Sore"])
    assert [(person.name, person.span.of(label)) for person in draft.people] == [(name, name) for name in names]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Ann Example, owner of Pedal News", ["Ann Example, owner of Pedal News", "Ann Example"]),
        ("Ann Example", ["Ann Example"]),
        ("always in the wrong gear", ["always in the wrong gear"]),
        ("Senior Member", []),
        ("Senior Member (Voting Rights)", []),
        ("Established Member", []),
    ],
)
def test_custom_titles(title: str, names: list[str]) -> None:
    draft = Draft(title)
    add_title(draft, Span(0, len(title)))
    assert [person.name for person in draft.people] == names


@pytest.mark.parametrize("words", ["Moderator", "New Member", "site staff", "Administrators"])
def test_ranks(words: str) -> None:
    assert RANK.fullmatch(words)


@pytest.mark.parametrize("words", ["A member of the club", "Membership", "Rusty Pedal"])
def test_no_ranks(words: str) -> None:
    assert RANK.fullmatch(words) is None


def test_roles() -> None:
    assert [role_of(name) for name in ("The Cycling Trust", "Rusty Pedal", "Trusty")] == ["organisation", "member", "member"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a.", [("https://example.org/a", "https://example.org/a", "ok")]),
        ("(https://example.org/a_(b))", [("https://example.org/a_(b)", "https://example.org/a_(b)", "ok")]),
        ("https://example.org/a...z.pdf", [("https://example.org/a...z.pdf", None, "truncated")]),
        ("https://example.org/a…", [("https://example.org/a…", None, "truncated")]),
        ("the [handbook](#)", [("handbook", None, "dead")]),
        ("the [handbook](javascript:x)", [("handbook", None, "dead")]),
        ("the [handbook](https://example.org/h)", [("handbook", "https://example.org/h", "ok")]),
        ("[**office**](mailto:o@example.org)", [("**office**", "mailto:o@example.org", "ok")]),
        ("a table, see link below:\n\nMore words.", [("see link below:", None, "lost")]),
        ("use the link below:\n\nhttps://example.org/t", [("https://example.org/t", "https://example.org/t", "ok")]),
        ("it grew (see link below) and grew.\n\nMore.", [("(see link below)", None, "lost")]),
        ("The link between oil and rust.", []),
        ("They link below the belt and above.", []),
        ("an array[1](2)", [("1", None, "dead")]),
    ],
)
def test_links(text: str, found: list[tuple[str, str | None, str]]) -> None:
    draft = Draft(text)
    find_links(draft)
    assert [(link.span.of(text), link.href, link.status) for link in draft.links] == found
