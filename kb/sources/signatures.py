"""What a file is that begins with the mark of its format: the readers' own two, and those nobody can make words of here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.sources.zips import entry_names, first_stored

HEAD = 1024
"""PDF readers look for the header in so many bytes: mail gateways and web servers leave lines before it."""
PDF_HEADER = re.compile(rb"%PDF-\d")
PDF_BODY = re.compile(rb"\d\s+obj\b|%%EOF|\bstartxref\b")


@dataclass(frozen=True)
class Signed:
    """A format told by its first bytes: what to call it, and the reader for it or what a person can do instead."""

    name: str
    shape: str | None = None
    advice: str = ""

    @property
    def cause(self) -> str:
        """Why a reader of words cannot take the file."""
        advice = f"in manifest.toml, give it the shape {self.shape!r}" if self.shape else self.advice
        return f"it is {self.name}" + (f"; {advice}" if advice else "")


PDF = Signed("a PDF", "pdf")
DOCX = Signed("a Word document (DOCX)", "docx")
PICTURE = "a {} picture"
UNPACK = "unpack it and add what is inside"
AS_DOCX_OR_PDF = "open it and save it as DOCX or PDF"
AS_HTML = "open it in a browser and save it as a web page (HTML)"
TABLES = "tables of data are no sources"
SOUND = "write down what is said and add that"

MAGIC: tuple[tuple[int, bytes, Signed], ...] = (
    (0, b"{\\rtf", Signed("RTF", advice=AS_DOCX_OR_PDF)),
    (0, b"%!PS", Signed("PostScript", advice="turn it into a PDF")),
    (0, b"\x89PNG", Signed(PICTURE.format("PNG"))),
    (0, b"\xff\xd8\xff", Signed(PICTURE.format("JPEG"))),
    (0, b"GIF8", Signed(PICTURE.format("GIF"))),
    (0, b"II*\0", Signed(PICTURE.format("TIFF"))),
    (0, b"MM\0*", Signed(PICTURE.format("TIFF"))),
    (0, b"8BPS", Signed(PICTURE.format("Photoshop"))),
    (0, b"\0\0\1\0", Signed("an icon")),
    (8, b"WEBP", Signed(PICTURE.format("WebP"))),
    (8, b"WAVE", Signed("sound (WAV)", advice=SOUND)),
    (8, b"AVI ", Signed("a film (AVI)", advice=SOUND)),
    (4, b"ftypheic", Signed(PICTURE.format("HEIC"))),
    (4, b"ftypavif", Signed(PICTURE.format("AVIF"))),
    (4, b"ftypM4A", Signed("sound (M4A)", advice=SOUND)),
    (4, b"ftyp", Signed("a film (MP4)", advice=SOUND)),
    (0, b"ID3", Signed("sound (MP3)", advice=SOUND)),
    (0, b"\xff\xfb", Signed("sound (MP3)", advice=SOUND)),
    (0, b"\xff\xf3", Signed("sound (MP3)", advice=SOUND)),
    (0, b"OggS", Signed("sound (Ogg)", advice=SOUND)),
    (0, b"fLaC", Signed("sound (FLAC)", advice=SOUND)),
    (0, b"\x1aE\xdf\xa3", Signed("a film (Matroska or WebM)", advice=SOUND)),
    (0, b"\x1f\x8b", Signed("compressed (gzip)", advice=UNPACK)),
    (0, b"BZh", Signed("compressed (bzip2)", advice=UNPACK)),
    (0, b"\xfd7zXZ\0", Signed("compressed (xz)", advice=UNPACK)),
    (0, b"(\xb5/\xfd", Signed("compressed (zstd)", advice=UNPACK)),
    (0, b"7z\xbc\xaf'\x1c", Signed("an archive (7z)", advice=UNPACK)),
    (0, b"Rar!\x1a\x07", Signed("an archive (RAR)", advice=UNPACK)),
    (257, b"ustar", Signed("an archive (tar)", advice=UNPACK)),
    (0, b"SQLite format 3\0", Signed("an SQLite database", advice=TABLES)),
    (0, b"PAR1", Signed("a Parquet table", advice=TABLES)),
    (0, b"bplist00", Signed("a web archive or property list of macOS", advice="save the page as HTML (page source)")),
    (60, b"BOOKMOBI", Signed("a Kindle book", advice="add the PDF or HTML it was made from")),
    (0, b"ITSF", Signed("compiled help (CHM)", advice=UNPACK)),
    (0, b"AT&TFORM", Signed("DjVu", advice="turn it into a PDF with its text")),
    (0, b"wOFF", Signed("a font")),
    (0, b"wOF2", Signed("a font")),
    (0, b"\0\1\0\0\0", Signed("a font")),
    (0, b"\x7fELF", Signed("a program")),
    (0, b"\xca\xfe\xba\xbe", Signed("a program")),
)
"""Offset, mark, format; read from the top, so that the longer mark of two stands first."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS: tuple[tuple[str, Signed], ...] = (
    ("EncryptedPackage", Signed("an Office file locked with a password", advice="save it without the password")),
    ("WordDocument", Signed("a Word document of the old format (DOC)", advice=AS_DOCX_OR_PDF)),
    ("Workbook", Signed("an Excel file of the old format (XLS)", advice=TABLES)),
    ("PowerPoint Document", Signed("a presentation of the old format (PPT)", advice="save it as PDF")),
    ("__substg1.0_", Signed("an Outlook message", advice="save its text as HTML or plain text")),
)
"""Names in the directory of an OLE file, as UTF-16; the first that is there says what it is."""
OLD_OFFICE = Signed("an old Office file", advice=AS_DOCX_OR_PDF)

ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
STORED_TYPES: dict[bytes, Signed] = {
    b"application/epub+zip": Signed("an EPUB book", advice="unpack it and add the HTML pages inside"),
    b"application/vnd.oasis.opendocument.text": Signed("an OpenDocument text (ODT)", advice=AS_DOCX_OR_PDF),
    b"application/vnd.oasis.opendocument.spreadsheet": Signed("an OpenDocument table (ODS)", advice=TABLES),
    b"application/vnd.oasis.opendocument.presentation": Signed("an OpenDocument presentation (ODP)", advice="save it as PDF"),
}
"""What a ZIP container's first entry, "mimetype", may say."""
MEMBERS: tuple[tuple[str, Signed], ...] = (
    ("xl/", Signed("an Excel file (XLSX)", advice=TABLES)),
    ("ppt/", Signed("a presentation (PPTX)", advice="save it as PDF")),
    ("Index/Document.iwa", Signed("a Pages document", advice="export it as DOCX or PDF")),
    ("META-INF/MANIFEST.MF", Signed("a Java archive")),
)
ARCHIVE = Signed("a ZIP archive", advice=UNPACK)
CONTENT_TYPES = "[Content_Types].xml"


def signed(data: bytes) -> Signed | None:
    """The format whose mark the bytes carry; None for what may be text."""
    if data.startswith(ZIPS):
        return _zip(data)
    if data.startswith(OLE):
        return next((what for name, what in OLE_STREAMS if name.encode("utf-16-le") in data), OLD_OFFICE)
    if _is_pdf(data):
        return PDF
    return next((what for at, mark, what in MAGIC if data.startswith(mark, at)), None) or _picture_or_program(data)


def _is_pdf(data: bytes) -> bool:
    """The header at the very start, or after other lines where the body of a PDF follows it."""
    header = PDF_HEADER.search(data, 0, HEAD)
    return header is not None and (not data[: header.start()].strip() or bool(PDF_BODY.search(data, header.end())))


def _picture_or_program(data: bytes) -> Signed | None:
    """Marks of two letters that a word may begin with too."""
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return Signed(PICTURE.format("BMP"))
    return Signed("a program") if data.startswith(b"MZ") and b"\0" in data[:64] else None


def _zip(data: bytes) -> Signed:
    stored = first_stored(data, "mimetype")
    if stored is not None and stored.strip() in STORED_TYPES:
        return STORED_TYPES[stored.strip()]
    names = entry_names(data)
    if CONTENT_TYPES in names and any(name.startswith("word/") for name in names):
        return DOCX
    return next((what for prefix, what in MEMBERS if any(name.startswith(prefix) for name in names)), ARCHIVE)
