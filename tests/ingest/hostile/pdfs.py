"""Hostile PDFs."""

from __future__ import annotations

import io
import struct
import zlib

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.made_files import pdf, sentence, words

SAID = sentence(words(0))
BOMB_MEGABYTES = 410
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
BLOCK = bytes(1024 * 1024)


def file_of(*objects: str | bytes) -> bytes:
    """A PDF of numbered objects, the first of which is its catalogue, with the table of where they stand."""
    written = io.BytesIO()
    written.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(written.tell())
        data = body if isinstance(body, bytes) else body.encode()
        written.write(f"{number} 0 obj\n".encode() + data + b"\nendobj\n")
    start = written.tell()
    lines = "".join(f"{place:010} 00000 n \n" for place in places)
    written.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{lines}".encode())
    written.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return written.getvalue()


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def shown(text: str) -> bytes:
    return f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()


def page(kids: str = "[3 0 R]", count: str = "1", content: bytes | None = None, page_entries: str = "") -> bytes:
    """A PDF of one page, with a tree of pages as told."""
    return file_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids {kids} /Count {count} >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {page_entries}"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        content or stream(shown(SAID)),
        FONT,
    )


def zeros(megabytes: int) -> bytes:
    """A zlib stream of so many megabytes of zero bytes, made by repeating one compressed block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    # the checksum of n zero bytes: 1 below, n modulo 65521 above
    ending = b"\x03\x00" + struct.pack(">HH", megabytes * len(BLOCK) % 65521, 1)
    return b"\x78\xda" + block * megabytes + ending


def page_tree_loop() -> bytes:
    return page(kids="[2 0 R]")


def page_tree_loop_beside_a_page() -> bytes:
    return page(kids="[3 0 R 2 0 R]", count="2")


def two_thousand_million_pages() -> bytes:
    return page(count="2000000000")


def ten_thousand_times_one_page() -> bytes:
    return page(kids=f"[{'3 0 R ' * 10_000}]", count="10000")


def deep_page_tree() -> bytes:
    depth = 5000
    nodes = [f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>" for number in range(3, 3 + depth)]
    last = 3 + depth
    return file_of(
        "<< /Type /Catalog /Pages 3 0 R >>",
        FONT,
        *nodes,
        f"<< /Type /Page /MediaBox [0 0 612 792] /Contents {last + 1} 0 R /Resources << /Font << /F1 2 0 R >> >> >>",
        stream(shown(SAID)),
    )


def content_bomb() -> bytes:
    return page(content=stream(zeros(BOMB_MEGABYTES), "/Filter /FlateDecode"))


def content_bomb_in_a_bomb() -> bytes:
    return page(content=stream(zlib.compress(zeros(BOMB_MEGABYTES), 9), "/Filter [/FlateDecode /FlateDecode]"))


def operator_bomb() -> bytes:
    return page(content=stream(zlib.compress(shown("a") * 2_000_000, 9), "/Filter /FlateDecode"))


def letters_bomb() -> bytes:
    return page(content=stream(zlib.compress(shown("letters " * 1_000_000), 9), "/Filter /FlateDecode"))


def state_bomb() -> bytes:
    return page(content=stream(zlib.compress(b"q " * 5_000_000 + shown(SAID), 9), "/Filter /FlateDecode"))


def deep_array() -> bytes:
    return page(page_entries=f"/Annots {'[' * 100_000}{']' * 100_000}")


def form_that_draws_itself() -> bytes:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 4 0 R >> >>"
    return file_of(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> "
        "/Font << /F1 6 0 R >> >> >>",
        stream(b"/X Do /X Do", form),
        stream(b"/X Do " + shown(SAID)),
        FONT,
    )


def table_that_follows_itself() -> bytes:
    made = page()
    start = int(made.rsplit(b"startxref\n", 1)[1].split()[0])
    return made.replace(b"/Root 1 0 R", f"/Root 1 0 R /Prev {start}".encode())


def outline_loop() -> bytes:
    return file_of(
        "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(shown(SAID)),
        FONT,
        "<< /Type /Outlines /First 7 0 R /Last 7 0 R >>",
        "<< /Title (One) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Last 7 0 R /Dest [3 0 R /Fit] >>",
    )


def encrypted(user: str, owner: str) -> bytes:
    written = io.BytesIO()
    lock = StandardEncryption(user, ownerPassword=owner, canCopy=0, strength=128)
    canvas = Canvas(written, invariant=1, encrypt=lock)
    canvas.drawString(72, 720, SAID)
    canvas.save()
    return written.getvalue()


def password() -> bytes:
    return encrypted("a password", "another")


def copying_forbidden() -> bytes:
    return encrypted("", "an owner's password")


def no_words() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    canvas.rect(72, 72, 300, 300, fill=1)
    canvas.save()
    return written.getvalue()


def nul_between_objects() -> bytes:
    return page().replace(b"endobj\n", b"endobj\n\0\0\0\n")


def head_alone() -> bytes:
    return b"%PDF-1.7\n"


def huge_page() -> bytes:
    return page(page_entries="").replace(b"[0 0 612 792]", b"[0 0 1e30 1e30]")


def no_font() -> bytes:
    return page().replace(b"/F1 5 0 R", b"/F1 99 0 R")


def cut_in_half() -> bytes:
    made = pdf(1)
    return made[: len(made) // 2]
