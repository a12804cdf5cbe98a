"""Manifests: what is read, and what each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import ManifestError
from kb.model import Source
from kb.sources.manifest import read_manifest

ENTRY = """\
[[source]]
id = "a-leaflet"
files = [{ path = "a-leaflet.md" }]
kind = "guidance"
shape = "guidance-markdown"
"""
SHAPES = "digest, flattened-forum, guidance-markdown, xenforo-html, forum-html, article-html, pdf, docx, jats, flattened-blog"
TAKE_ONE = f"take one of {SHAPES}"
FILES = 'a list of paths, or of tables { path = "…", sha256 = "…" }'


def written(folder: Path, text: str) -> tuple[Source, ...]:
    path = folder / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    return read_manifest(path)


def test_fields(tmp_path: Path) -> None:
    (source,) = written(
        tmp_path,
        ENTRY + 'title = "A leaflet"\ndate = "2019-05"\nauthors = ["Lee"]\npublisher = "unknown"\nwithdrawn = ["s234567abcd"]\n',
    )
    assert (source.id, source.source_kind, source.shape, source.title) == (
        "a-leaflet",
        "guidance",
        "guidance-markdown",
        "A leaflet",
    )
    assert source.date is not None
    assert (source.date.value, source.date.precision) == ("2019-05", "month")
    assert (source.authors, source.publisher, source.withdrawn) == (("Lee",), None, ("s234567abcd",))
    assert (source.publish, source.language, source.files[0].sha256) == ("quotes", None, "")


def test_a_path_alone_is_a_file(tmp_path: Path) -> None:
    (source,) = written(
        tmp_path, ENTRY.replace('{ path = "a-leaflet.md" }', '"a-leaflet.md", "b.md"') + "retrieved = 2019-05-03\n"
    )
    assert ([file.path for file in source.files], source.retrieved) == (["a-leaflet.md", "b.md"], "2019-05-03")


def test_a_toml_date_is_a_date(tmp_path: Path) -> None:
    (source,) = written(tmp_path, ENTRY + "date = 2019-05-03\n")
    assert source.date is not None
    assert source.date.value == "2019-05-03"


@pytest.mark.parametrize(
    ("licence", "publish"),
    [
        ("OGL-UK-3.0", "full"),
        ("Open Government Licence v3.0", "full"),
        ("CC-BY-4.0", "full"),
        ("CC BY-SA 4.0", "full"),
        ("CC0", "full"),
        ("MIT", "full"),
        ("CC-BY-NC-4.0", "quotes"),
        ("CC BY-ND", "quotes"),
        ("CC-BY-SA-NC", "quotes"),
        ("all rights reserved", "quotes"),
        ("permitted for readers", "quotes"),
        ("unknown", "quotes"),
    ],
)
def test_what_is_published_follows_the_licence(tmp_path: Path, licence: str, publish: str) -> None:
    (source,) = written(tmp_path, ENTRY + f'licence = "{licence}"\n')
    assert source.publish == publish


def test_a_digest_is_published_and_a_person_goes_before(tmp_path: Path) -> None:
    digest = ENTRY.replace("guidance-markdown", "digest") + 'digest_of = "elsewhere"\n'
    assert written(tmp_path, digest)[0].publish == "full"
    assert written(tmp_path, digest + 'publish = "none"\n')[0].publish == "none"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY + 'titel = "x"\n', "manifest.toml, line 6: unknown key 'titel'; did you mean 'title'?"),
        (
            ENTRY + "\n" + ENTRY,
            "manifest.toml, line 8: the id 'a-leaflet' is used twice; ids are permanent names, give one of them another",
        ),
        (
            ENTRY.replace('id = "a-leaflet"\n', ""),
            "manifest.toml, line 1: the source has no 'id'; add it, or let kb add write the entry",
        ),
        (
            ENTRY.replace('a-leaflet"', 'A Leaflet"'),
            "manifest.toml, line 2: 'A Leaflet' is no id; use lower-case letters, digits and single hyphens",
        ),
        (
            ENTRY + 'date = "about 2019"\n',
            "manifest.toml, line 6: 'about 2019' is no date; write it as far as it is known: 2018, 2018-03 or 2018-03-21",
        ),
        (ENTRY.replace('[{ path = "a-leaflet.md" }]', "[]"), "manifest.toml, line 3: files is empty; name at least one"),
        (
            ENTRY.replace('md"', 'md", sha256 = "ABC"'),
            "manifest.toml, line 3: sha256 of 'a-leaflet.md' is not 64 lower-case hexadecimal digits",
        ),
        (
            ENTRY + ENTRY.replace('"a-leaflet"', '"another"').replace('"a-l', '"./a-l'),
            "manifest.toml, line 8: the file './a-leaflet.md' is already the source 'a-leaflet'; a file is listed once",
        ),
        (
            ENTRY.replace('{ path = "a-leaflet.md" }', '"a.md", "a.md"'),
            "manifest.toml, line 3: the file 'a.md' is already the source 'a-leaflet'; a file is listed once",
        ),
        (
            ENTRY.replace('"guidance"', '"unknown"'),
            "manifest.toml, line 4: the source has no 'kind'; add it, or let kb add write the entry",
        ),
        (
            ENTRY.replace("guidance-markdown", "guidance-markdwn"),
            "manifest.toml, line 5: no reader for the shape 'guidance-markdwn'; did you mean 'guidance-markdown'?",
        ),
        (
            ENTRY.replace("guidance-markdown", "wiki"),
            f"manifest.toml, line 5: no reader for the shape 'wiki'; {TAKE_ONE}",
        ),
        (
            ENTRY.replace('"guidance"', '"leaflet"'),
            "manifest.toml, line 4: kind is 'leaflet'; it should be guidance, forum or critique",
        ),
        (ENTRY + "title = 3\n", "manifest.toml, line 6: title is 3; it should be text in quotation marks"),
        (ENTRY + 'authors = "Lee"\n', 'manifest.toml, line 6: authors is \'Lee\'; it should be a list of names, ["…", "…"]'),
        (
            ENTRY.replace("path =", "paht =").replace("a-leaflet.md", "b"),
            (
                "manifest.toml, line 3: files is [{'paht': 'b'}]; it should be a list of paths, or of tables "
                '{ path = "…", sha256 = "…" }'
            ),
        ),
        (ENTRY + "title = \n", "manifest.toml: Invalid value (at line 6, column 9); correct it by hand"),
        ("[sauce]\n", "manifest.toml, line 1: unknown table or key 'sauce'; sources are [[source]] tables"),
        ("\n[source]\nid = 1\n", "manifest.toml, line 2: sources are written [[source]], with double brackets"),
        ("source = [1]\n", "manifest.toml, line 1: sources are written [[source]], with double brackets"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ManifestError) as raised:
        written(tmp_path, text)
    assert str(raised.value) == message


def test_bytes_that_are_no_utf_8_are_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_bytes(b'x = "\xe9"')
    with pytest.raises(ManifestError, match=r"manifest\.toml: byte 5 is not UTF-8; save it as UTF-8"):
        read_manifest(tmp_path / "manifest.toml")
