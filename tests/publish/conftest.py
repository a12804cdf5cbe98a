"""A small site built once, one made of attacks, and a browser to look at them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from kb.check.site import read_pages
from kb.public import public_view
from kb.publish import build_site
from tests.factory import knowledge
from tests.publish.poison import poisoned

Soups = dict[str, BeautifulSoup]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three invented sources, published."""
    out = tmp_path_factory.mktemp("site") / "site"
    build_site(public_view(knowledge()), None, out, "generation-1")
    return out


@pytest.fixture(scope="session")
def poisoned_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources whose every field holds an attack, published."""
    out = tmp_path_factory.mktemp("poisoned") / "site"
    build_site(public_view(knowledge(*poisoned())), None, out, "generation-1")
    return out


@pytest.fixture(scope="session")
def pages(site: Path) -> Soups:
    """The pages of the small site."""
    return read_pages(site)


@pytest.fixture(scope="session")
def poisoned_pages(poisoned_site: Path) -> Soups:
    """The pages of the attacked site."""
    return read_pages(poisoned_site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a network; tests that need it skip where it is absent."""
    executable = shutil.which("chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if executable is None:
        pytest.skip("chromium is not installed")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=executable, args=arguments)
        yield opened
        opened.close()
