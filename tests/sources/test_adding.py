"""Adding: files are copied, entries written as seen, people's words kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest import ingest
from kb.model import Document, Source, decode, encode
from kb.sources import load_corpus
from kb.sources.adding import Added, Adding, add

THREAD = "Something about a leaflet\n\nA post.\n\u00a0\nLast edited:\nAnother post.\n\u00a0\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def thread(tmp_path: Path) -> Path:
    path = tmp_path / "A Thread.txt"
    path.write_text(THREAD, encoding="utf-8", newline="\n")
    return path


def read(files: Sequence[bytes], source: Source) -> Document:
    """As a reading process does: it gets the source encoded."""
    return ingest(files, decode(encode(source), Source))


def adding(corpus: Path, *paths: Path, update: str | None = None) -> Adding:
    return add(corpus, paths, read, update)


def added(corpus: Path, *paths: Path, update: str | None = None) -> tuple[Added, ...]:
    return adding(corpus, *paths, update=update).sources


def test_a_file_is_copied_and_listed(corpus: Path, thread: Path) -> None:
    (one,) = added(corpus, thread)
    assert (one.source.id, one.done == "added", len(one.document.parts)) == ("a-thread", True, 2)
    assert (corpus / "A Thread.txt").read_text(encoding="utf-8") == THREAD
    (source,) = load_corpus(corpus).sources
    assert (source.id, source.source_kind, source.shape, source.title) == (
        "a-thread",
        "forum",
        "flattened-forum",
        "Something about a leaflet",
    )
    assert (source.date, source.licence, source.publisher) == (None, None, None)


def test_adding_again_changes_nothing(corpus: Path, thread: Path) -> None:
    added(corpus, thread)
    before = (corpus / "manifest.toml").read_bytes()
    assert [one.done for one in added(corpus, thread)] == ["already there"]
    assert (corpus / "manifest.toml").read_bytes() == before


def test_a_folder_stands_for_its_files(corpus: Path, thread: Path) -> None:
    folder = thread.parent / "folder"
    folder.mkdir()
    (folder / "page.txt").write_text("Words of a page.", encoding="utf-8")
    (folder / "README").write_text("about", encoding="utf-8")
    (folder / "paper.doc").write_bytes(b"{\\rtf1 words}")
    result = adding(corpus, folder)
    assert [one.source.id for one in result.sources] == ["page"]
    assert list(result.notes) == [
        "README was skipped: its name says it is about the folder",
        "paper.doc: not read: it is RTF; open it and save it as DOCX or PDF",
    ]


def test_what_was_found_without_a_manifest_is_listed_too(corpus: Path, thread: Path) -> None:
    corpus.mkdir()
    (corpus / "page.txt").write_text("Words of a page.", encoding="utf-8")
    added(corpus, thread)
    assert [source.id for source in load_corpus(corpus).sources] == ["page", "a-thread"]


def test_an_update_keeps_what_people_wrote(corpus: Path, thread: Path) -> None:
    added(corpus, thread)
    manifest = corpus / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(
        text.replace('title = "Something about a leaflet"', 'title = "My title" # I chose it').replace('"forum"', '"critique"'),
        encoding="utf-8",
    )
    changed = thread.parent / "newer.txt"
    changed.write_text(THREAD + "A third post.\n\u00a0\n", encoding="utf-8", newline="\n")
    (one,) = added(corpus, changed, update="a-thread")
    assert (one.done, len(one.document.parts)) == ("updated", 3)
    assert (corpus / "A Thread.txt").read_bytes() == changed.read_bytes()
    assert 'title = "My title" # I chose it' in manifest.read_text(encoding="utf-8")
    (source,) = load_corpus(corpus).sources
    assert (source.title, source.source_kind, source.files[0].path) == ("My title", "critique", "A Thread.txt")
    assert source.files[0].sha256 == one.source.files[0].sha256


def test_a_changed_file_of_the_corpus_is_updated_by_the_path_messages_give(corpus: Path, thread: Path) -> None:
    added(corpus, thread)
    (corpus / "A Thread.txt").write_text(THREAD + "A third post.\n\u00a0\n", encoding="utf-8", newline="\n")
    (one,) = added(corpus, Path("A Thread.txt"), update="a-thread")
    assert len(one.document.parts) == 3
    assert load_corpus(corpus).sources[0].files == one.source.files


def test_an_update_fills_in_what_was_unknown(corpus: Path, thread: Path) -> None:
    thread.write_text("A post.\n\u00a0\nLast edited:\n", encoding="utf-8", newline="\n")
    added(corpus, thread)
    assert load_corpus(corpus).sources[0].title is None
    thread.write_text(THREAD, encoding="utf-8", newline="\n")
    added(corpus, thread, update="a-thread")
    assert load_corpus(corpus).sources[0].title == "Something about a leaflet"


PAGES = """\
[[source]]
id = "pages"
files = [{ path = "one.txt" }, { path = "two.txt" }]
kind = "critique"
shape = "flattened-blog"
"""


def test_an_update_by_fewer_files_says_which_are_no_longer_listed(corpus: Path) -> None:
    corpus.mkdir()
    for name in ("one.txt", "two.txt"):
        (corpus / name).write_text(f"Words of {name}.", encoding="utf-8")
    (corpus / "manifest.toml").write_text(PAGES, encoding="utf-8")
    result = adding(corpus, corpus / "one.txt", update="pages")
    assert result.notes == ("two.txt is no longer listed; remove it if nothing needs it",)
    assert [file.path for file in load_corpus(corpus).sources[0].files] == ["one.txt"]


def test_another_file_of_the_same_name_is_an_error(corpus: Path, thread: Path) -> None:
    added(corpus, thread)
    thread.write_text("Other words.", encoding="utf-8")
    with pytest.raises(
        SourceError, match=r"A Thread\.txt: the corpus has another file of this name; rename yours, or use --update ID"
    ):
        added(corpus, thread)


def test_a_new_file_whose_id_is_taken_gets_another_and_this_is_told(corpus: Path, thread: Path) -> None:
    added(corpus, thread)
    other = thread.parent / "a-thread.md"
    other.write_text("Other words.", encoding="utf-8")
    result = adding(corpus, other)
    assert [one.source.id for one in result.sources] == ["a-thread-md"]
    (note,) = result.notes
    assert note == (
        "a-thread.md: the id 'a-thread' is another source's, so this one is 'a-thread-md'; if it is a newer version of that, "
        "use --update a-thread"
    )


def test_a_file_without_letters_in_its_name_is_an_error(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "--.txt").write_text("Words.", encoding="utf-8")
    with pytest.raises(SourceError, match=r"--\.txt: its name gives no id; rename it with letters or digits"):
        added(corpus, tmp_path / "--.txt")


@pytest.mark.parametrize(
    ("update", "message"),
    [(None, "no such file; check the path"), ("nothing", "no such file; check the path")],
)
def test_a_missing_file_is_an_error(corpus: Path, tmp_path: Path, update: str | None, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        added(corpus, tmp_path / "none.txt", update=update)
    assert not corpus.exists()


def test_an_update_of_nothing_is_an_error(corpus: Path, thread: Path) -> None:
    with pytest.raises(SourceError, match="other: the manifest has no such source; add it first, without --update"):
        added(corpus, thread, update="other")


def test_an_unreadable_file_that_was_named_is_an_error(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    with pytest.raises(UnreadableSourceError, match=r"x\.png: not read: it is a PNG picture"):
        added(corpus, tmp_path / "x.png")
    assert not corpus.exists()


def test_files_listed_by_their_paths_alone_are_known(corpus: Path, thread: Path) -> None:
    added(corpus, thread)
    manifest = corpus / "manifest.toml"
    entry = '[[source]]\nid = "mine"\nfiles = ["A Thread.txt"]\nkind = "forum"\nshape = "flattened-forum"\n'
    manifest.write_text(entry, encoding="utf-8")
    assert [(one.source.id, one.done) for one in added(corpus, thread)] == [("mine", "already there")]
    assert [one.source.files[0].path for one in added(corpus, thread, update="mine")] == ["A Thread.txt"]


def test_a_file_of_another_source_or_twice_is_no_update(corpus: Path, thread: Path) -> None:
    other = thread.with_name("other.txt")
    other.write_text("Words of another page.", encoding="utf-8")
    added(corpus, thread, other)
    before = (corpus / "manifest.toml").read_bytes()
    with pytest.raises(SourceError, match=r"other\.txt: already a file of the source 'other'; rename the file"):
        added(corpus, thread, other, update="a-thread")
    with pytest.raises(SourceError, match=r"A Thread\.txt: already a file of the source 'a-thread'"):
        added(corpus, thread, thread, update="a-thread")
    assert (corpus / "manifest.toml").read_bytes() == before
