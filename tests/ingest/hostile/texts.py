"""Hostile plain texts."""

from __future__ import annotations

from tests.made_files import digest, sentence, words

SAID = sentence(words(0))


def one_long_line() -> bytes:
    return (SAID + " ").encode() * 8000


def one_long_word() -> bytes:
    return b"# Heading\n\n" + b"x" * 900_000


def blank_lines() -> bytes:
    return b"Heading\n" + b"\n" * 50_000 + SAID.encode()


def brackets() -> bytes:
    return b"# Heading\n\n" + b"[" * 200_000 + SAID.encode()


def quote_marks() -> bytes:
    return b"> " * 100_000 + SAID.encode()


def stars() -> bytes:
    return b"# Heading\n\n" + b"*" * 200_000 + SAID.encode() + b" **" * 50_000


def list_marks() -> bytes:
    return b"".join(b" " * level + b"- item\n" for level in range(1000)) + SAID.encode()


def spaces() -> bytes:
    return b"Heading\n\n" + (b" " * 4000 + b"x") * 150 + b"\n" + SAID.encode()


def said_lines() -> bytes:
    return b"Somebody said:\n" * 5_000 + SAID.encode()


def post_ends() -> bytes:
    return SAID.encode() + "\n\u00a0\nLast edited:\n".encode() * 5_000


def numbers() -> bytes:
    return b"".join(f"{section}.{place} A paragraph.\n\n".encode() for section in range(1, 100) for place in range(1, 100))


def table_bars() -> bytes:
    return b"# Heading\n\n" + b"|" * 100_000 + b"\n" + b"|-" * 50_000 + b"\n" + SAID.encode()


def nul() -> bytes:
    return f"{SAID}\0{SAID}\n".encode()


def digest_of_brackets() -> bytes:
    return digest(1) + b"- A statement. " + b"[section " * 50_000 + b"\n"


def digits() -> bytes:
    return b"Heading\n\nThe figure is " + b"1" * 300_000 + b"% of " + b"1," * 100_000 + b" people.\n"


def open_quotation_marks() -> bytes:
    return b"Heading\n\n" + '“ ‘ "'.encode() * 60_000 + SAID.encode()
