"""What must hold of the repository itself: nobody's sentences, nobody's machine, nothing that is only declared."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from kb.cli.main import VERBS
from kb.store.fingerprint import ALL_LIBRARIES, READING_LIBRARIES, READING_ROOMS

REPOSITORY = Path(__file__).resolve().parent.parent
RUN = re.compile(
    r"^(?P<place>\S+:\d+): \d+ words: '(?P<words>.*)'$|^(?P<other>\S+:\d+): \d+ words: \"(?P<quoted>.*)\"$", re.MULTILINE
)


def folded(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", words.casefold()))


def bibliography(digest: str) -> list[str]:
    """The lines of a digest that may repeat a source: its title, and the works it points to."""
    title, _newline, rest = digest.partition("\n")
    sections = re.split(r"^## ", rest, flags=re.MULTILINE)
    return [title, *(line for section in sections if section.startswith("Works it points to") for line in section.splitlines())]


def imported(folder: Path) -> set[str]:
    """Top-level names of what the modules below `folder` import."""
    names: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names


def distributions(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {name.lower().replace("_", "-") for module in modules for name in known.get(module, ())}


def test_no_sentence_of_a_source_stands_in_the_repository(real: Path) -> None:
    tool = real / "verbatim.py"
    command = [sys.executable, str(tool), "--repo", str(REPOSITORY), str(real / "corpus")]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    titles = [
        folded(line) for path in sorted((REPOSITORY / "corpus").glob("*.md")) for line in bibliography(path.read_text("utf-8"))
    ]
    runs = [(run["place"] or run["other"], folded(run["words"] or run["quoted"])) for run in RUN.finditer(printed)]
    assert printed.splitlines()[-1].startswith(f"{len(runs)} runs")
    assert [run for run in runs if not any(run[1] in title or title in run[1] for title in titles)] == []


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="not a git checkout: nothing is tracked")
def test_no_path_of_one_machine_stands_in_a_tracked_file() -> None:
    listed = subprocess.run(["git", "-C", str(REPOSITORY), "ls-files", "-z"], capture_output=True, check=False)
    paths = [REPOSITORY / name for name in listed.stdout.decode().split("\0") if name]
    texts = {path: path.read_bytes() for path in paths if path.is_file()}
    pattern = re.compile(rb"/(?:work|home|farm)/[a-z]|/tmp/[a-z]+[0-9]")
    assert [path.name for path, text in texts.items() if pattern.search(text) and path.name != Path(__file__).name] == []


def test_every_declared_library_is_used() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=~ ]", line)[0] for line in project["dependencies"]}
    extensions = {"furo", "myst-parser"}  # named in conf.py and in the pages, which Sphinx reads
    needed_by_others = {"lxml_html_clean"}  # trafilatura's; as an extra of lxml an old pip leaves it out
    assert declared - distributions(imported(REPOSITORY / "kb")) - extensions - needed_by_others == set()


def test_every_imported_library_is_declared() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=~ ]", line)[0] for line in project["dependencies"]}
    third_party = distributions(imported(REPOSITORY / "kb") - set(sys.stdlib_module_names) - {"kb"})
    assert third_party - declared == set()


def test_the_cache_knows_every_library_the_reading_rooms_import() -> None:
    used = set().union(*(imported(REPOSITORY / "kb" / room) for room in READING_ROOMS))
    third_party = distributions(used - set(sys.stdlib_module_names) - {"kb"})
    assert third_party <= set(READING_LIBRARIES)


def test_a_generation_knows_every_library() -> None:
    third_party = distributions(imported(REPOSITORY / "kb") - set(sys.stdlib_module_names) - {"kb"})
    assert third_party - {"rich", "tomlkit"} <= set(ALL_LIBRARIES)  # these two only show progress and write manifests


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_command_is_documented(verb: str) -> None:
    pages = sorted((REPOSITORY / "site").rglob("*.md"))
    assert [page.name for page in pages if f"kb {verb}" in page.read_text("utf-8")] != []
