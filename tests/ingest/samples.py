"""A small invented file of every shape, holding the paragraphs that are given."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import escape

from tests.sources.pages import article, microdata, xenforo

Make = Callable[[Sequence[str]], bytes]

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
GUIDE = "1.1 A paragraph with a number.\n\n1.2 Another with a number."


def text(paragraphs: Sequence[str]) -> bytes:
    """Plain text that begins as a digest does and has a numbered paragraph and the ends of posts."""
    frame = f"# Our summary of a guide\n\n## Scope\n\n- It covers adults. [section 1]\n\n{GUIDE}\n\n\u00a0\nLast edited:\n"
    return (frame + "\n\n".join(paragraphs) + "\n\u00a0\n").encode("utf-8", "replace")


def paged(paragraphs: Sequence[str], wrap: str = "p") -> str:
    """Paragraphs as markup."""
    return "".join(f"<{wrap}>{escape(NO_XML.sub(' ', paragraph), quote=False)}</{wrap}>" for paragraph in paragraphs)


def xenforo_page(paragraphs: Sequence[str]) -> bytes:
    """A thread of two posts, the second with an id that other words do not have."""
    words = paged(paragraphs)
    return xenforo((1, "A first post of a thread."), (_id_of(words), words))


def _id_of(words: str) -> int:
    """A post's id that hangs on its words: the same post on two pages is one, and other words are another."""
    return 2 + zlib.crc32(words.encode("utf-8", "replace")) % 10_000


def microdata_page(paragraphs: Sequence[str]) -> bytes:
    """A thread of another forum."""
    words = paged(paragraphs)
    return microdata(words, first=_id_of(words))


def article_page(paragraphs: Sequence[str]) -> bytes:
    """An article of some length, as the choice of an article needs one."""
    sentence = (
        "The council counted bicycles on every road of the town for a week, and found that more people ride than it thought. "
    )
    return article(paragraphs=[sentence * 2, paged(paragraphs), sentence * 2])


JATS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" "JATS.dtd">
<article article-type="research-article"><front><journal-meta><journal-title-group><journal-title>Lanes</journal-title>
</journal-title-group></journal-meta><article-meta><title-group><article-title>A count of bicycles</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Example</surname><given-names>Ann</given-names></name></contrib>
</contrib-group><pub-date><year>2019</year></pub-date></article-meta></front>
<body><sec id="s1"><title>Methods</title><p>We counted <xref ref-type="bibr" rid="r1">1</xref>.</p>{}</sec></body>
<back><ref-list><ref id="r1"><label>1</label><mixed-citation>Poe B. A lane. Lanes. 2011;4:1-9.</mixed-citation></ref></ref-list>
</back></article>"""


def jats(paragraphs: Sequence[str]) -> bytes:
    """A journal article with a reference that is cited."""
    return JATS.format(paged(paragraphs)).encode("utf-8", "replace")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCX: dict[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}


def docx(paragraphs: Sequence[str]) -> bytes:
    """A Word document with a heading."""
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A guide to lanes</w:t></w:r></w:p>' if paragraphs else ""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(NO_XML.sub(" ", paragraph), quote=False)}</w:t></w:r></w:p>'
        for paragraph in paragraphs
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            DOCX | {"word/document.xml": f"<w:document {W}><w:body>{heading}{body}</w:body></w:document>"}
        ).items():
            archive.writestr(zipfile.ZipInfo(name), content.encode("utf-8", "replace"))
    return held.getvalue()


def pdf(paragraphs: Sequence[str]) -> bytes:
    """A page of lines, a PDF written by hand: Helvetica, 12 points, letters of Latin-1."""
    lines = [piece for paragraph in paragraphs for piece in [*_lines(paragraph), ""]]
    shown = "".join(f"({_literal(line)}) Tj T*\n" for line in lines)
    stream = f"BT /F1 12 Tf 72 770 Td 14 TL\n{shown}ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(made),
    )


def _lines(paragraph: str) -> list[str]:
    words = NO_XML.sub(" ", paragraph).split()
    return [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)][:40]


def _literal(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


MADE: dict[str, Make] = {
    "digest": text,
    "flattened-forum": text,
    "flattened-blog": text,
    "guidance-markdown": text,
    "xenforo-html": xenforo_page,
    "forum-html": microdata_page,
    "article-html": article_page,
    "pdf": pdf,
    "docx": docx,
    "jats": jats,
}
"""How to make a readable file of each shape."""
EMPTY: dict[str, bytes] = {
    "digest": b"\n \n",
    "flattened-forum": "\u00a0\nLast edited:\n\u00a0\n".encode(),
    "flattened-blog": b"\n\n",
    "guidance-markdown": b"\n",
    "xenforo-html": xenforo(),
    "forum-html": microdata()
    .replace(b"Where do you leave a bicycle in town?", b"")
    .replace(b"Where to park", b"")
    .replace(b"Bob", b""),
    "article-html": article("", paragraphs=()),
    "pdf": pdf(()),
    "docx": docx(()),
    "jats": b'<article article-type="x"><front><article-meta/></front><body/></article>',
}
"""Files of each shape that hold a frame and no words."""
