"""The sites people will open: what ships, and what the real sources become, in a browser on a phone and on a desk."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from kb.check.site import check_site
from kb.pipeline import build
from kb.publish.catalogue import LISTS

REPOSITORY = Path(__file__).resolve().parents[2]
KINDS = ("source", "passage", "definition", "claim", "condition", "work")
DRAWN = 30
SEED = 20180321

pytestmark = pytest.mark.thorough


def drawn(site: Path) -> list[str]:
    """The home page, the lists, the first page of each other kind, and `DRAWN` of all pages by a fixed seed; no redirects."""
    staying = [path for path in site.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes()]
    names = sorted(path.relative_to(site).as_posix() for path in staying)
    first = [next(name for name in names if name.startswith(f"{kind}/")) for kind in KINDS]
    lists = [f"{name}.html" for name in LISTS]
    return ["index.html", *lists, *first, *random.Random(SEED).sample(names, DRAWN)]  # noqa: S311 - a sample, not a secret


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the corpus that ships."""
    return build(REPOSITORY / "corpus", tmp_path_factory.mktemp("shipped") / "out").out / "site"


@pytest.fixture(scope="module")
def originals(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the five real sources."""
    return build(real / "corpus", tmp_path_factory.mktemp("originals") / "out").out / "site"


def visit(browser: Any, site: Path, width: int) -> dict[str, list[str]]:
    """What is wrong with each drawn page at this width: complaints, requests off the site, overflow."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    wrong: dict[str, list[str]] = {}
    seen: list[str] = []
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("request", lambda request: seen.append(request.url))
    for name in drawn(site):
        page.goto((site / name).as_uri())
        found = page.evaluate("document.documentElement.scrollWidth")
        faults = [what for what in seen if not what.startswith(site.as_uri())]
        wrong[name] = [*faults, *([f"{found} px wide"] if found > width else [])]
        seen.clear()
    context.close()
    return {name: faults for name, faults in wrong.items() if faults}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_shipped_site_opens_cleanly(shipped: Path, browser: Any, width: int) -> None:
    assert len(drawn(shipped)) == DRAWN + len(KINDS) + len(LISTS) + 1
    assert visit(browser, shipped, width) == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_site_of_the_real_sources_opens_cleanly(originals: Path, browser: Any, width: int) -> None:
    assert len(drawn(originals)) == DRAWN + len(KINDS) + len(LISTS) + 1
    assert visit(browser, originals, width) == {}


def test_every_link_of_the_shipped_site_resolves(shipped: Path) -> None:
    assert list(check_site(shipped)) == []


def test_every_link_of_the_site_of_the_real_sources_resolves(originals: Path) -> None:
    assert list(check_site(originals)) == []


def test_the_facts_people_came_for_are_one_list_away(shipped: Path) -> None:
    figures = (shipped / "figures.html").read_text("utf-8")
    definitions = (shipped / "definitions.html").read_text("utf-8")
    matrix = (shipped / "classifications.html").read_text("utf-8")
    home = (shipped / "index.html").read_text("utf-8")
    assert [value for value in ("66%", "45%", "70%", "50%", "9.2%", "40%", "33.3%") if f">{value}</th>" not in figures] == []
    assert definitions.count("Scotland") > 0
    assert matrix.count('class="kb-placed"') > 20
    assert [name for name in ("figures", "definitions", "classifications") if f'href="{name}.html"' not in home] == []
