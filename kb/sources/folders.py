"""What lies in a folder: files that may be sources, and those that belong to something else and are passed over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.sources.manifest import MANIFEST

SKIPPED_NAMES = ("readme", "license", "licence", "notice", "changelog", "citation")
SKIPPED_FOLDERS = ("judgements",)
HIDDEN = "it is hidden"
TEMPORARY = "it is a temporary file"
COMPANION = "it belongs to a saved page and holds none of its words"
PICTURE = "it is a picture"
PLURALS = {
    HIDDEN: "they are hidden",
    TEMPORARY: "they are temporary",
    COMPANION: "they belong to saved pages and hold none of their words",
    PICTURE: "they are pictures",
}
"""Reasons that hold for many files of a folder at once."""
# ~$report.docx, report.docx~, page.html.part, page.crdownload, Thumbs.db
TEMPORARY_NAME = re.compile(
    r"~\$.*|.*~|.*\.(?:tmp|temp|part|partial|crdownload|download|swp|bak)|thumbs\.db|desktop\.ini", re.IGNORECASE
)
TEMPORARY_FOLDER = "__MACOSX"
# What browsers add to a page's name for the folder of its pictures and styles, in their languages.
COMPANION_FOLDER = re.compile(
    r"(?P<page>.+?)[ _.-](?:files?|dateien|fichiers|archivos|ficheiros|arquivos|bestanden|filer|tiedostot|pliki|soubory|file)",
    re.IGNORECASE,
)
PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx")
LOOKS = re.compile(r".*\.(?:css|m?js|map|woff2?|ttf|otf|eot|ico|cur|webmanifest)", re.IGNORECASE)
"""Files of a page's looks that are letters, so that their bytes alone would make them words."""
PICTURES = re.compile(r".*\.(?:png|jpe?g|gif|webp|avif|svg|bmp)", re.IGNORECASE)
NAMED = 3
"""Names told of files that were skipped for one reason; of more, how many."""


def candidates(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file below `folder`, sorted by path, with the reason it is no source, or None where it may be one."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file() or path.is_symlink():
            yield path, _reason_to_skip(path, path.relative_to(folder))
        elif not path.is_dir():
            yield path, "it is no ordinary file"


def told(skipped: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Name and line for each skipped file's name and reason; of many files with one reason, the first name and one line."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for name, reason in skipped:
        by_reason[reason].append(name)
    for reason, names in by_reason.items():
        if reason in PLURALS and len(names) > NAMED:
            yield names[0], f"{len(names)} files were skipped, {names[0]} and others: {PLURALS[reason]}"
        else:
            yield from ((name, f"{name} was skipped: {reason}") for name in names)


def _reason_to_skip(path: Path, below: Path) -> str | None:
    reasons = {
        HIDDEN: any(part.startswith(".") for part in below.parts),
        TEMPORARY: bool(TEMPORARY_NAME.fullmatch(path.name)) or TEMPORARY_FOLDER in below.parts,
        "judgements are no sources": below.parts[0] in SKIPPED_FOLDERS,
        "it describes sources and is none": path.name == MANIFEST or path.name.endswith(".toml"),
        "its name says it is about the folder": path.name.lower().startswith(SKIPPED_NAMES),
        COMPANION: bool(LOOKS.fullmatch(path.name)) or _is_beside_a_page(path, below),
        PICTURE: bool(PICTURES.fullmatch(path.name)),
    }
    return next((reason for reason, is_so in reasons.items() if is_so), None)


def _is_beside_a_page(path: Path, below: Path) -> bool:
    """Whether a folder it lies in holds the parts of a page that was saved beside that folder."""
    for folder in path.parents[: len(below.parts) - 1]:
        match = COMPANION_FOLDER.fullmatch(folder.name)
        if match and any((folder.parent / (match["page"] + suffix)).is_file() for suffix in PAGE_SUFFIXES):
            return True
    return False
