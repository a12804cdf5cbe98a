"""Formats that are written in letters and are no prose: data, mail, drawings, feeds. Each has one strict test and a name."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Callable

from kb.sources.markup import Markup

JSON_START = re.compile(r"[\ufeff\s]*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d])")
JSON_END = re.compile(r"[}\]]\s*\Z")
LONGEST_JSON = 20_000_000
HEADER_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]{1,40}): ?\S")
PROOF_OF_MAIL = frozenset({"mime-version", "message-id", "received", "return-path"})
"""Headers that software alone writes."""
MAIL_HEADERS = PROOF_OF_MAIL | {"from", "to", "subject", "date", "content-type", "delivered-to"}
ENOUGH_HEADERS = 3
WEB_ARCHIVE = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
MAIL_HEAD = 60
"""Lines in which the headers of a message that say most stand."""
ROWS = 20
"""Lines of a table of data that are looked at."""
ENOUGH_ROWS = 5
ENOUGH_COLUMNS = 3
LONGEST_HEADER = 40
LOOSE_COMMA = re.compile(r"[,;][ ]")
LARGE = 1_000_000

XML_NAMES: dict[str, str] = {
    "svg": "a drawing (SVG)",
    "rss": "a feed (RSS); save the pages it lists",
    "feed": "a feed (Atom); save the pages it lists",
    "tei": "TEI XML, which no reader knows yet",
    "book": "a book as XML, which no reader knows yet; add it as PDF or HTML",
    "package": "a Word document saved as one XML file; save it as DOCX",
    "worddocument": "a Word document saved as one XML file; save it as DOCX",
    "document": "an office document saved as one XML file; save it as DOCX or PDF",
    "plist": "a property list of macOS",
    "opml": "an outline (OPML); save the pages it lists",
    "kml": "a map (KML)",
    "article": "an article as XML of a kind other than JATS; add it as PDF or HTML",
    "pubmedarticleset": "a list of articles from PubMed, without their words; add the articles",
    "pmc-articleset": "a set of articles from PubMed Central; save each article element as a file of its own",
    "oai-pmh": "a set of records from an archive; save each article element as a file of its own",
    "collection": "a set of annotated texts (BioC); add the articles as JATS, PDF or HTML",
}
"""Root elements, in lower case and without prefix, of XML that people have at hand and no reader is for."""


def xml_name(markup: Markup) -> str:
    """What to call an XML file that is no journal article."""
    root = markup.root.rpartition(":")[2].lower()
    unknown = f"XML with the root element <{markup.root}>, which no reader knows; add it as PDF, HTML or plain text"
    return XML_NAMES.get(root, unknown)


def is_json(text: str) -> bool:
    """One JSON value that is an object or a list, or one on each line."""
    if not JSON_START.match(text) or not JSON_END.search(text, max(0, len(text) - 100)):
        return False
    return len(text) > LONGEST_JSON or _parses(text) or _parses(text.lstrip().partition("\n")[0])


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text.strip("\ufeff")), (dict, list))
    except RecursionError:
        return True
    except ValueError:
        return False


def is_web_archive(text: str) -> bool:
    """A page saved as .mht: a message with its pictures in it."""
    return is_mail(text) and bool(WEB_ARCHIVE.search(text, 0, LONGEST_HEADER * MAIL_HEAD))


def is_mail(text: str) -> bool:
    """Header lines from the first line on, among them those that only software writes."""
    names = set()
    for line in itertools.islice(text.lstrip("\ufeff").splitlines(), MAIL_HEAD):
        header = HEADER_LINE.match(line)
        if header:
            names.add(header["name"].lower())
        elif not line.startswith((" ", "\t")) and not (line.startswith("From ") and not names):
            break
    return len(names & MAIL_HEADERS) >= ENOUGH_HEADERS and bool(names & PROOF_OF_MAIL)


def is_table(text: str) -> bool:
    """Lines of equally many cells below a line of short headers, without the spaces that prose has after its commas."""
    lines = [line for line in text[:LARGE].lstrip("\ufeff").splitlines() if line.strip()][:ROWS]
    return any(_is_table_of(lines, mark) for mark in ",;\t")


def _is_table_of(lines: list[str], mark: str) -> bool:
    if len(lines) < ENOUGH_ROWS or min(line.count(mark) for line in lines) < ENOUGH_COLUMNS - 1:
        return False
    try:
        rows = list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        return False
    head = rows[0]
    has_header = len(set(head)) == len(head) and all(0 < len(cell) <= LONGEST_HEADER for cell in head)
    is_loose = sum(bool(LOOSE_COMMA.search(line)) for line in lines) > len(lines) / 2 and mark != "\t"
    return has_header and not is_loose and {len(row) for row in rows} == {len(head)}


FORMATS: dict[str, Callable[[str], bool]] = {
    "JSON data; add the text it was made from": is_json,
    "a page saved as a web archive (MHT); save it as a web page, HTML only": is_web_archive,
    "an e-mail; save its text as HTML or plain text": is_mail,
    "a table of data (CSV); tables of data are no sources": is_table,
}
"""What it is and what to do instead, with its test."""


def text_format(text: str) -> str | None:
    """The name of the format of letters that a text is in and that no reader takes; None for words."""
    return next((name for name, is_so in FORMATS.items() if is_so(text)), None)
