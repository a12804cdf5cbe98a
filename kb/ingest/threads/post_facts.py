"""Which post it is and when it was written, from the attributes of elements and the words a page shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from kb.model import Span, When
from kb.sources.threads import post_in
from kb.text.dates import find_dates, parse_date, parse_timestamp

POST_ID = re.compile(r"(?:\A|[^a-z])(?:post|comment|elComment|edit|msg|tid)[-_]?(\d{1,12})(?!\d)|\Ap(?:id)?_?(\d{1,12})\Z")


def host_id_of(attrs: Mapping[str, str | None]) -> str | None:
    """The id its attributes give a post."""
    for name in ("id", "data-content", "data-lb-id", "itemid"):
        value = attrs.get(name)
        match = POST_ID.search(value) if value else None
        identifier = (match[1] or match[2]) if match else post_in(value) if value else None
        if identifier:
            return identifier
    return None


def linked_id(attrs: Mapping[str, str | None]) -> str | None:
    """The id of the post that an element inside it is the anchor of or leads to."""
    identifier, href = attrs.get("id"), attrs.get("href")
    match = POST_ID.search(identifier) if identifier else None
    return (match[1] or match[2]) if match else post_in(href) if href and "post" in href else None


def when_of(attrs: Mapping[str, str | None], words: str) -> When | None:
    """The date that an element states in its attributes, else in its words; `raw` is what a reader sees."""
    stated = parse_date((attrs.get("datetime") or "").strip())
    stated = stated or parse_timestamp(attrs.get("data-time") or attrs.get("data-timestamp") or "")
    if stated is None:
        return shown_date(words) or shown_date(attrs.get("title") or "")
    return msgspec.structs.replace(stated, raw=words or stated.raw)


def shown_date(words: str) -> When | None:
    """The first date in a line that a page shows above a post."""
    return parse_date(words) or next((when for _, when in find_dates(words, Span(0, len(words)))), None)
