"""Bytes to text, with how it was done."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from kb.errors import UnreadableSourceError

ENOUGH_VALID = 0.99
"""Above this share of bytes that fit, a text that holds other UTF-8 is UTF-8 with damage, not another encoding."""

# Magic numbers of the formats people try first; the message should say what the file is.
MAGIC: dict[bytes, str] = {
    b"%PDF-": "it is a PDF, and this version reads plain text and Markdown",
    b"PK\x03\x04": "it is a ZIP container such as DOCX or EPUB, and this version reads plain text and Markdown",
    b"\xd0\xcf\x11\xe0": "it is an old Office file, and this version reads plain text and Markdown",
    b"{\\rtf": "it is RTF, and this version reads plain text and Markdown",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
    b"GIF8": "it is a picture",
    b"\x1f\x8b": "it is compressed",
}
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
    is ASCII, whatever it was saved as.

    Raises `UnreadableSourceError`, naming `path`, where there are no words: an empty file, white space alone, or binary data.
    """
    cause = next((why for magic, why in MAGIC.items() if data.startswith(magic)), None)
    if cause:
        raise UnreadableSourceError(path, "decode", cause)
    decoded = _decoded(data)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise UnreadableSourceError(path, "decode", "it is empty")
    if not decoded.encoding.startswith("utf-16") and _is_binary(data):
        raise UnreadableSourceError(path, "decode", "it is binary, not text")
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
