"""Detection runs in the main process: no page may make it slow, whatever stands in it."""

from __future__ import annotations

import time

import pytest

from kb.errors import SourceError
from kb.sources import detect
from kb.sources.corpus import described
from kb.sources.gathering import saved_page

SIZE = 200_000
SECONDS = 8.0
"""Ten times what the slowest of these takes on a slow machine; what is quadratic takes minutes."""
POST = '<html id="XF"><a class="js-post bbWrapper">'


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        ("<html>", "<meta name=generator content="),
        ("<html>", '<meta property="og:url" '),
        ("<html>", '<link href="'),
        ("<html>", "<html id="),
        ("<html>", "<a "),
        ("<html>", '<a class="js-post '),
        ("<html>", "<!--"),
        ("<html>", "<script "),
        ("<html>", "<div>"),
        ("<html>", "<title"),
        ("<html>", "</p "),
        (POST, 'href="/threads/'),
        (POST, "pageNav-page--current"),
        (POST + "<meta ", "x"),
        ("<?xml version='1.0'?>", "<article "),
        ("<?xml ", "<?xml "),
        ("<!DOCTYPE a ", "["),
        ("", '{"a":'),
        ("", '"a,'),
        ("", "From: x\n"),
        ("", "Messages\n"),
        ("", "1.1 x\n"),
        ("x", "\n"),
        ("x\n", "\u00a0 "),
    ],
)
def test_a_page_of_repeated_pieces_is_looked_at_in_time(begin: str, again: str) -> None:
    data = (begin + again * (SIZE // len(again))).encode()
    started = time.process_time()
    saved_page(described(data, "x", "x"), data)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("again", [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\xff" * 4])
def test_a_zip_of_repeated_pieces_is_looked_at_in_time(again: bytes) -> None:
    started = time.process_time()
    with pytest.raises(SourceError, match="it is a ZIP archive"):
        detect(b"PK\x03\x04" + again * (SIZE // 4), "x")
    assert time.process_time() - started < SECONDS
