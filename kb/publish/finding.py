"""The data of the find page: what is shown, as scripts that a browser can load from a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kb.model import Definition, fold
from kb.publish import wording
from kb.publish.catalogue import Catalogue
from kb.publish.marks import without_marks

FOLDER = "find"
PIECE = 400_000
"""Bytes of one script, about: what a phone fetches at a time."""
Unit = tuple[str, str, str, str]
"""Kind in words, address from the top of the site, title, words."""


def units(catalogue: Catalogue) -> Iterator[Unit]:
    """Conditions, defined terms, works and every passage that is shown, with the words they are found by."""
    for slug in catalogue.conditions:
        name = wording.condition_name(slug)
        yield "Condition", catalogue.addresses["condition", slug], "how each document places it", name
    for definition in catalogue.of(Definition):
        source = catalogue.sources[definition.source_id]
        title = wording.source_title(source, catalogue.documents.get(source.id))
        yield "Definition", catalogue.addresses["record", definition.id], title, wording.unmasked(definition.term)
    for work in catalogue.works.values():
        yield (
            "Work",
            catalogue.addresses["work", work.id],
            ", ".join(map(wording.unmasked, work.authors)),
            wording.work_title(work),
        )
    for place in catalogue.places.values():
        if place.is_shown:
            title = f"{wording.source_title(place.source, place.document)}, passage {place.number}"
            kind = "Our words" if place.source.digest_of is not None else "Passage"
            yield (
                kind,
                catalogue.addresses["passage", place.passage.id],
                title,
                wording.unmasked(fold(without_marks(place.unraised(place.passage.span)))),
            )


def pieces(catalogue: Catalogue) -> list[str]:
    """The scripts, in order; the same catalogue gives the same text."""
    scripts: list[list[str]] = [[]]
    size = 0
    for unit in units(catalogue):
        row = as_script(unit)
        if size + len(row) > PIECE and scripts[-1]:
            scripts.append([])
            size = 0
        scripts[-1].append(row)
        size += len(row)
    return ["kbFind.add([\n" + ",\n".join(rows) + "\n]);\n" for rows in scripts if rows]


def as_script(unit: Unit) -> str:
    """A unit as JSON in ASCII that no HTML or JavaScript parser can take for anything else.

    >>> as_script(("Passage", "a.html", "", "</script>"))
    '["Passage", "a.html", "", "\\\\u003c/script>"]'
    """
    return json.dumps(unit).replace("<", "\\u003c")


def file_names(count: int) -> list[str]:
    """Addresses of the scripts, from the top of the site."""
    return [f"{FOLDER}/{number}.js" for number in range(1, count + 1)]


def write_pieces(catalogue: Catalogue, out: Path) -> None:
    """Write the scripts below `out`, and remove those of a former build."""
    folder = out / FOLDER
    folder.mkdir(exist_ok=True)
    for stale in sorted(folder.glob("*.js")):
        stale.unlink()
    scripts = pieces(catalogue)
    for name, script in zip(file_names(len(scripts)), scripts, strict=True):
        (out / name).write_text(script, encoding="ascii", newline="\n")
