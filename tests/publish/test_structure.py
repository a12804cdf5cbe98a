"""Pages, quoted posts, tables, notes and citation marks on the pages of sources and passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb.check.site import read_pages
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Citation, KnowledgeBase, Passage, QuoteOf, Reference
from kb.public import public_view
from kb.publish import build_site
from tests.publish.conftest import Soups
from tests.written import ENTRIES, HERON, OTTER, POST, READING, handbook_and_thread, knowledge, marked, source


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return handbook_and_thread()


@pytest.fixture(scope="module")
def built(base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Soups:
    out: Path = tmp_path_factory.mktemp("structure") / "site"
    build_site(public_view(base), None, out, "generation-1")
    return read_pages(out)


def passage(base: KnowledgeBase, words: str) -> Passage:
    return next(
        passage for document in base.documents for passage in document.passages if document.words(passage).startswith(words)
    )


def page(built: Soups, base: KnowledgeBase, words: str) -> BeautifulSoup:
    return built[f"passage/{passage(base, words).id}.html"]


def test_a_passage_is_cited_with_both_numbers_of_its_page(built: Soups, base: KnowledgeBase) -> None:
    found = page(built, base, "Clinics should see")
    assert "p. iv (page 2 of the PDF)" in found.select_one("#cite").get_text()
    assert "p. iv (page 2 of the PDF)" in found.select_one(".kb-kicker").get_text()


def test_the_address_that_the_file_states_is_the_original(built: Soups, base: KnowledgeBase) -> None:
    assert "https://example.org/handbook" in page(built, base, "Clinics should see").select_one("#cite").get_text()


def test_a_mark_is_raised_and_leads_to_its_note_and_back(built: Soups, base: KnowledgeBase) -> None:
    words, note = passage(base, "Unexplained symptoms"), passage(base, "Counted in three")
    text = built["source/handbook.html"]
    mark = text.select_one(f"#{words.id} sup a")
    assert (mark.get_text(), mark["href"]) == ("4", f"#{note.id}")
    assert text.select_one(f"#{note.id} .kb-backs a")["href"] == f"#{words.id}"
    assert text.select_one(f"#{note.id} .kb-label").get_text() == "4"
    alone = page(built, base, "Counted in three")
    assert alone.select_one(".kb-backs a")["href"] == f"../passage/{words.id}.html"


def test_a_citation_mark_leads_to_the_record_of_its_entry(built: Soups, base: KnowledgeBase) -> None:
    entries = {record.label: record for record in base.records if isinstance(record, Reference)}
    (citation,) = (record for record in base.records if isinstance(record, Citation))
    links = [link["href"] for link in built[f"passage/{citation.passage}.html"].select("#words sup a")]
    first = entries["1"]
    assert links[-1] == f"../passage/{first.passage}.html#{first.id}"


def test_an_entry_shows_the_number_its_list_gives_it(built: Soups, base: KnowledgeBase) -> None:
    words = built["source/handbook.html"].select_one(f"#{passage(base, ENTRIES[1]).id} .kb-words").get_text(" ", strip=True)
    assert words.startswith(f"2 {ENTRIES[1]}")


def test_a_table_is_a_table_under_its_caption_with_its_heads(built: Soups, base: KnowledgeBase) -> None:
    figure = built["source/handbook.html"].select_one("figure.kb-frame-table")
    assert [cell.get_text() for cell in figure.select("tr.kb-head th")] == ["Clinic", "Visits", "Share of all visits"]
    south = figure.select_one(f"tr#{passage(base, 'South').id}")
    assert [cell.get_text() for cell in south.select("td")][1:] == ["South", "", "22% of visits"]
    assert figure.select_one(".kb-is-caption") is not None


def test_a_row_s_own_page_shows_it_under_its_heads(built: Soups, base: KnowledgeBase) -> None:
    cells = [cell.get_text() for cell in page(built, base, "North").select("#words tr :is(th, td)")]
    assert cells == ["Clinic", "Visits", "Share of all visits", "North", "1,200", "35% of visits"]


def test_a_box_is_set_apart(built: Soups, base: KnowledgeBase) -> None:
    box = built["source/handbook.html"].select_one("section.kb-frame-box")
    assert box.select_one(f"#{passage(base, 'Clinics should see').id}") is not None


def test_a_quotation_block_leads_to_the_post_it_quotes_and_names_nobody(built: Soups) -> None:
    text = built["source/quiet-thread.html"]
    block = text.select_one("blockquote.kb-frame-quotation")
    head = block.select_one(".kb-frame-head a")
    assert head.get_text() == "Quoted from post 1"
    assert POST in text.select_one(head["href"]).find_next(class_="kb-words").get_text()
    assert POST in block.get_text()
    assert "the handbook cannot be right" not in block.get_text()


def test_every_frame_is_closed_where_it_ends(built: Soups) -> None:
    text = built["source/quiet-thread.html"].select_one(".kb-text")
    posts = [part.get_text(" ", strip=True)[:6] for part in text.find_all("h3", recursive=False)]
    assert posts == ["Post 1", "Post 2", "Post 3"]


def test_no_member_is_named_on_any_page(built: Soups) -> None:
    assert [name for name, soup in built.items() if OTTER in str(soup) or HERON in str(soup)] == []


def test_the_whole_text_lists_its_pages(built: Soups) -> None:
    text = built["source/handbook.html"]
    links = text.select(".kb-pages a")
    assert [link.get_text() for link in links] == ["iii", "iv"]
    assert [bool(text.select(link["href"])) for link in links] == [True, True]
    assert [mark.get_text() for mark in text.select(".kb-page")][:2] == [
        "P. iii (page 1 of the PDF)",
        "P. iv (page 2 of the PDF)",
    ]


ATTACK = '"><script>window.pwn=1</script>'


def test_hostile_labels_cells_and_names_stay_words(tmp_path: Path) -> None:
    held = source("attacked", "forum", "xenforo-html", url=None)
    writer = Writer()
    writer.draft.url = f"https://example.org/{ATTACK}"
    writer.draft.licence = f"https://example.org/{ATTACK}"
    writer.page = (1, ATTACK)
    with writer.part("post", number=1, host_id=f"7{ATTACK}", label=ATTACK):
        with writer.part("quotation", quote_of=QuoteOf(ATTACK, "9")):
            writer.write("paragraph", f"{ATTACK} said so in all of the clinics.")
        with writer.part("table", label=ATTACK):
            writer.write("caption", ATTACK)
            writer.row([Words(ATTACK), Words("35% of visits")])
        with writer.part("box", label=ATTACK, heading=ATTACK):
            writer.write("paragraph", marked("Clinics count visits ", (f"{ATTACK}", "note", "n"), " every year."))
    writer.note("n", ATTACK, [Words(ATTACK)])
    out = tmp_path / "site"
    build_site(public_view(knowledge((held, writer.finish(READING, held)))), None, out, "generation-1")
    built = read_pages(out)
    scripts = [script.get_text() for soup in built.values() for script in soup.find_all("script")]
    assert [script for script in scripts if "pwn" in script] == []
    attributes = [name for soup in built.values() for tag in soup.select("*") for name in tag.attrs]
    assert [name for name in attributes if "pwn" in name or "script" in name] == []
    assert "window.pwn=1" in built["source/attacked.html"].get_text()
