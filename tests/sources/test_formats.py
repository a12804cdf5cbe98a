"""Formats told from their bytes, near-misses beside hits; what no reader takes is refused by its name."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.errors import SourceError, UnreadableSourceError
from kb.sources import detect
from kb.sources.signatures import signed

OPENDOCUMENT = "application/vnd.oasis.opendocument.text"


def zipped(*names: str, mimetype: str | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "words")
    return held.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (b"\n\n%PDF-1.4 cut off", "pdf"),
        (b"HTTP/1.1 200 OK\r\nDate: x\r\n\r\n%PDF-1.4\n1 0 obj <<>> endobj", "pdf"),
        (b"A note: a PDF begins with %PDF-1.7 and ends with a mark.", "flattened-blog"),
        (b"x" * 1024 + b" %PDF-1.4\n1 0 obj", "flattened-blog"),
        (DOCX, "docx"),
        (DOCX[:-40], "docx"),
        (b"PKs are players who fight others. A long story.", "flattened-blog"),
        (b"BMI is weight over height squared; so much is known.", "flattened-blog"),
        (b"MZ is how old programs begin, and this is a sentence.", "flattened-blog"),
        (b"GIFs are pictures that move.", "flattened-blog"),
        (b"ID cards are asked for at the door.", "flattened-blog"),
    ],
)
def test_marks_of_formats(data: bytes, shape: str) -> None:
    assert detect(data, "x").shape == shape


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (zipped("a.txt", "word/document.xml"), "it is a ZIP archive; unpack it and add what is inside"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "it is an Excel file (XLSX); tables of data are no sources"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "it is a presentation (PPTX); save it as PDF"),
        (zipped("OPS/a.xhtml", mimetype="application/epub+zip"), "it is an EPUB book; unpack it and add the HTML pages inside"),
        (
            zipped("content.xml", mimetype=OPENDOCUMENT),
            "it is an OpenDocument text (ODT); open it and save it as DOCX or PDF",
        ),
        (zipped("META-INF/MANIFEST.MF"), "it is a Java archive"),
        (zipped(), "it is a ZIP archive; unpack it and add what is inside"),
        (ole("WordDocument"), "it is a Word document of the old format (DOC); open it and save it as DOCX or PDF"),
        (ole("EncryptedPackage"), "it is an Office file locked with a password; save it without the password"),
        (ole("Other"), "it is an old Office file; open it and save it as DOCX or PDF"),
        (b"{\\rtf1 words}", "it is RTF; open it and save it as DOCX or PDF"),
        (b"\x89PNG\r\n\x1a\n", "it is a PNG picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "it is a JPEG picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "it is a WebP picture"),
        (b"\x1f\x8b\x08\0", "it is compressed (gzip); unpack it and add what is inside"),
        (b"name" + bytes(253) + b"ustar\0", "it is an archive (tar); unpack it and add what is inside"),
        (b"SQLite format 3\0", "it is an SQLite database; tables of data are no sources"),
        (b"ID3\x04\0", "it is sound (MP3); write down what is said and add that"),
        (b"\0\0\0\x18ftypmp42", "it is a film (MP4); write down what is said and add that"),
        (b"%!PS-Adobe-3.0", "it is PostScript; turn it into a PDF"),
        (b"bplist00\xd1", "it is a web archive or property list of macOS; save the page as HTML (page source)"),
        (bytes(20) + b"x", "it is binary, not text"),
        ("words without a mark".encode("utf-16-le"), "it looks like UTF-16 without a byte order mark; save it as UTF-8"),
        (b"", "it is empty"),
    ],
)
def test_what_no_reader_takes_is_named(data: bytes, cause: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        detect(data, "x")
    assert raised.value.cause == cause


MAIL = "From: a@example.org\nTo: b@example.org\nSubject: Words\nMIME-Version: 1.0\n"
ROWS = "\n".join(f"{number},town {number},{number * 7}" for number in range(6))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('{"title": "x", "list": [1, 2]}', "it is JSON data; add the text it was made from"),
        ('{"a": 1}\n{"a": 2}\n', "it is JSON data; add the text it was made from"),
        (MAIL + "\nHello.", "it is an e-mail; save its text as HTML or plain text"),
        (
            MAIL + 'Content-Type: multipart/related; boundary="x"\n\n--x\n',
            "it is a page saved as a web archive (MHT); save it as a web page, HTML only",
        ),
        ("id,name,count\n" + ROWS, "it is a table of data (CSV); tables of data are no sources"),
        ("id\tname\tcount\n" + ROWS.replace(",", "\t"), "it is a table of data (CSV); tables of data are no sources"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', "it is a drawing (SVG)"),
        (
            '<?xml version="1.0"?><OAI-PMH><record>no article</record></OAI-PMH>',
            "it is a set of records from an archive; save each article element as a file of its own",
        ),
        ('<?xml version="1.0"?><rss><channel/></rss>', "it is a feed (RSS); save the pages it lists"),
        (
            '<?xml version="1.0"?>\n<!-- x -->\n<herd:list><cow/></herd:list>',
            "it is XML with the root element <herd:list>, which no reader knows; add it as PDF, HTML or plain text",
        ),
        (
            '<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "x.dtd"><article><para>x</para></article>',
            "it is an article as XML of a kind other than JATS; add it as PDF or HTML",
        ),
    ],
)
def test_letters_that_are_no_prose_are_named(text: str, cause: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        detect(text.encode(), "x")
    assert raised.value.cause == cause


@pytest.mark.parametrize(
    "text",
    [
        "[Our note] The leaflet was withdrawn.",
        "{curly} words, and no data",
        "[1] Lee A. A study. 2011.\n[2] Poe B. Another. 2012.",
        "Subject: a word on titles\n\nThe words follow, and there is no mail here.",
        "Date: 3 May 2019\nTo: whom it may concern\nFrom: the office\n\nA letter on paper.",
        "Lee, Poe, and Roe came.\nThen Ann, Bob, and Cy left.\n" * 4,
        "<Ann> wrote: hello\n<Bob> wrote: hello too",
        "a < b and b > c, as everybody knows",
        "<name@example.org> wrote this.",
    ],
)
def test_prose_that_begins_oddly_is_prose(text: str) -> None:
    assert detect(text.encode(), "x").shape == "flattened-blog"


JATS = "<front><journal-meta/><article-meta/></front><body><p>Words.</p></body></article>"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) DTD v1.2//EN" "x.dtd">\n<article><p>x</p></article>',
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE article SYSTEM "archivearticle.dtd" [<!ENTITY x "y">]><article>'
        + JATS,
        '<?xml version="1.0"?><!-- c --><article article-type="research-article">' + JATS,
        '\ufeff<article dtd-version="1.3">' + JATS,
        "<article>" + JATS,
        '<article article-type="letter"><front/><body>cut off',
        '<?xml version="1.0"?><pmc-articleset><article article-type="letter">' + JATS + "</pmc-articleset>",
        '<?xml version="1.0"?><OAI-PMH><record><article xmlns="x">' + JATS + "</record></OAI-PMH>",
    ],
)
def test_journal_articles(text: str) -> None:
    assert detect(text.encode(), "x").shape == "jats"


def test_words_of_a_json_file_of_any_depth_are_refused_without_a_crash() -> None:
    with pytest.raises(UnreadableSourceError, match="it is JSON data"):
        detect(b"[" * 100_000 + b"]" * 100_000, "x.json")
    with pytest.raises(UnreadableSourceError, match="it is JSON data"):
        detect(json.dumps([{"words": "x" * 100}] * 50).encode(), "x.json")


def test_names_of_a_directory_that_lies_are_not_followed() -> None:
    broken = bytearray(DOCX)
    at = broken.rfind(b"PK\x05\x06")
    broken[at + 12 : at + 20] = b"\xff" * 8
    assert signed(bytes(broken)) is not None


@given(st.binary(max_size=300))
@example(b"PK\x05\x06" + b"\xff" * 18)
@example(b"PK\x03\x04" + b"\xff" * 40)
@example(b"<!--")
@example(b"<!DOCTYPE html [")
@example(b"<?xml ")
def test_any_bytes_are_claimed_once_or_refused(data: bytes) -> None:
    assert outcome(data) in {"claimed", "refused"}
    assert outcome(b"PK\x03\x04" + data) == "refused"
    assert outcome(b"<" + data) in {"claimed", "refused"}


def outcome(data: bytes) -> str:
    try:
        detect(data, "x")
    except SourceError:
        return "refused"
    return "claimed"
