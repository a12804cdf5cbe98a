"""What goes wrong and how it is told: a situation, an exit code, the words of one line; and nothing half-made."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

import pytest

from kb.cli.main import main
from tests.mini_corpus import BLOG

ENTRY = '[[source]]\nid = "a"\nfiles = ["blog.txt"]\nkind = "critique"\nshape = "flattened-blog"\n'
COVERAGE = '{"type": "coverage", "file": "blog.txt", "ranges": [[0, 9]]}\n'
Arrange = Callable[[Path], object]


class Told(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `kb ARGUMENTS`."""

    def run_verb(*arguments: str) -> Told:
        try:
            main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        else:
            code = 0
        printed = capsys.readouterr()
        return Told(code, printed.out, printed.err)

    return run_verb


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def nothing(_project: Path) -> None:
    """Leave the project as it is."""


def manifest(text: str) -> Arrange:
    return lambda project: (project / "corpus" / "manifest.toml").write_text(text, encoding="utf-8")


def source(name: str, data: bytes) -> Arrange:
    return lambda project: (project / "corpus" / name).write_bytes(data)


def put(name: str, data: bytes = b"x") -> Arrange:
    """A file below the project, in the place of what stood there."""

    def arrange(project: Path) -> None:
        target = project / name
        rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    return arrange


def link(name: str, target: str) -> Arrange:
    return lambda project: (project / name).symlink_to(target)


def drop(name: str) -> Arrange:
    return lambda project: rmtree(project / name)


def overwrite(name: str) -> Arrange:
    """Other bytes, as many as there were."""
    return lambda project: (project / name).write_bytes(b"x" * (project / name).stat().st_size)


def execute(statement: str) -> Arrange:
    def arrange(project: Path) -> None:
        with closing(sqlite3.connect(project / "build" / "kb.sqlite", isolation_level=None)) as connection:
            connection.execute(statement)

    return arrange


BUILDS: list[tuple[str, Arrange, tuple[str, ...], int, str]] = [
    ("the corpus is missing", nothing, ("nowhere",), 3, "kb: nowhere: no such folder; give the corpus folder, or make"),
    ("the corpus is a file", nothing, ("corpus/blog.txt",), 3, "kb: corpus/blog.txt: is a file, not a folder; give the corpus"),
    ("an unknown key", manifest(ENTRY + 'titel = "x"\n'), (), 3, "line 6: unknown key 'titel'; did you mean 'title'?"),
    ("a wrong type", manifest(ENTRY + "title = 3\n"), (), 3, "line 6: title is 3; it should be text in quotation marks"),
    (
        "an unknown shape",
        manifest(ENTRY.replace('blog"\n', 'blob"\n')),
        (),
        3,
        "line 5: no reader for the shape 'flattened-blob'",
    ),
    ("an id used twice", manifest(ENTRY + ENTRY), (), 3, "line 7: the id 'a' is used twice; ids are permanent names"),
    ("a file in two entries", manifest(ENTRY + ENTRY.replace('"a"', '"b"')), (), 3, "'blog.txt' is already the source 'a'"),
    ("a listed file is absent", manifest(ENTRY.replace("blog.", "none.")), (), 3, "kb: none.txt: no such file in corpus; put it"),
    ("a folder is listed", manifest(ENTRY.replace("blog.txt", "../corpus")), (), 3, "kb: '../corpus' in the manifest: it holds"),
    ("an absolute path", manifest(ENTRY.replace("blog.", "/blog.")), (), 3, "kb: '/blog.txt' in the manifest: it is absolute"),
    ("a NUL in a path", manifest(ENTRY.replace("blog.", "\\u0000.")), (), 3, "kb: '\\x00.txt' in the manifest: it holds a NUL"),
    (
        "a line break in a path",
        manifest(ENTRY.replace("blog.", "\\n.")),
        (),
        3,
        "kb: '\\n.txt' in the manifest: it holds a contr",
    ),
    (
        "bad TOML",
        manifest("[[source]\n"),
        (),
        3,
        "kb: manifest.toml: Expected ']]' at the end of an array declaration (at line 1",
    ),
    (
        "a changed file",
        manifest(ENTRY.replace('"blog.txt"', f'{{ path = "blog.txt", sha256 = "{"0" * 64}" }}')),
        (),
        3,
        "if the new file is right, run: kb add --update a blog.txt",
    ),
    ("a link out of the corpus", link("corpus/out.txt", "../build/kb.sqlite"), (), 3, "kb: out.txt: a symbolic link leads out"),
    ("a link to itself", link("corpus/loop.txt", "loop.txt"), (), 3, "kb: loop.txt: cannot be followed: Symlink loop"),
    (
        "a link to nothing",
        link("corpus/dead.txt", "none.txt"),
        (),
        3,
        "kb: dead.txt: a symbolic link that leads to no file; copy",
    ),
    (
        "two files of one id",
        source("Blog.md", b"Words."),
        (),
        3,
        "kb: Blog.md and blog.txt would both be the source 'blog'; rename",
    ),
    ("out is the corpus", nothing, ("--out", "corpus"), 2, "kb: --out 'corpus' holds the corpus 'corpus': build into a folder"),
    (
        "out is in the corpus",
        nothing,
        ("--out", "corpus/out"),
        2,
        "kb: --out 'corpus/out' lies in the corpus: build into a folder",
    ),
    (
        "the corpus is in out",
        nothing,
        ("--out", "."),
        2,
        "kb: --out '.' holds the corpus 'corpus': build into a folder of its own",
    ),
    ("out is a file", nothing, ("--out", "corpus/blog.txt/x"), 2, "kb: --out 'corpus/blog.txt/x' lies in the corpus"),
    ("out is below a file", nothing, ("--out", "build/kb.sqlite"), 6, "kb: build/kb.sqlite: cannot be written: File exists; is"),
    ("out is no path", nothing, ("--out", ""), 2, "kb: invalid value for '--out': the path is empty; see kb build --help"),
    (
        "a site of others is in the way",
        put("out/site/mine.html"),
        ("--out", "out"),
        6,
        "kb: out/site is nothing that kb built: move",
    ),
    ("an index of others", put("out/index/mine"), ("--out", "out"), 6, "kb: out/index is nothing that kb built: move it away"),
    (
        "an empty file, strictly",
        source("empty.txt", b""),
        ("--strict",),
        4,
        "--strict: empty.txt: not read: it is empty; nothing was",
    ),
    ("a damaged journal", put("build/.journal.json"), (), 6, "kb: build/.journal.json is damaged"),
    ("no such option", nothing, ("--loud",), 2, "kb: no such option '--loud'"),
]


@pytest.mark.parametrize(("arrange", "arguments", "code", "words"), [row[1:] for row in BUILDS], ids=[row[0] for row in BUILDS])
def test_a_build_that_cannot_be_says_why_in_one_line_and_leaves_everything(
    arrange: Arrange, arguments: tuple[str, ...], code: int, words: str, project: Path, run: Run
) -> None:
    arrange(project)
    kept = [project / "corpus", project / "build" / "site", project / "build" / "index"]
    before = [files_of(folder) for folder in kept]
    told = run("build", *arguments)
    assert (told.code, told.out, told.err.count("\n")) == (code, "", 1)
    assert words in told.err
    assert [files_of(folder) for folder in kept] == before
    assert not (project / "build" / ".next").exists()


READS: list[tuple[str, Arrange, tuple[str, ...], int, str]] = [
    (
        "nothing was built",
        drop("build"),
        ("show",),
        6,
        "kb: no knowledge base in build: run kb build, or say where it is with --kb",
    ),
    (
        "the store is no database",
        put("build/kb.sqlite", b"x" * 999),
        ("show",),
        6,
        "kb: build/kb.sqlite is damaged or no database",
    ),
    (
        "the store is of another schema",
        execute("PRAGMA user_version = 99"),
        ("show",),
        6,
        "another version of kb (schema 99, not 3)",
    ),
    ("the store names no generation", execute("DELETE FROM meta"), ("show",), 6, "(it names no generation): delete it and run"),
    (
        "the store has lost a table",
        execute("DROP TABLE meta"),
        ("check",),
        6,
        "(no such table: meta): delete it and run kb build",
    ),
    (
        "the store holds no JSON",
        execute("UPDATE source SET value = '{'"),
        ("show",),
        6,
        "is damaged or no database (Input data was",
    ),
    (
        "the index is gone",
        drop("build/index"),
        ("search", "x"),
        6,
        "kb: build holds pieces of different builds: run kb build again",
    ),
    (
        "the index is damaged",
        overwrite("build/index/forms.json"),
        ("search", "x"),
        6,
        "index is damaged: delete it and run kb build",
    ),
    ("the stamp is damaged", overwrite("build/index/index.json"), ("search", "x"), 6, "is not one of kb's: delete it and run kb"),
    ("no such id", nothing, ("show", "blgo"), 2, "kb: nothing has the id 'blgo': did you mean blog?"),
    (
        "no such kind",
        nothing,
        ("search", "x", "--kind", "post"),
        2,
        "kb: invalid value for '--kind': 'post' is not one of 'passage'",
    ),
    (
        "no such source",
        nothing,
        ("search", "care", "--source", "blgo"),
        2,
        "kb: no source that was read has the id 'blgo': did you",
    ),
    (
        "no such engine",
        nothing,
        ("search", "x", "--engine", "lucene"),
        2,
        "kb: there is no search engine 'lucene': choose one of",
    ),
    (
        "no page 0",
        nothing,
        ("search", "x", "--page", "0"),
        2,
        "kb: invalid value for '--page': 0 is not in the range x>=1; see kb",
    ),
    ("no query", nothing, ("search",), 2, "kb: missing argument 'QUERY...'; see kb search --help"),
    (
        "no such format",
        nothing,
        ("export", "records", "--out", "x", "--format", "xml"),
        8,
        "cannot be written as 'xml'; take one of",
    ),
    (
        "no such folder",
        nothing,
        ("export", "records", "--out", "no/x.json"),
        8,
        "kb: 'no/x.json' cannot be written: No such file",
    ),
    (
        "out is a folder",
        nothing,
        ("export", "records", "--out", "corpus"),
        8,
        "kb: 'corpus' cannot be written: Is a directory; give",
    ),
    ("no such code", nothing, ("check", "--code", "X"), 2, "kb: no finding has a code like 'X': the codes are I101"),
    ("no such gold", nothing, ("eval", "none.jsonl"), 2, "kb: 'none.jsonl' cannot be opened: No such file or directory; give a"),
    ("no gold file", nothing, ("eval", "corpus/blog.txt"), 2, "kb: corpus/blog.txt, line 1: not JSON: Expecting value"),
    ("a folder without gold", nothing, ("eval", "corpus"), 2, "kb: corpus: no *.gold.jsonl in this folder"),
    (
        "gold of a file that is not held",
        put("x.gold.jsonl", COVERAGE.replace("blog", "none").encode()),
        ("eval", "x.gold.jsonl"),
        2,
        "kb: x.gold.jsonl: none.txt is not in the knowledge base; run kb build on the corpus that has it",
    ),
    ("nothing to add", nothing, ("add", "none.txt"), 3, "kb: none.txt: no such file; check the path"),
    ("an empty file to add", put("e.txt", b""), ("add", "e.txt"), 3, "kb: e.txt: not read: it is empty"),
    ("a picture to add", put("e.txt", b"\x89PNG"), ("add", "e.txt"), 3, "kb: e.txt: not read: it is a PNG picture"),
    (
        "an unset variable to add",
        nothing,
        ("add", ""),
        2,
        "kb: invalid value for 'PATH...': the path is empty; see kb add --help",
    ),
    (
        "a manifest to add",
        put("manifest.toml"),
        ("add", "manifest.toml"),
        3,
        "kb: manifest.toml: the corpus keeps something else",
    ),
    (
        "a name of two lines to add",
        put("a\nb.txt"),
        ("add", "a\nb.txt"),
        3,
        "kb: 'a\\nb.txt': it holds a control character; rename",
    ),
    (
        "a corpus that is a file",
        nothing,
        ("add", "corpus", "--corpus", "build/kb.sqlite"),
        3,
        "kb: build/kb.sqlite: is no folder",
    ),
    (
        "a source that is not there",
        nothing,
        ("add", "corpus/blog.txt", "--update", "x"),
        3,
        "kb: x: the manifest has no such source",
    ),
    ("a project is there", nothing, ("init",), 2, "kb: . already holds corpus: nothing was written; give another folder"),
    (
        "a project below a file",
        nothing,
        ("init", "corpus/blog.txt/x"),
        2,
        "kb: 'corpus/blog.txt/x' cannot be made: Not a directory",
    ),
    ("no such command", nothing, ("serach",), 2, "kb: no such command 'serach'"),
]


@pytest.mark.parametrize(("arrange", "arguments", "code", "words"), [row[1:] for row in READS], ids=[row[0] for row in READS])
def test_a_command_that_cannot_be_says_why_in_one_line_and_writes_nothing(
    arrange: Arrange, arguments: tuple[str, ...], code: int, words: str, project: Path, run: Run
) -> None:
    arrange(project)
    before = files_of(project)
    told = run(*arguments)
    assert (told.code, told.out, told.err.count("\n")) == (code, "", 1)
    assert words in told.err
    assert files_of(project) == before


@pytest.mark.parametrize(
    ("query", "caret"),
    [
        ('"open', "^"),
        ("pain kinds:claim", "     ^^^^^^^^^^^"),
        ("(" * 90 + "a", " " * 40 + "^"),
        ("two\nlines (", "          ^"),
        ("word " * 900 + "(", " " * 60 + "^" * 60),
    ],
)
def test_a_query_error_shows_its_place_in_two_more_lines(query: str, caret: str, project: Path, run: Run) -> None:
    told = run("search", query)
    lines = told.err.split("\n")
    assert (told.code, told.out, len(lines)) == (5, "", 4)
    assert lines[2] == f"  {caret}"
    assert len(lines[1]) <= 122


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "it is empty"),
        ("noise.txt", b"\0\x01\x02" * 50, "it is binary, not text"),
        ("scan.txt", b"\x89PNG", "it is a PNG picture"),
    ],
)
def test_what_could_not_be_read_is_named_and_the_rest_is_built(
    name: str, data: bytes, words: str, project: Path, run: Run
) -> None:
    (project / "corpus" / name).write_bytes(data)
    told = run("build")
    assert (told.code, told.err) == (0, "")
    assert f"Unread:  {name}: not read: {words}" in told.out.splitlines()
    assert f"E204 {name.removesuffix('.txt')}: {name}: not read: {words}" in run("check").out
    assert run("show", name.removesuffix(".txt"), "--structure").out.endswith(": not read: kb check says why\n")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BLOG.encode("utf-16"), "the only trial"),
        (BLOG.replace("only trial", "only “trial” – ever").encode("cp1252"), "only “trial” – ever"),
        (BLOG.encode().replace(b"trial", b"tri\xffal"), "triÿal"),
        (BLOG.encode() + "“Last” words of Zoë".encode()[:-1], "“last” words of zo\ufffd"),
    ],
)
def test_text_in_other_encodings_and_with_damage_is_read(data: bytes, words: str, project: Path, run: Run) -> None:
    (project / "corpus" / "blog.txt").write_bytes(data)
    assert run("build", "--quiet") == Told(0, "", "")
    assert words.casefold() in run("search", f'source:blog "{words}"').out.casefold()


def test_damage_is_mended_by_what_the_message_says(project: Path, run: Run) -> None:
    overwrite("build/index/forms.json")(project)
    assert "delete it and run kb build" in run("search", "care").err
    rmtree(project / "build" / "index")
    assert run("build", "--quiet").code == 0
    assert run("search", "clinics").code == 0


def test_a_file_without_a_checksum_that_changed_is_built_anew(project: Path, run: Run) -> None:
    manifest(ENTRY)(project)
    assert run("build", "--quiet").code == 0
    source("blog.txt", BLOG.replace("12%", "57%").encode())(project)
    assert "1 read anew" in run("build").out
    assert "57%" in run("search", "value:57").out


def test_files_of_others_in_the_cache_stay(project: Path, run: Run) -> None:
    put("build/cache/notes.txt")(project)
    source("blog.txt", b"Other words of a page.")(project)
    assert run("build", "--quiet").code == 0
    assert (project / "build" / "cache" / "notes.txt").read_bytes() == b"x"


def test_a_corpus_without_sources_says_what_to_do(project: Path, run: Run) -> None:
    (project / "empty").mkdir()
    assert run("build", "empty", "--out", "none").out.startswith("No sources: kb add FILE... copies them into the corpus")


def test_a_page_past_the_last_names_the_last(project: Path, run: Run) -> None:
    told = run("search", "clinics", "--page", "99")
    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("14 hit(s), page 99 of 2; the last is --page 2\n")
