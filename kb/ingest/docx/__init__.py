"""Word documents (DOCX): read from their XML, with the numbers that Word shows and does not write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingest.builder import named, read_binary
from kb.ingest.docx.blocks import HANDLERS
from kb.ingest.docx.numbering import Numbering
from kb.ingest.docx.package import Package
from kb.ingest.docx.styles import Styles
from kb.ingest.docx.survey import survey
from kb.ingest.docx.walk import Known, Walk
from kb.ingest.losses import loss
from kb.ingest.markup.xml_gate import Element, local_name
from kb.ingest.writer import Writer
from kb.model import Document, Source

NOTES = ("footnote", "endnote")
NO_TITLE = re.compile(r"(?:microsoft word\b.*|untitled.*|document ?\d*|.*\.(?:docx?|dotx?|rtf|pdf))", re.IGNORECASE)
NO_AUTHOR = re.compile(
    r"(?:microsoft office user|author|user|admin\w*|owner|python-docx|un-?named|windows user|.*@.*)", re.IGNORECASE
)


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """Headings open sections, lists keep the numbers Word shows, notes are linked to their marks.

    Tracked changes are read as accepted; comments, hidden words, running heads and feet are left out. Raises
    `UnreadableSourceError` for what is no Word document, needs a password, is damaged, or unpacks past the limits.
    """
    reading = read_binary(files, source, "docx")
    writer = Writer()
    for data, path in named(files, source):
        writer.begin_file()
        _write(writer, Package(data, path))
    return writer.finish(reading, source)


def _write(writer: Writer, package: Package) -> None:
    root = package.tree(package.main)
    body = next((child for child in root if local_name(child) == "body"), None) if root is not None else None
    if root is None or body is None:
        return
    prefix = root.tag.rpartition("}")[0] + "}"
    known = _known(package)
    known.survey = survey(body, known.styles, prefix)
    walk = Walk(writer, known, HANDLERS, prefix)
    walk.run(body)
    if any(related.kind in {"header", "footer"} for related in package.related(package.main).values()):
        writer.draft.losses.append(loss("I251"))
    for code in sorted(walk.missed):
        if walk.missed[code]:
            writer.draft.losses.append(loss(code, walk.missed[code]))
    _state(writer, package, walk.title)


def _known(package: Package) -> Known:
    notes: dict[str, Element] = {}
    relations = {"main": package.related(package.main)}
    for kind in NOTES:
        part = package.part(f"{kind}s")
        root = package.tree(part)
        relations[kind] = package.related(part) if part else {}
        for element in root if root is not None else ():
            place = element.tag.rpartition("}")[0] + "}"
            if element.get(f"{place}type") in {None, "normal"}:
                notes[f"{kind} {element.get(f'{place}id')}"] = element
    settings = package.tree(package.part("settings"))
    return Known(
        Styles(package.tree(package.part("styles"))),
        Numbering(package.tree(package.part("numbering"))),
        notes,
        relations,
        end_format=_note_format(settings, "endnotePr") or "lowerRoman",
        foot_format=_note_format(settings, "footnotePr") or "decimal",
    )


def _note_format(settings: Element | None, kind: str) -> str | None:
    if settings is None:
        return None
    place = settings.tag.rpartition("}")[0] + "}"
    found = settings.find(f"{place}{kind}/{place}numFmt")
    return found.get(f"{place}val") if found is not None else None


def _state(writer: Writer, package: Package, found: str | None) -> None:
    """Take title and author from the properties, where they are some; dates there are those of the file, not of publication."""
    draft = writer.draft
    core = _properties(package, "core-properties")
    title, author = core.get("title", ""), core.get("creator", "")
    stated = title if title and not NO_TITLE.fullmatch(title) else None
    draft.title = draft.title or found or stated
    if not draft.authors and " " in author and not NO_AUTHOR.fullmatch(author):
        draft.authors = (author,)


def _properties(package: Package, kind: str) -> dict[str, str]:
    place = next((related.target for related in package.related("").values() if related.kind == kind), None)
    root = package.tree(place)
    return {} if root is None else {local_name(child): " ".join((child.text or "").split()) for child in root}
