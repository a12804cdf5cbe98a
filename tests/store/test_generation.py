"""The swap: whatever moment a build dies in, one whole generation stands, or the next command makes it whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import StoreError
from kb.model import KnowledgeBase
from kb.store import (
    current_generation,
    fresh_folder,
    open_generation,
    put_in_place,
    roll_forward,
    stamp,
    whole_generation,
    write_store,
)
from tests.factory import knowledge


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return knowledge()


def make(folder: Path, base: KnowledgeBase, generation: str) -> None:
    write_store(folder / "kb.sqlite", base, generation)
    for name in ("index", "site"):
        (folder / name).mkdir()
        (folder / name / "page").write_text(generation)
        stamp(folder / name, generation)


def build(out: Path, base: KnowledgeBase, generation: str) -> None:
    with fresh_folder(out) as fresh:
        make(fresh, base, generation)
        put_in_place(out, generation)


def pages(out: Path) -> list[str]:
    return [(out / name / "page").read_text() for name in ("index", "site")]


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


def test_a_generation_replaces_the_one_before(tmp_path: Path, base: KnowledgeBase) -> None:
    build(tmp_path, base, "aa")
    build(tmp_path, base, "bb")
    assert current_generation(tmp_path) == "bb"
    assert pages(tmp_path) == ["bb", "bb"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", "index", "kb.sqlite", "site"]


def test_a_failed_build_leaves_the_last_one(tmp_path: Path, base: KnowledgeBase) -> None:
    build(tmp_path, base, "aa")
    with pytest.raises(KilledError), fresh_folder(tmp_path) as fresh:
        die_after(lambda: make(fresh, base, "bb"))
    assert whole_generation(tmp_path) == "aa"
    assert not (tmp_path / ".next").exists()


def test_an_incomplete_generation_is_not_put_in_place(tmp_path: Path, base: KnowledgeBase) -> None:
    build(tmp_path, base, "aa")
    with fresh_folder(tmp_path) as fresh:
        write_store(fresh / "kb.sqlite", base, "bb")
        with pytest.raises(StoreError, match="index, site missing"):
            put_in_place(tmp_path, "bb")
    assert whole_generation(tmp_path) == "aa"


def die_after(work: Callable[[], None]) -> None:
    work()
    raise KilledError


def dying_after(renames: int) -> Callable[[Path, Path], Path]:
    """`Path.rename` for a process that is killed before its next rename after `renames` of them."""
    left = iter(range(renames))
    rename = Path.rename

    def dying(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KilledError
        return rename(self, target)

    return dying


@pytest.mark.parametrize("renames", range(6))
def test_a_kill_between_any_two_renames_is_rolled_forward(
    tmp_path: Path, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    build(tmp_path, base, "aa")
    (tmp_path / ".next").mkdir()
    make(tmp_path / ".next", base, "bb")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", dying_after(renames))
        with pytest.raises(KilledError):
            put_in_place(tmp_path, "bb")
    assert roll_forward(tmp_path) is True
    assert whole_generation(tmp_path) == "bb"
    assert pages(tmp_path) == ["bb", "bb"]


def test_a_kill_before_the_journal_keeps_the_old_generation(tmp_path: Path, base: KnowledgeBase) -> None:
    build(tmp_path, base, "aa")
    (tmp_path / ".next").mkdir()
    make(tmp_path / ".next", base, "bb")
    assert roll_forward(tmp_path) is False
    assert whole_generation(tmp_path) == "aa"
    build(tmp_path, base, "cc")
    assert whole_generation(tmp_path) == "cc"


def test_opening_finishes_what_a_kill_left(tmp_path: Path, base: KnowledgeBase) -> None:
    build(tmp_path, base, "aa")
    (tmp_path / ".next").mkdir()
    make(tmp_path / ".next", base, "bb")
    (tmp_path / ".journal.json").write_text('{"generation":"bb","products":["kb.sqlite","index","site"]}')
    assert open_generation(tmp_path) == base
    assert whole_generation(tmp_path) == "bb"


def test_pieces_of_two_generations_are_refused(tmp_path: Path, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, base, "aa")
    stamp(tmp_path / "site", "bb")
    monkeypatch.setattr("kb.store.generation.PAUSE", 0)
    with pytest.raises(StoreError, match="pieces of different builds"):
        whole_generation(tmp_path)


def test_a_reader_who_comes_amid_a_swap_waits_for_its_end(
    tmp_path: Path, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, base, "aa")
    stamp(tmp_path / "site", "bb")
    monkeypatch.setattr("kb.store.generation.time.sleep", lambda _seconds: stamp(tmp_path / "site", "aa"))
    assert whole_generation(tmp_path) == "aa"


def test_nothing_built_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run kb build"):
        open_generation(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_builds_into_one_folder_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fcntl")
    monkeypatch.setattr("kb.store.generation.PAUSE", 0)
    with (
        fresh_folder(tmp_path),
        pytest.raises(StoreError, match="another kb is writing"),
        fresh_folder(tmp_path),
    ):
        pass
