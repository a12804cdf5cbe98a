"""Whether a text is HTML or XML, and what it says about itself at its head: the root element and the declared encoding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LOOKED_AT = 20_000
"""Code points in which comments, processing instructions and a document type may stand before the first element."""
OPENERS = " \t\r\n\f\v\ufeff"
SKIPPED: tuple[tuple[str, str], ...] = (("<!--", "-->"), ("<?", ">"))
"""What may stand before the first element."""
DOCTYPE = re.compile(r"<!doctype\s+(?P<name>[^\s>\[]+)(?P<rest>[^\[>]*)", re.IGNORECASE)
SUBSET_END = re.compile(r"\]\s*>")
ELEMENT = re.compile(r"<(?P<name>[A-Za-z_][\w.:-]*)(?=[\s/>])")
HTML_ROOTS = frozenset({"html", "head", "body", "frameset"})
HTML_ELEMENT = re.compile(
    r"""a|abbr|address|article|aside|b|base|blockquote|br|button|caption|center|cite|code|dd|details|div|dl|dt|em|fieldset
    |figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|label|li|link|main|map|meta|nav|noscript|object|ol|p
    |pre|q|s|script|section|small|span|strong|style|sub|sup|table|tbody|td|template|tfoot|th|thead|title|tr|tt|u|ul|video""",
    re.IGNORECASE | re.VERBOSE,
)
BLOCK_ENDS = re.compile(
    r"</(?:p|div|h[1-6]|li|td|th|tr|ul|ol|table|section|article|main|blockquote|dd|dl|pre|body)\s*>", re.IGNORECASE
)
MARKDOWN_BLOCKS = re.compile(r"^(?:[#]{1,6} |[-*+] |\d{1,3}[.)] |```|~~~|> |\[[^\]\n]+\]: )", re.MULTILINE)
WORDS_A_BLOCK = 2_000
"""Code points of a fragment that one closed block must account for: markup in passing does not make a text HTML."""
META_CHARSET = re.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*(?P<name>[\w.:-]{2,40})""", re.IGNORECASE)
XML_ENCODING = re.compile(rb"""\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["'](?P<name>[\w.:-]{2,40})["']""", re.IGNORECASE)
LATE_PAGE = re.compile(r"^[ \t]*<!doctype\s+html\b", re.MULTILINE | re.IGNORECASE)
"""A page below lines of another making: the headers of a server, the warnings of a script. It must end as a page does."""
LATEST = 5_000
DECLARED_WITHIN = 4_096
"""Bytes in which a page must declare its encoding: HTML says 1,024; pages with long heads are read more kindly."""
DELIVERIES = frozenset({"pmc-articleset", "oai-pmh", "articleset", "articles", "record", "response"})
"""Roots, in small letters, around articles that come from an archive or a harvester."""
JATS_FRONT = re.compile(r"<(?:\w+:)?(?:journal-meta|article-meta)[\s/>]")
JATS_ROOT = re.compile(r"<(?:\w+:)?article\b[^>]{0,2000}?\s(?:article-type|dtd-version)\s*=", re.IGNORECASE)
JATS_DOCTYPE = re.compile(r"JATS|NLM//DTD|archivearticle|journalpublishing|articleauthoring", re.IGNORECASE)


@dataclass(frozen=True)
class Markup:
    """What a text of tags is: its language, its root element in its own spelling, and its document type's words."""

    language: Literal["html", "xml"]
    root: str
    doctype: str = ""


def markup_of(text: str) -> Markup | None:
    """What markup a text is; None for plain text, Markdown with some tags in it included.

    >>> markup_of('<?xml version="1.0"?><!-- saved --><article article-type="x"/>')
    Markup(language='xml', root='article', doctype='')
    >>> markup_of("<Ann> wrote: hello") is None
    True
    """
    late = LATE_PAGE.search(text, 0, LATEST)
    begin = late.start() if late and text.rstrip(OPENERS)[-7:].lower() == "</html>" else 0
    at, has_declaration = _past_preamble(text, begin)
    doctype = DOCTYPE.match(text, at)
    if doctype:
        at = _past_preamble(text, _doctype_end(text, doctype))[0]
    element = ELEMENT.match(text, at)
    name = element["name"] if element else ""
    stated = " ".join(doctype[0].split()) if doctype else ""
    if _is_html(text, name, doctype):
        return Markup("html", name.lower() or "html", stated)
    if doctype or (name and (has_declaration or _is_closed(text, name) or _is_article(name, text))):
        return Markup("xml", name or (doctype["name"] if doctype else ""), stated)
    return None


def declared_encoding(data: bytes) -> str | None:
    """The name of the encoding that a page or an XML file declares at its head, in lower case; None without one."""
    head = data[:DECLARED_WITHIN]
    found = XML_ENCODING.match(head) or META_CHARSET.search(head)
    return found["name"].decode("ascii", "replace").lower() if found else None


def _past_preamble(text: str, at: int) -> tuple[int, bool]:
    """Where white space, comments and processing instructions end, and whether an XML declaration was among them."""
    has_declaration = False
    while at < len(text):
        if text[at] in OPENERS:
            at += 1
            continue
        end = next((end for start, end in SKIPPED if text.startswith(start, at)), None)
        if end is None:
            break
        has_declaration = has_declaration or text[at : at + 6].lower() == "<?xml "
        found = text.find(end, at + 2)
        if found < 0:
            break
        at = found + len(end)
    return at, has_declaration


def _doctype_end(text: str, doctype: re.Match[str]) -> int:
    """Past the document type, its internal subset included."""
    if text.startswith("[", doctype.end()):
        closed = SUBSET_END.search(text, doctype.end())
        return closed.end() if closed else len(text)
    return doctype.end() + 1


def _is_html(text: str, name: str, doctype: re.Match[str] | None) -> bool:
    if doctype:
        return doctype["name"].lower() == "html"
    if name.lower() in HTML_ROOTS:
        return True
    return HTML_ELEMENT.fullmatch(name) is not None and not _has_jats_marks(text) and _is_fragment(text)


def _has_jats_marks(text: str) -> bool:
    return bool(JATS_ROOT.search(text, 0, LOOKED_AT) or JATS_FRONT.search(text, 0, LOOKED_AT))


def _is_fragment(text: str) -> bool:
    """Part of a page: blocks are closed all along it, more than lines begin as Markdown does."""
    ends = len(BLOCK_ENDS.findall(text))
    return ends > len(MARKDOWN_BLOCKS.findall(text)) and ends * WORDS_A_BLOCK >= len(text)


def _is_article(name: str, text: str) -> bool:
    return name.rpartition(":")[2] == "article" and _has_jats_marks(text)


def _is_closed(text: str, name: str) -> bool:
    """Whether the text ends as an XML file does that begins with this element."""
    return text.rstrip(OPENERS).endswith(f"</{name}>")


def is_jats(markup: Markup, text: str) -> bool:
    """A journal article: the root `article` with a JATS or NLM document type, its attributes, or its front matter.

    So is a file in which an archive delivers such articles.
    """
    root = markup.root.rpartition(":")[2]
    if markup.language != "xml":
        return False
    if root == "article":
        return bool(JATS_DOCTYPE.search(markup.doctype)) or _has_jats_marks(text)
    return root.lower() in DELIVERIES and _has_jats_marks(text)
