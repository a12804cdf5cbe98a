"""Hostile Word documents."""

from __future__ import annotations

import struct

from tests.ingest.hostile.markup import ENTITY_BOMB, EXTERNAL
from tests.ingest.hostile.pdfs import zeros
from tests.made_files import docx, docx_members, sentence, word_paragraph, words, zipped

SAID = sentence(words(0))
BOMB_MEGABYTES = 510
SIGNED, LISTED = b"PK\x03\x04", b"PK\x01\x02"


def document(body: str, prolog: str = "", **members: bytes) -> bytes:
    return zipped(docx_members(body, prolog) | members)


def packed_member(name: str, packed: bytes, size: int, checksum: int = 0) -> tuple[bytes, bytes]:
    """One member's head with its compressed bytes, and its line in the directory, which states a size of our own."""
    sizes = struct.pack("<III", checksum, len(packed), size)
    lengths = struct.pack("<HH", len(name), 0)
    head = SIGNED + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + lengths + name.encode() + packed
    line = LISTED + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes + lengths + struct.pack("<HHHII", 0, 0, 0, 0, 0)
    return head, line + name.encode()


def with_packed(name: str, packed: bytes, stated: int) -> bytes:
    """A Word document of which one member is given compressed, with the size that its directory is to state."""
    members = docx_members(word_paragraph(SAID))
    members.pop(name, None)
    made = zipped(members)
    end = made.rindex(b"PK\x05\x06")
    count, length, start = struct.unpack("<HII", made[end + 10 : end + 20])
    head, line = packed_member(name, packed, stated)
    line = line[:42] + struct.pack("<I", start) + line[46:]
    directory = made[start : start + length] + line
    closing = struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(directory), start + len(head), 0)
    return made[:start] + head + directory + b"PK\x05\x06" + closing


def bomb() -> bytes:
    return with_packed("word/document.xml", zeros(BOMB_MEGABYTES)[2:-4], BOMB_MEGABYTES * 1024 * 1024)


def bomb_that_states_a_small_size() -> bytes:
    return with_packed("word/document.xml", zeros(BOMB_MEGABYTES)[2:-4], 5000)


def bomb_in_a_picture() -> bytes:
    return with_packed("word/media/image1.png", zeros(BOMB_MEGABYTES)[2:-4], BOMB_MEGABYTES * 1024 * 1024)


def entity_bomb() -> bytes:
    return document(word_paragraph(SAID + " &l9;"), ENTITY_BOMB.replace("article", "w:document"))


def external_entity() -> bytes:
    return document(word_paragraph(SAID + " &secret;"), EXTERNAL.replace("article", "w:document"))


def deep_tables() -> bytes:
    return document("<w:tbl><w:tr><w:tc>" * 5000 + word_paragraph(SAID) + "</w:tc></w:tr></w:tbl>" * 5000)


def deep_xml() -> bytes:
    return document("<w:p>" * 100_000 + word_paragraph(SAID) + "</w:p>" * 100_000)


def password() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)


def member_outside() -> bytes:
    return zipped(docx_members(word_paragraph(SAID)) | {"../../outside.xml": b"<a/>", "/absolute.xml": b"<a/>"})


def thirty_thousand_members() -> bytes:
    return zipped(docx_members(word_paragraph(SAID)) | {f"word/media/{number}.xml": b"<a/>" for number in range(30_000)})


def encrypted_member() -> bytes:
    made = bytearray(docx(1))
    for signature, place in ((SIGNED, 6), (LISTED, 8)):
        at = made.find(signature)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(signature, at + 4)
    return bytes(made)


def no_document() -> bytes:
    return zipped({name: data for name, data in docx_members("").items() if name != "word/document.xml"})


def no_words() -> bytes:
    return document(word_paragraph(""))


def relations_loop() -> bytes:
    looped = docx_members(word_paragraph(SAID))["_rels/.rels"].replace(b"word/document.xml", b"_rels/.rels")
    return zipped(docx_members(word_paragraph(SAID)) | {"_rels/.rels": looped})


def style_based_on_itself() -> bytes:
    members = docx_members(word_paragraph(SAID, "Heading1"))
    members["word/styles.xml"] = members["word/styles.xml"].replace(
        b'<w:name w:val="heading 1"/>', b'<w:name w:val="mine"/><w:basedOn w:val="Heading1"/>'
    )
    return zipped(members)


def nul_in_the_document() -> bytes:
    return document(word_paragraph(f"{SAID}\0{SAID}"))


def half_a_container() -> bytes:
    made = docx(1)
    return made[: len(made) // 2]
