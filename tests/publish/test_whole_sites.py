"""The sites people will open: what ships, and what the real sources become, in a browser on a phone and on a desk."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from kb.pipeline import build

REPOSITORY = Path(__file__).resolve().parents[2]
KINDS = ("source", "passage", "definition", "claim", "condition", "work")
DRAWN = 30
SEED = 20180321

pytestmark = pytest.mark.thorough


def drawn(site: Path) -> list[str]:
    """The first page of each kind, the home page, and `DRAWN` of all pages by a fixed seed; none that only sends on."""
    staying = [path for path in site.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes()]
    names = sorted(path.relative_to(site).as_posix() for path in staying)
    first = [next(name for name in names if name.startswith(f"{kind}/")) for kind in KINDS]
    return ["index.html", *first, *random.Random(SEED).sample(names, DRAWN)]  # noqa: S311 - a sample, not a secret


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
    assert len(drawn(shipped)) == DRAWN + len(KINDS) + 1
    assert visit(browser, shipped, width) == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_site_of_the_real_sources_opens_cleanly(originals: Path, browser: Any, width: int) -> None:
    assert len(drawn(originals)) == DRAWN + len(KINDS) + 1
    assert visit(browser, originals, width) == {}
