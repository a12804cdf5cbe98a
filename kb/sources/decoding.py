"""Bytes to text, with how it was done."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kb.errors import UnreadableSourceError
from kb.sources.markup import declared_encoding
from kb.sources.signatures import signed

WORD = re.compile(r"[^\ufeff \t\r\n\f\v\u00a0]")
ENOUGH_VALID = 0.99
"""Above this share of bytes that fit, a text that holds other UTF-8 is UTF-8 with damage, not another encoding."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; that of UTF-32 begins as that of UTF-16 does, and stands before it."""
READ_AS = frozenset({"utf-8", "cp1252", "iso8859-1", "ascii"})
"""Declared encodings, by Python's names, that our own order of trying reads rightly: HTML says that Latin-1 is Windows-1252."""
SEVEN_BITS = frozenset({"utf-7", "iso2022_jp", "iso2022_kr", "hz"})
"""Encodings whose bytes are all valid UTF-8 and mean something else; by Python's names."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


@dataclass(frozen=True)
class Decoded:
    """A file's text with its line ends as they are; a byte order mark stays as code point 0."""

    text: str
    encoding: str
    replaced: int = 0
    """How many U+FFFD stand for bytes that fitted no character."""


def decode(data: bytes, path: str = "the file") -> Decoded:
    """Read `data` by its byte order mark, else as UTF-8, damaged UTF-8, or Windows-1252, in this order.

    A few bytes that do not fit are damage only where more others prove that the text is UTF-8: nearly all of an English page
    is ASCII, whatever it was saved as. What a page declares at its head is not obeyed, as pages saved by a browser often keep a
    declaration that is no longer true; but bytes that are no UTF-8 and are declared to be something else than Windows-1252 are
    not read at all, since every word in them might be wrong.

    Raises `UnreadableSourceError`, naming `path`, where there are no words: an empty file, white space alone, another encoding,
    or binary data.
    """
    mark = signed(data)
    if mark is not None:
        raise UnreadableSourceError(path, "decode", mark.cause)
    decoded = _decoded(data)
    if not WORD.search(decoded.text):
        raise UnreadableSourceError(path, "decode", "it is empty")
    if not decoded.encoding.startswith(("utf-16", "utf-32")) and _is_binary(data):
        raise UnreadableSourceError(path, "decode", _binary(data))
    other = _other_encoding(data, decoded)
    if other:
        raise UnreadableSourceError(path, "decode", f"it declares the encoding {other}, which is not read; save it as UTF-8")
    return decoded


def _decoded(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data, encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        damaged = _replacing(data, "utf-8")
    fitting = sum(not sign.isascii() for sign in damaged.text) - damaged.text.count("\ufffd")
    if damaged.replaced <= min(fitting, (1 - ENOUGH_VALID) * len(data)):
        return damaged
    return _replacing(data, "cp1252")


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd") - data.count("\ufffd".encode(encoding, "replace")))


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\0" in data or controls > len(data) / 10


def _binary(data: bytes) -> str:
    """The cause to give for bytes that are no text."""
    few, many = sorted(data[start::2].count(0) for start in (0, 1))
    if many > len(data) / 4 and few < len(data) / 20:
        return "it looks like UTF-16 without a byte order mark; save it as UTF-8"
    return "it is binary, not text"


def _other_encoding(data: bytes, decoded: Decoded) -> str | None:
    """The encoding that a page declares, where its bytes, read in our order, would give other words."""
    stated = declared_encoding(data)
    if stated is None or data.startswith(tuple(mark for mark, _ in _MARKS)):
        return None
    try:
        name = codecs.lookup(stated).name
    except LookupError:
        return stated if decoded.encoding != "utf-8" else None
    if name in SEVEN_BITS:
        return stated if _as(data, name) != decoded.text else None
    return None if decoded.encoding == "utf-8" or name in READ_AS else stated


def _as(data: bytes, name: str) -> str:
    return data.decode(name, errors="replace")
