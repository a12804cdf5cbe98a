"""Bytes to text: what was found, how, and what was damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.sources import decode

WORDS = "A café’s words — five of them. " * 20


@pytest.mark.parametrize(
    ("data", "encoding", "text", "replaced"),
    [
        (b"plain", "utf-8", "plain", 0),
        ("café".encode(), "utf-8", "café", 0),
        (b"\xef\xbb\xbfmarked", "utf-8", "\ufeffmarked", 0),
        ("\ufeffwide".encode("utf-16-le"), "utf-16-le", "\ufeffwide", 0),
        ("\ufeffwide".encode("utf-16-be"), "utf-16-be", "\ufeffwide", 0),
        ("\ufeffwide".encode("utf-32-le"), "utf-32-le", "\ufeffwide", 0),
        ("\ufeffwide".encode("utf-32-be"), "utf-32-be", "\ufeffwide", 0),
        (b"it\x92s a caf\xe9", "cp1252", "it’s a café", 0),
        (b"one\r\ntwo\n", "utf-8", "one\r\ntwo\n", 0),
        (b"a \xef\xbf\xbd stays", "utf-8", "a \ufffd stays", 0),
    ],
)
def test_decode(data: bytes, encoding: str, text: str, replaced: int) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.text, decoded.replaced) == (encoding, text, replaced)


def test_a_stray_byte_does_not_make_utf_8_another_encoding() -> None:
    decoded = decode(WORDS.encode() + b"\xe9 and \xef\xbf\xbd")
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)
    assert decoded.text == WORDS + "\ufffd and \ufffd"


def test_a_few_bytes_that_do_not_fit_make_plain_words_windows_1252() -> None:
    plain = b"Plain words of a long page, saved on Windows. " * 20
    decoded = decode(plain + b"It\x92s \x93here\x94.")
    assert (decoded.encoding, decoded.replaced) == ("cp1252", 0)
    assert decoded.text.endswith("It’s “here”.")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "x.txt: not read: it is empty"),
        (b"\xef\xbb\xbf\n", "x.txt: not read: it is empty"),
        ("\u00a0\n\u00a0".encode(), "x.txt: not read: it is empty"),
        (b"one\0two", "x.txt: not read: it is binary, not text"),
        (bytes(range(1, 30)) * 4, "x.txt: not read: it is binary, not text"),
        (b"PK\x03\x04rest", "x.txt: not read: it is a ZIP archive; unpack it and add what is inside"),
        (b"%PDF-1.7 rest", "x.txt: not read: it is a PDF; in manifest.toml, give it the shape 'pdf'"),
    ],
)
def test_what_holds_no_words_is_unreadable(data: bytes, cause: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        decode(data, "x.txt")
    assert str(raised.value) == cause


def page(charset: str, words: bytes) -> bytes:
    return b'<!doctype html><html><head><meta charset="' + charset.encode() + b'"></head><body>' + words + b"</body></html>"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (page("utf-8", "café".encode()), "utf-8"),
        (page("iso-8859-2", "café".encode()), "utf-8"),
        (page("shift_jis", b"plain words"), "utf-8"),
        (page("iso-8859-1", b"it\x92s"), "cp1252"),
        (page("windows-1252", b"it\x92s"), "cp1252"),
        (page("us-ascii", b"it\x92s"), "cp1252"),
        (page("utf-8", b"it\x92s"), "cp1252"),
        (page("no-such-thing", "café".encode()), "utf-8"),
        (b"\xef\xbb\xbf" + page("shift_jis", "café".encode()), "utf-8"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\xe9</a>', "cp1252"),
        (page("iso-2022-jp", b"plain words"), "utf-8"),
        (b"The letter says charset=koi8-r and caf\xe9.", "cp1252"),
    ],
)
def test_what_a_page_declares_is_not_obeyed(data: bytes, encoding: str) -> None:
    assert decode(data).encoding == encoding


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (page("Shift_JIS", "日本語".encode("shift_jis")), "shift_jis"),
        (page("iso-8859-2", "žluť".encode("iso-8859-2")), "iso-8859-2"),
        (page("iso-2022-jp", "日本語".encode("iso-2022-jp")), "iso-2022-jp"),
        (page("no-such-thing", b"caf\xe9"), "no-such-thing"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + "слово".encode("koi8-r"), "koi8-r"),
        (b'<?xml version="1.0" encoding="EUC-JP"?><a>\xc6\xfc</a>', "euc-jp"),
    ],
)
def test_words_in_another_encoding_are_refused_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        decode(data, "x.html")
    assert str(raised.value) == f"x.html: not read: it declares the encoding {name}, which is not read; save it as UTF-8"


def test_sixteen_bits_without_a_mark_are_named() -> None:
    with pytest.raises(UnreadableSourceError, match="it looks like UTF-16 without a byte order mark; save it as UTF-8"):
        decode("words of a page".encode("utf-16-be"))


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_unreadable(data: bytes) -> None:
    assert outcome(data) in {"text", "unreadable"}


def outcome(data: bytes) -> str:
    try:
        decode(data).text.encode("utf-8")
    except UnreadableSourceError:
        return "unreadable"
    return "text"
