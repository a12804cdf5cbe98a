"""Saved pages of one thread become one source; the same bytes are added once; what is no source is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest import ingest
from kb.model import Document, Source
from kb.sources import load_corpus
from kb.sources.adding import Adding, add
from tests.sources.pages import article, microdata, xenforo

FIRST = xenforo((1, "A first post."), (2, "A second post."))
SECOND = xenforo((2, "A second post."), (3, "A third post."), page=2)
THIRD = xenforo((4, "A fourth post."), page=3)
PICTURE = b"\x89PNG\r\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "saved"
    made.mkdir()
    return made


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def adding(corpus: Path, *paths: Path, is_dry: bool = False) -> Adding:
    return add(corpus, paths, ingest, is_dry=is_dry)


def paths_of(corpus: Path) -> dict[str, list[str]]:
    return {source.id: [file.path for file in source.files] for source in load_corpus(corpus).sources}


def posts_of(result: Adding) -> list[str | None]:
    return [part.host_id for part in result.sources[0].document.parts if part.kind == "post"]


def test_pages_of_a_thread_are_one_source_in_page_order(corpus: Path, folder: Path) -> None:
    put(folder, {"b.html": FIRST, "a.html": SECOND, "other.html": microdata("At the station.")})
    result = adding(corpus, folder)
    assert paths_of(corpus) == {"b": ["b.html", "a.html"], "other": ["other.html"]}
    assert [one.source.source_kind for one in result.sources] == ["forum", "forum"]
    assert posts_of(result) == ["1", "2", "3"]


def test_a_page_that_comes_later_joins_its_thread(corpus: Path, folder: Path) -> None:
    put(folder, {"one.html": FIRST, "three.html": THIRD})
    adding(corpus, folder)
    manifest = corpus / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('title = "A lane for bicycles"', 'title = "Mine" # chosen'), encoding="utf-8")
    put(folder, {"two.html": SECOND})
    result = adding(corpus, folder / "two.html")
    assert paths_of(corpus) == {"one": ["one.html", "two.html", "three.html"]}
    assert [(one.source.id, one.done) for one in result.sources] == [("one", "updated")]
    assert result.notes == ("two.html: of the thread that one holds, which has 3 pages now",)
    assert posts_of(result) == ["1", "2", "3", "4"]
    assert 'title = "Mine" # chosen' in manifest.read_text(encoding="utf-8")


def test_a_folder_without_a_manifest_is_gathered_the_same_way(folder: Path) -> None:
    put(folder, {"b.html": FIRST, "a.html": SECOND})
    assert paths_of(folder) == {"b": ["b.html", "a.html"]}


def read_but_the_second(files: Sequence[bytes], source: Source) -> Document:
    if SECOND in files:
        raise UnreadableSourceError("two.html", "xenforo-html", "it is torn")
    return ingest(files, source)


def test_a_page_of_a_thread_that_cannot_be_read_does_not_cost_the_others(corpus: Path, folder: Path) -> None:
    put(folder, {"one.html": FIRST, "two.html": SECOND})
    assert add(corpus, [folder], read_but_the_second).notes == ("two.html: not read: it is torn",)
    assert paths_of(corpus) == {"one": ["one.html"]}
    assert not (corpus / "two.html").exists()


def test_the_same_bytes_are_added_once(corpus: Path, folder: Path) -> None:
    put(folder, {"one.html": article(), "two.html": article()})
    assert adding(corpus, folder).notes == ("two.html holds the same bytes as one.html; it was not added again",)
    assert adding(corpus, folder / "two.html").notes == ("two.html holds the same bytes as one.html; it was not added again",)
    assert paths_of(corpus) == {"one": ["one.html"]}


def test_the_same_bytes_twice_in_a_corpus_are_a_finding(folder: Path) -> None:
    put(folder, {"one.html": article(), "two.html": article(), "e1.txt": b"", "e2.txt": b""})
    findings = [(finding.code, finding.source_id, finding.message) for finding in load_corpus(folder).findings]
    message = "two.html holds the same bytes as one.html, so its words count twice; remove one of them"
    assert findings == [("W104", "two", message)]


def test_what_browsers_save_beside_a_page_is_passed_over_in_one_line(corpus: Path, folder: Path) -> None:
    saved = {f"page_files/{name}": b"x" for name in ("a.css", "b.js", "c.html", "d.txt")}
    put(folder, {"page.html": article(), **saved, "style.css": b"p { margin: 0 }", ".hidden": b"x", "~$a.docx": b"x"})
    assert list(adding(corpus, folder).notes) == [
        ".hidden was skipped: it is hidden",
        "5 files were skipped, a.css and others: they belong to saved pages and hold none of their words",
        "~$a.docx was skipped: it is a temporary file",
    ]
    assert paths_of(corpus) == {"page": ["page.html"]}


def test_a_folder_of_files_is_no_companion_without_its_page(corpus: Path, folder: Path) -> None:
    put(folder, {"case_files/a.html": article("One"), "case_files/b.txt": b"Words."})
    adding(corpus, folder)
    assert paths_of(corpus) == {"a": ["a.html"], "b": ["b.txt"]}


def test_two_files_of_one_name_keep_their_folders(corpus: Path, folder: Path) -> None:
    put(folder, {"north/page.html": article("North"), "south/page.html": article("South")})
    result = adding(corpus, folder)
    assert paths_of(corpus) == {"page": ["page.html"], "south-page": ["south/page.html"]}
    assert len(result.notes) == 1


def test_a_dry_run_shows_and_writes_nothing(corpus: Path, folder: Path) -> None:
    put(folder, {"one.html": FIRST})
    assert [one.done for one in adding(corpus, folder, is_dry=True).sources] == ["added"]
    assert not corpus.exists()


def test_a_named_file_that_cannot_be_read_is_left_out_and_told(corpus: Path, folder: Path) -> None:
    put(folder, {"one.html": article(), "x.bin": PICTURE, "y.txt": b""})
    result = adding(corpus, folder / "x.bin", folder / "one.html", folder / "y.txt")
    assert [str(error) for error in result.unread] == ["x.bin: not read: it is a PNG picture", "y.txt: not read: it is empty"]
    assert paths_of(corpus) == {"one": ["one.html"]}


def test_nothing_is_written_where_no_named_file_can_be_read(corpus: Path, folder: Path) -> None:
    put(folder, {"x.bin": PICTURE})
    with pytest.raises(UnreadableSourceError, match=r"x\.bin: not read: it is a PNG picture"):
        adding(corpus, folder / "x.bin")
    assert not corpus.exists()


def test_a_file_that_changes_while_it_is_added_is_an_error(corpus: Path, folder: Path) -> None:
    put(folder, {"one.txt": b"Words."})

    def meddle(_name: str, done: int, _of: int) -> None:
        (folder / "one.txt").write_bytes(b"Words." if done == 0 else b"Other words.")

    with pytest.raises(SourceError, match=r"one\.txt: changed while it was added; try again"):
        add(corpus, [folder], ingest, progress=meddle)
    assert not corpus.exists()


def test_an_entry_holds_what_the_page_states(corpus: Path, folder: Path) -> None:
    put(folder, {"one.html": FIRST})
    adding(corpus, folder)
    (source,) = load_corpus(corpus).sources
    assert (source.title, source.url, source.publish) == (
        "A lane for bicycles",
        "https://forum.example.org/threads/a-lane-for-bicycles.77/",
        "quotes",
    )
    assert "authors" not in (corpus / "manifest.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "cause"), [(b"Words. " * 200_000, "it is larger than 1 MB; split it"), (PICTURE * 200_000, "it is a PNG picture")]
)
def test_a_file_too_large_to_be_a_source_is_not_read_whole(
    corpus: Path, folder: Path, data: bytes, cause: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.sources.adding.LARGEST", 1024 * 1024)
    put(folder, {"large.bin": data})
    with pytest.raises(UnreadableSourceError, match=f"large.bin: not read: {cause}"):
        adding(corpus, folder / "large.bin")
