"""What a browser makes of the pages: no overflow on a phone, no complaint about the policy, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.publish.conftest import Soups

KINDS = ("source/", "condition/", "definition/", "claim/", "work/", "passage/")


CONTRAST = """
() => {
  const channel = value => { value /= 255; return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll("article *, nav.kb-nav a, footer p")) {
    const has_text = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!has_text || !element.getClientRects().length) continue;
    const [one, two] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < 4.5) low.push(`${element.tagName}.${element.className}: ${ratio.toFixed(2)}`);
  }
  return low;
}
"""


def sample(pages: Soups) -> list[str]:
    """The lists and the hand-written pages, and two of every kind made from records; no page that sends on."""
    staying = sorted(name for name, soup in pages.items() if not soup.find("meta", attrs={"http-equiv": "refresh"}))
    drawn = [name for kind in KINDS for name in [name for name in staying if name.startswith(kind)][:2]]
    return [name for name in staying if not name.startswith(KINDS)] + drawn


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_pages_fit_the_screen_and_can_be_read(scheme: str, site: Path, pages: Soups, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    too_wide = {}
    too_faint = {}
    for name in sample(pages):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((site / name).as_uri(), wait_until="domcontentloaded")
        too_faint[name] = page.evaluate(CONTRAST)
        too_wide[name] = [width for width in (1280, 390, 320) if width_at(page, width) > width]
    context.close()
    assert {name: found for name, found in too_wide.items() if found} == {}
    assert {name: found for name, found in too_faint.items() if found} == {}
    assert complaints == []
    assert [url for url in requests if not url.startswith("file:")] == []


def width_at(page: Any, width: int) -> int:
    """How wide the page is on a screen of this width."""
    page.set_viewport_size({"width": width, "height": 844})
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def test_a_page_says_the_same_without_javascript(site: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / "source" / "clinic-guidance.html").as_uri())
    text = page.inner_text("article")
    page.click("label.nav-overlay-icon")
    page.wait_for_timeout(300)
    is_open = page.is_visible("nav.kb-nav >> text=Definitions")
    context.close()
    assert "Up to 45% of visits to a family doctor" in text
    assert is_open
