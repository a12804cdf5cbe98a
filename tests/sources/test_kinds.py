"""Guidance or critique: what a document's host, publisher and numbering show, where its bytes did not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.model import Document, Part, Passage, Source, SourceFile, Span
from kb.opened import open_directory
from kb.pipeline import build
from kb.sources.kinds import is_official_host, is_official_publisher, judged
from tests.ingest.samples import docx

GUESSED = Source(id="a", files=(SourceFile("a.pdf", ""),), source_kind="critique", shape="pdf", is_kind_guessed=True)
RISING = ("1.1", "1.2", "2.1", "2.2", "2.3")
NUMBERED = ("1.1 Words.", "1.2 Words.", "1.3 Words.", "2.1 Words.", "2.2 Words.")


def document(labels: Sequence[str] = (), headings: Sequence[str] = (), words: Sequence[str] = (), **fields: str) -> Document:
    text = "\n\n".join(words)
    starts = [sum(len(one) + 2 for one in words[:number]) for number in range(len(words))]
    sections = [(label, None) for label in labels] + [(None, heading) for heading in headings]
    return Document(
        source_id="a",
        sha256="",
        reader="pdf",
        text=text,
        parts=tuple(
            Part(id=f"s{number}", kind="section", span=Span(0, 0), body=Span(0, 0), label=label, heading=heading)
            for number, (label, heading) in enumerate(sections)
        ),
        passages=tuple(
            Passage(id=f"p{number}", kind="paragraph", span=Span(start, start + len(one)))
            for number, (start, one) in enumerate(zip(starts, words, strict=True))
        ),
        **fields,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (document(), "critique"),
        (document(url="https://www.gov.scot/lanes.pdf"), "guidance"),
        (document(url="https://example.org/gov.scot/lanes.pdf"), "critique"),
        (document(publisher="Department for Lanes"), "guidance"),
        (document(publisher="Lanes Weekly"), "critique"),
        (document(labels=RISING), "guidance"),
        (document(labels=RISING[:4]), "critique"),
        (document(labels=("1", "2", "3", "4", "5", "6")), "critique"),
        (document(labels=RISING, headings=("Abstract", "Introduction", "Methods", "References")), "critique"),
        (document(labels=RISING, headings=("Introduction", "References")), "guidance"),
        (document(words=NUMBERED), "guidance"),
        (document(words=NUMBERED[:4]), "critique"),
    ],
)
def test_what_a_document_shows(made: Document, kind: str) -> None:
    assert judged(GUESSED, made).source_kind == kind


def test_what_a_person_or_the_bytes_say_stays() -> None:
    stated = Source(id="a", files=(), source_kind="forum", shape="pdf")
    assert judged(stated, document(labels=RISING)) == stated


def test_an_unread_source_keeps_its_guess() -> None:
    assert judged(GUESSED, None).source_kind == "critique"


@pytest.mark.parametrize(
    ("host", "is_official"),
    [
        ("gov.uk", True),
        ("www.england.nhs.uk", True),
        ("www.cdc.gov", True),
        ("health.gov.au", True),
        ("www.nice.org.uk", True),
        ("nice.org.uk.example.com", False),
        ("mygov.uk.com", False),
        ("forum.example.org", False),
        ("", False),
    ],
)
def test_official_hosts(host: str, *, is_official: bool) -> None:
    assert is_official_host(host) == is_official


@pytest.mark.parametrize(
    ("name", "is_official"),
    [
        ("NHS England", True),
        ("GOV.UK", True),
        ("World Health Organization", True),
        ("National Institute for Health and Care Excellence", True),
        ("The Scottish Government", True),
        ("Example NHS Foundation Trust", True),
        ("Friends of NHS England", False),
        ("NHSomething", False),
        ("Journal of Government", False),
        ("", False),
    ],
)
def test_official_publishers(name: str, *, is_official: bool) -> None:
    assert is_official_publisher(name) == is_official


def test_a_folder_without_a_manifest_is_judged_too(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "guide.docx").write_bytes(docx([f"{words} It ends here." for words in NUMBERED]))
    build(tmp_path / "corpus", tmp_path / "build")
    assert getattr(open_directory(tmp_path / "build").get("guide"), "source_kind", None) == "guidance"
