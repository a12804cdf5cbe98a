"""Cache and fingerprints: a key follows content, a broken entry is no entry, an unused one does not linger."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kb.model import Source, SourceFile
from kb.store.cache import Reading, load_reading, purge, save_reading
from kb.store.fingerprint import code_digest, digest_of, file_parts, generation_key, source_key
from tests.factory import knowledge

SOURCE = Source(id="a", files=(SourceFile("a.md", "00"),), source_kind="guidance", shape="digest")


def reading() -> Reading:
    base = knowledge()
    document = base.documents[0]
    return Reading(document, tuple(record for record in base.records if record.source_id == document.source_id))


def test_an_entry_comes_back(tmp_path: Path) -> None:
    kept = reading()
    save_reading(tmp_path, "key", kept)
    assert load_reading(tmp_path, "key") == kept
    assert load_reading(tmp_path, "other") is None


def test_a_torn_entry_is_no_entry(tmp_path: Path) -> None:
    save_reading(tmp_path, "key", reading())
    whole = (tmp_path / "key.json").read_bytes()
    (tmp_path / "key.json").write_bytes(whole[: len(whole) // 2])
    assert load_reading(tmp_path, "key") is None


def test_what_a_build_did_not_use_is_deleted(tmp_path: Path) -> None:
    save_reading(tmp_path, "old", reading())
    save_reading(tmp_path, "kept", reading())
    assert purge(tmp_path, ["kept"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
    assert purge(tmp_path / "absent", []) == 0


def test_a_source_key_changes_with_bytes_fields_and_withdrawals() -> None:
    keys = {
        source_key(SOURCE),
        source_key(msgspec.structs.replace(SOURCE, files=(SourceFile("a.md", "01"),))),
        source_key(msgspec.structs.replace(SOURCE, title="A title")),
        source_key(msgspec.structs.replace(SOURCE, withdrawn=("sabcdefghij",))),
    }
    assert len(keys) == 4
    assert source_key(SOURCE) in keys


def test_a_generation_depends_on_pages_and_on_who_may_see_it(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text("one")
    one = generation_key([SOURCE], [page], private=False)
    assert generation_key([SOURCE], [page], private=True) != one
    page.write_text("two")
    assert generation_key([SOURCE], [page], private=False) != one


def test_digests_keep_parts_apart() -> None:
    assert digest_of([b"ab", b"c"]) != digest_of([b"a", b"bc"])


def test_code_is_its_names_and_bytes_without_what_was_compiled(tmp_path: Path) -> None:
    for folder in ("deep", "__pycache__"):
        (tmp_path / folder).mkdir()
    (tmp_path / "words.toml").write_bytes(b"x = 1")
    (tmp_path / "deep" / "rule.py").write_bytes(b"pass")
    (tmp_path / "__pycache__" / "rule.cpython-311.pyc").write_bytes(b"compiled")
    assert list(file_parts(tmp_path, "room")) == [b"room/deep/rule.py", b"pass", b"room/words.toml", b"x = 1"]


def test_rooms_have_a_digest_each_and_the_whole_package_another() -> None:
    assert len({code_digest("model"), code_digest("text"), code_digest("model", "text"), code_digest(), digest_of([])}) == 5
