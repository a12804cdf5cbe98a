"""The parts of a Word package: where each lies, and where its links lead."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from kb.errors import UnreadableSourceError
from kb.ingest.docx.zip_gate import Container
from kb.ingest.markup.xml_gate import MAX_BYTES, Element, local_name, parse_xml
from kb.sources.signatures import signed

SHAPE = "docx"
MAIN = "word/document.xml"


@dataclass(frozen=True)
class Related:
    """What a relationship leads to: a part of the package, or an address outside."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """An opened Word file. Raises `UnreadableSourceError` for what is none, naming what it is, and for damaged parts."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        found = signed(data)
        if found is None or found.shape != SHAPE:
            raise UnreadableSourceError(path, SHAPE, found.cause if found else "it is no Word document (DOCX)")
        self._container = Container(data, path, SHAPE)
        self.main = self._main()

    def _main(self) -> str:
        roots = [related for related in self.related("").values() if related.kind == "officeDocument"]
        name = roots[0].target if roots else MAIN
        if name not in self._container:
            raise UnreadableSourceError(self.path, SHAPE, f"its text is missing ({name})")
        return name

    def tree(self, name: str | None) -> Element | None:
        """The root of a part, or None where there is no such part."""
        data = self._container.read(name, MAX_BYTES) if name else None
        return None if data is None else parse_xml(data, f"{self.path}: {name}", SHAPE)

    def related(self, part: str) -> dict[str, Related]:
        """The relationships of a part by their ids; of the package itself for ""."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Related] = {}
        for element in root if root is not None else ():
            if local_name(element) == "Relationship":
                target, is_outside = element.get("Target") or "", element.get("TargetMode") == "External"
                place = target if is_outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = (element.get("Type") or "").rpartition("/")[2]
                found[element.get("Id") or ""] = Related(kind, place, is_outside)
        return found

    def part(self, kind: str) -> str | None:
        """The name of the main part's companion of a kind: "styles", "numbering", "footnotes", ..."""
        return next((related.target for related in self.related(self.main).values() if related.kind == kind), None)
