"""Building: same bytes for the same view, nothing left over, one line when something is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import StoreError
from kb.model import KnowledgeBase
from kb.public import public_view
from kb.publish import build_site
from kb.publish.build import SCAFFOLD
from kb.store import write_store
from tests.factory import digest, guidance, knowledge

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = """
import sys
from pathlib import Path
from kb.public import public_view
from kb.publish import build_site
from tests.factory import knowledge
build_site(public_view(knowledge()), None, Path(sys.argv[1]), "generation-1")
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        pytest.param({"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"}, marks=pytest.mark.thorough),
        pytest.param(
            {"PYTHONHASHSEED": "3", "SOURCE_DATE_EPOCH": "0", "PYTHONUTF8": "0", "LANG": "C"}, marks=pytest.mark.thorough
        ),
    ],
)
def test_the_same_view_gives_the_same_bytes(surroundings: dict[str, str], site: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)} | surroundings
    subprocess.run([sys.executable, "-c", BUILD, tmp_path / "again"], check=True, env=environment, cwd=tmp_path)
    assert contents(tmp_path / "again") == contents(site)


def test_no_trace_of_sphinx_is_left(site: Path) -> None:
    assert sorted(path.name for path in site.iterdir() if path.name.startswith((".", "_", "search"))) == ["_static"]
    assert (site / "generation.txt").read_text("ascii") == "generation-1\n"


def test_a_removed_record_leaves_no_page(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build_site(public_view(knowledge(guidance(), digest())), None, out, "one")
    before = {path.name for path in (out / "claim").iterdir()}
    build_site(public_view(knowledge(guidance())), None, out, "two")
    after = {path.name for path in (out / "claim").iterdir()}
    assert (len(before), len(after), after < before) == (4, 3, True)
    assert not (out / "source" / "critique-digest.html").exists()


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="holds something that kb did not write"):
        build_site(public_view(knowledge(guidance())), None, tmp_path, "one")
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_knowledge_base_has_a_site(tmp_path: Path) -> None:
    empty = KnowledgeBase(sources=(), documents=(), records=())
    build_site(public_view(empty), None, tmp_path / "site", "one")
    assert "There are none" in (tmp_path / "site" / "claims.html").read_text("utf-8")


def test_a_private_site_says_so_on_every_page_and_stays_out_of_search_engines(tmp_path: Path) -> None:
    build_site(public_view(knowledge(), private=True), None, tmp_path / "site", "one")
    pages = [path.read_text("utf-8") for path in sorted((tmp_path / "site").rglob("*.html"))]
    assert len(pages) > 30
    assert all("Private copy" in page and '<meta name="robots" content="noindex">' in page for page in pages)


def project(folder: Path, index: str) -> Path:
    """A project whose home page is `index`."""
    shutil.copy(SCAFFOLD / "conf.py", folder / "conf.py")
    (folder / "site").mkdir()
    (folder / "site" / "index.md").write_text(index, encoding="utf-8")
    return folder


def test_roles_link_to_records_under_their_titles(tmp_path: Path) -> None:
    home = project(tmp_path, "# Home\n\n{kb:source}`clinic-guidance` and {kb:condition}`this one <cfs>`\n")
    build_site(public_view(knowledge(*_with_cfs())), home, tmp_path / "out", "one")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert (
        '<a class="reference internal" href="source/clinic-guidance.html">Guidance for clinics on persistent symptoms</a>' in page
    )
    assert '<a class="reference internal" href="condition/cfs.html">this one</a>' in page


def _with_cfs() -> tuple[object, ...]:
    from kb.model import Mention  # noqa: PLC0415 - for this case alone

    writer = guidance()
    writer.add(Mention, "chronic fatigue", concept="cfs", speaker_role="document")
    return (writer,)


def test_a_dangling_name_is_one_line_with_its_place(tmp_path: Path) -> None:
    home = project(tmp_path, "# Home\n\n{kb:claim}`cnosuchid22`\n")
    with pytest.raises(StoreError) as caught:
        build_site(public_view(knowledge(guidance())), home, tmp_path / "out", "one")
    message = str(caught.value)
    assert "index.md:3: WARNING: nothing in this knowledge base is the record 'cnosuchid22'" in message
    assert "\n" not in message


def test_sphinx_alone_builds_from_the_store(tmp_path: Path) -> None:
    home = project(tmp_path, "# Home\n\n{ref}`kb-clinic-guidance`\n\n```{kb:front}\n```\n")
    (home / "build").mkdir()
    write_store(home / "build" / "kb.sqlite", knowledge(guidance()), "one")
    ended = _sphinx(home)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (home / "build" / "site-check" / "source" / "clinic-guidance.html").is_file()


def test_sphinx_alone_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    ended = _sphinx(project(tmp_path, "# Home\n"))
    store = tmp_path / "build" / "kb.sqlite"
    assert ended.returncode == 1
    assert ended.stderr == f"no knowledge base at {store}: run kb build, or set kb_store in conf.py\n"


def _sphinx(home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--no-color", "-c", ".", "site", "build/site-check"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_a_large_site_takes_milliseconds_a_page(tmp_path: Path) -> None:
    code = BUILD.replace("knowledge()", "knowledge(*large())").replace(
        "from tests.factory import knowledge", "from tests.factory import knowledge\nfrom tests.publish.large import large"
    )
    code += "\nimport time\nprint(time.process_time())"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)}
    ended = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "site"], check=True, env=environment, capture_output=True, text=True
    )
    pages = len(list((tmp_path / "site").rglob("*.html")))
    assert pages > 1_500
    assert 1_000 * float(ended.stdout) / pages < 8
