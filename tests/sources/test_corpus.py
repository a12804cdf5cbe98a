"""Corpus folders, with a manifest and without, and paths that must not leave them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from kb.errors import ChecksumError, SourceError, UnreadableSourceError
from kb.ingest import ingest
from kb.model import Source, SourceFile
from kb.sources import load_corpus, read_source


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "more").mkdir(parents=True)
    (folder / "B page.txt").write_text("Words of a page.", encoding="utf-8")
    (folder / "a_thread.txt").write_text("A post.\n\u00a0\nLast edited:\n", encoding="utf-8")
    (folder / "more" / "deep.md").write_text("# Our summary of a page\n", encoding="utf-8")
    return folder


def entry(path: str, checksum: str = "") -> str:
    return f'[[source]]\nid = "a"\nkind = "forum"\nshape = "digest"\nfiles = [{{ path = "{path}", sha256 = "{checksum}" }}]\n'


def message(corpus: Path) -> str:
    with pytest.raises(SourceError) as raised:
        load_corpus(corpus)
    assert raised.value.exit_code == 3
    return str(raised.value)


def test_without_a_manifest_files_are_found_sorted(corpus: Path) -> None:
    found = load_corpus(corpus).sources
    assert [(source.id, source.files[0].path, source.shape, source.publish) for source in found] == [
        ("b-page", "B page.txt", "flattened-blog", "quotes"),
        ("a-thread", "a_thread.txt", "flattened-forum", "quotes"),
        ("deep", "more/deep.md", "digest", "full"),
    ]


def test_what_is_skipped_is_told(corpus: Path) -> None:
    (corpus / "README.md").write_text("about", encoding="utf-8")
    (corpus / ".hidden").write_text("x", encoding="utf-8")
    (corpus / "judgements").mkdir()
    (corpus / "judgements" / "one.toml").write_text("", encoding="utf-8")
    (corpus / "deep.spans.toml").write_text("", encoding="utf-8")
    assert [(finding.code, finding.message) for finding in load_corpus(corpus).findings] == [
        ("I101", ".hidden was skipped: it is hidden"),
        ("I101", "README.md was skipped: its name says it is about the folder"),
        ("I101", "deep.spans.toml was skipped: it describes sources and is none"),
        ("I101", "judgements/one.toml was skipped: judgements are no sources"),
    ]


def test_an_unread_file_stays_a_source(corpus: Path) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    source = next(source for source in load_corpus(corpus).sources if source.id == "empty")
    assert source.shape == "unread"
    with pytest.raises(UnreadableSourceError, match=r"empty\.txt: not read: it is empty"):
        ingest(read_source(corpus, source), source)


def test_two_files_with_one_id_are_an_error(corpus: Path) -> None:
    (corpus / "a-thread.md").write_text("x", encoding="utf-8")
    assert message(corpus) == (
        "a-thread.md and a_thread.txt would both be the source 'a-thread'; rename one, or write a manifest with kb add"
    )


def test_a_name_without_letters_is_an_error(corpus: Path) -> None:
    (corpus / "__.txt").write_text("x", encoding="utf-8")
    assert message(corpus) == "__.txt: its name gives no id; rename it with letters or digits"


def test_a_name_no_manifest_could_hold_is_an_error(corpus: Path) -> None:
    (corpus / "two\nlines.txt").write_text("x", encoding="utf-8")
    assert message(corpus) == "'two\\nlines.txt': it holds a control character; rename it"


def test_what_is_no_ordinary_file_is_told(corpus: Path) -> None:
    os.mkfifo(corpus / "pipe.txt")
    assert [finding.message for finding in load_corpus(corpus).findings] == ["pipe.txt was skipped: it is no ordinary file"]


def test_a_manifest_that_is_no_file_is_an_error(corpus: Path) -> None:
    (corpus / "manifest.toml").mkdir()
    assert message(corpus) == f"manifest.toml: is no file; move what is called so out of {corpus}"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    assert (
        message(tmp_path / "none") == f"{tmp_path}/none: no such folder; give the corpus folder, or make a project with kb init"
    )


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/etc/passwd", "'/etc/passwd' in the manifest: it is absolute"),
        ("C:/x.txt", "'C:/x.txt' in the manifest: it is absolute"),
        ("more/../../x.txt", "'more/../../x.txt' in the manifest: it holds \"..\""),
        ("more\\\\x.txt", "'more\\\\x.txt' in the manifest: it holds a backslash"),
        ("x\\u0000.txt", "'x\\x00.txt' in the manifest: it holds a NUL character"),
        ("x\\ny.txt", "'x\\ny.txt' in the manifest: it holds a control character"),
        ("", "'' in the manifest: it is empty"),
        ("more", "more: is a folder; name the files in it"),
        ("x" * 300 + ".txt", "x" * 300 + ".txt: cannot be followed: File name too long; check its links"),
        ("none.txt", "none.txt: no such file in"),
    ],
)
def test_unsafe_and_missing_paths_are_errors(corpus: Path, path: str, cause: str) -> None:
    (corpus / "manifest.toml").write_text(entry(path), encoding="utf-8")
    assert message(corpus).startswith(cause)


def test_a_link_out_of_the_corpus_is_an_error(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert message(corpus) == f"link.txt: a symbolic link leads out of {corpus}; copy the file in, with kb add"


@pytest.mark.parametrize("target", ["nowhere.txt", "more"])
def test_a_link_to_no_file_is_an_error(corpus: Path, target: str) -> None:
    (corpus / "link.txt").symlink_to(target)
    assert message(corpus) == "link.txt: a symbolic link that leads to no file; copy the file in, with kb add"


def test_files_of_a_manifest_are_known_by_their_checksums(corpus: Path) -> None:
    (corpus / "manifest.toml").write_text(entry("more/deep.md"), encoding="utf-8")
    (source,) = load_corpus(corpus).sources
    assert source.files[0].sha256 == hashlib.sha256(b"# Our summary of a page\n").hexdigest()
    (corpus / "manifest.toml").write_text(entry("more/deep.md", "0" * 64), encoding="utf-8")
    assert message(corpus).startswith("more/deep.md changed since it was added")


def test_with_a_manifest_other_files_are_told(corpus: Path) -> None:
    (corpus / "manifest.toml").write_text(entry("more/deep.md"), encoding="utf-8")
    loaded = load_corpus(corpus)
    assert [source.id for source in loaded.sources] == ["a"]
    assert [(finding.code, finding.subject) for finding in loaded.findings] == [("I102", "B page.txt"), ("I102", "a_thread.txt")]


def test_a_changed_file_is_an_error(corpus: Path) -> None:
    path = corpus / "more" / "deep.md"
    right = hashlib.sha256(path.read_bytes()).hexdigest()
    source = Source(id="a", files=(SourceFile("more/deep.md", right),), source_kind="forum", shape="digest")
    assert read_source(corpus, source) == [b"# Our summary of a page\n"]
    path.write_text("changed", encoding="utf-8")
    with pytest.raises(ChecksumError, match=r"run: kb add --update a more/deep\.md"):
        read_source(corpus, source)
