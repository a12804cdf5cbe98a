"""Word files that tests build from literal XML."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = ("styles", "numbering", "footnotes", "endnotes", "settings")
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'
    for identifier, name, more in (
        ("Title", "Title", ""),
        ("Kop1", "heading 1", ""),
        ("Kop2", "heading 2", ""),
        ("Mine", "My chapter", '<w:basedOn w:val="Kop1"/>'),
        ("Outlined", "Chapter", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("TOC1", "toc 1", ""),
        ("Caption", "caption", ""),
        ("Quote", "Quote", ""),
        ("Numbered", "Para", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("Chapter", "heading 3", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    )
)


def level(number: int, shape: str, text: str, more: str = "") -> str:
    """One level of a list definition."""
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.", '<w:pStyle w:val="Chapter"/>')
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "(%3)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "lowerRoman", "%2)")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def root(name: str, inside: str) -> str:
    """A part's XML."""
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{name}>'


def run(words: str, properties: str = "") -> str:
    """Words in a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(words: str, style: str = "", properties: str = "") -> str:
    """A paragraph of one run, or of the runs given."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{words if words.startswith('<') else run(words)}</w:p>"


def listed(words: str, list_id: int, depth: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(words, "", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(words: str, properties: str = "") -> str:
    """A cell with one paragraph, or with the blocks given."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{words if words.startswith('<') else paragraph(words)}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows made of cells."""
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def note(kind: str, number: int, words: str) -> str:
    """A note of a notes part."""
    return f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>{run(words)}</w:p></w:{kind}>'


def word_file(body: str, links: str = "", **parts: str) -> bytes:
    """The bytes of a file with this body and other parts: "footnotes", "core", ..., or members by their own names."""
    inside = {"styles": STYLES, "numbering": NUMBERING} | {kind: xml for kind, xml in parts.items() if kind in KINDS}
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{R}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}'
        + "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in inside)
        + "</Relationships>",
        "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
    }
    members |= {f"word/{kind}.xml": root(kind, xml) for kind, xml in inside.items()}
    members |= {name: xml for name, xml in parts.items() if name not in KINDS}
    return zipped(members)


def zipped(members: dict[str, str]) -> bytes:
    """A ZIP container."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in members.items():
            container.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return held.getvalue()
