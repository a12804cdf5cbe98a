"""What a reader finds on the pages of the small site."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup, Tag

from kb.model import Basis, Claim, Definition, Mention, Span
from kb.public import public_view
from kb.publish.catalogue import Catalogue
from kb.publish.pages.classifications import matrix
from kb.publish.pages.definitions import terms
from kb.publish.pages.recommendations import by_basis, recommendations
from kb.publish.pages.records import passage_pages
from kb.publish.rendering import marked_words, shown_words
from tests.factory import Writer, guidance, knowledge, source
from tests.publish.conftest import Soups

THIRD = "Unexplained symptoms are complaints of the body for which no disease has been found after investigation"


def page_of(pages: Soups, kind: str, words: str) -> BeautifulSoup:
    """The one page of a kind whose text holds these words in its main quotation or in our own words."""
    found = [
        soup
        for name, soup in pages.items()
        if name.startswith(f"{kind}/") and any(words in tag.get_text() for tag in soup.select(".kb-exact, .kb-ours"))
    ]
    assert len(found) == 1
    return found[0]


def text_of(soup: BeautifulSoup | Tag) -> str:
    return " ".join(soup.get_text(" ").split())


def headings(soup: BeautifulSoup) -> list[str]:
    return [text_of(tag) for tag in soup.select("article h1, article h2")]


def test_a_claim_answers_in_the_fixed_order(pages: Soups) -> None:
    claim = page_of(pages, "claim", "Up to 45% of visits")
    assert headings(claim) == [
        "Up to 45% of visits to a family doctor concern unexplained symptoms",
        "Exact words",
        "Where it stands",
        "Who says it",
        "Cited in this passage",
    ]


def test_a_claim_marks_its_figure_and_says_what_it_counts(pages: Soups) -> None:
    claim = page_of(pages, "claim", "Up to 45% of visits")
    assert [tag.get_text() for tag in claim.select("blockquote mark")] == ["Up to 45%"]
    assert "Of visits to a family doctor Setting primary care" in text_of(claim)


def test_a_record_says_that_nobody_has_checked_it(pages: Soups) -> None:
    notice = page_of(pages, "claim", "Up to 45% of visits").select_one(".kb-notice")
    assert notice is not None
    assert text_of(notice).startswith(
        "Found by a machine, not checked by a person. Rule claim/by-hand , confidence 0.90. Permanent id"
    )


def test_a_claim_leads_to_the_work_its_passage_cites(pages: Soups) -> None:
    claim = page_of(pages, "claim", "Up to 45% of visits")
    assert "[1] Costs of repeated visits not held here" in text_of(claim)


def test_the_exact_words_name_their_source_in_cite(pages: Soups) -> None:
    quote = page_of(pages, "definition", THIRD).select_one("blockquote.kb-exact")
    assert quote is not None
    assert quote["cite"] == "https://example.org/guidance.pdf"


def test_links_out_of_the_site_are_marked(pages: Soups) -> None:
    outward = [tag for soup in pages.values() for tag in soup.find_all("a", href=True) if str(tag["href"]).startswith("http")]
    assert {tuple(tag["rel"]) for tag in outward} == {("nofollow", "ugc", "noopener")}


def test_words_of_a_digest_are_never_a_quotation(pages: Soups) -> None:
    ours = "It reports that 9.2% of its sample recovered."
    quoting = [name for name, soup in pages.items() for tag in soup.select("blockquote, q") if ours in tag.get_text()]
    assert quoting == []
    claim = page_of(pages, "claim", ours)
    assert "Our words, restating A critique of the clinics:" in text_of(claim)
    assert "In the original: post 2" in text_of(claim)
    assert "Words of ourselves, restating A critique of the clinics" in text_of(claim)


def test_a_digest_shows_where_each_statement_stands(pages: Soups) -> None:
    digest = pages["source/critique-digest.html"]
    assert "It reports that 9.2% of its sample recovered. [post 2]" in text_of(digest)
    assert "Every sentence here is ours" in text_of(digest)


def test_passages_without_records_are_gaps_in_a_quoted_source(pages: Soups) -> None:
    thread = pages["source/clinic-thread.html"]
    assert "Passage 2 not published (10 words)" in text_of(thread)
    assert "nothing more to add" not in thread.get_text()


def test_masked_names_read_as_withheld(pages: Soups) -> None:
    thread = pages["source/clinic-thread.html"]
    assert "and [name withheld] agrees" in text_of(thread)
    assert [name for name, soup in pages.items() if "\u2588" in soup.get_text()] == []


def test_a_condition_shows_each_document_s_placement(pages: Soups) -> None:
    table = pages["condition/chronic-fatigue-syndrome.html"].select_one("table")
    assert table is not None
    rows = [[text_of(cell) for cell in row.select("th, td")][:2] for row in table.select("tbody tr")]
    assert rows == [
        [
            "Guidance: Guidance for clinics on persistent symptoms",
            "given as an example of medically unexplained symptoms in England",
        ],
        ["Forum thread: Thread about the clinic guidance", "said not to be medically unexplained symptoms"],
    ]


def test_silence_is_no_answer(pages: Soups) -> None:
    condition = text_of(pages["condition/irritable-bowel-syndrome.html"])
    assert (
        "Not named: Thread about the clinic guidance ; Our summary of A critique of the clinics . Silence is not a “no”."
        in condition
    )


def test_a_work_says_that_it_is_not_held_and_who_cites_it(pages: Soups) -> None:
    work = next(
        soup for name, soup in pages.items() if name.startswith("work/") and "This work is not held here" in text_of(soup)
    )
    assert "Guidance for clinics on persistent symptoms, passage 6 marker [1]" in text_of(work)


def test_a_former_address_of_a_work_leads_to_it(pages: Soups) -> None:
    moved = [soup for soup in pages.values() if soup.find("meta", attrs={"http-equiv": "refresh"})]
    assert [text_of(soup.select("h1")[0]).endswith("has moved") for soup in moved] == [True]


def test_a_quotation_leads_to_its_original_and_back(pages: Soups) -> None:
    original = page_of(pages, "passage", THIRD)
    assert "Quoted elsewhere" in headings(original)
    assert "Thread about the clinic guidance" in text_of(original)


def test_commentary_stays_out_of_search_engines(pages: Soups) -> None:
    def is_kept_out(name: str) -> bool:
        robots = pages[name].find("meta", attrs={"name": "robots"})
        return robots is not None and robots["content"] == "noindex"  # type: ignore[index] # a Tag by its arguments

    assert [is_kept_out(f"source/{name}.html") for name in ("clinic-guidance", "clinic-thread", "critique-digest")] == [
        False,
        True,
        True,
    ]


def test_headings_never_skip_a_level(pages: Soups) -> None:
    levels = {name: [int(tag.name[1]) for tag in soup.select("h1, h2, h3, h4, h5, h6")] for name, soup in pages.items()}
    skipping = {name for name, found in levels.items() for one, two in zip([0, *found], found, strict=False) if two > one + 1}
    assert skipping == set()
    assert {found.count(1) for found in levels.values()} == {1}


def test_tables_have_captions_and_scroll_by_keyboard(pages: Soups) -> None:
    tables = [table for soup in pages.values() for table in soup.find_all("table")]
    assert len(tables) >= 4
    assert all(table.caption and table.parent is not None and table.parent["tabindex"] == "0" for table in tables)


def test_the_front_page_counts_and_asks(pages: Soups) -> None:
    front = text_of(pages["index.html"])
    assert "3 texts" in front
    assert "What is chronic fatigue syndrome counted as? placed by 2 documents" in front


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: Soups) -> None:
    loaded = [
        str(tag.get("src") or tag.get("href"))
        for soup in pages.values()
        for tag in soup.find_all(["script", "img", "link", "iframe", "source"])
    ]
    assert [url for url in loaded if "//" in url] == []
    sheets = [path.read_text("utf-8") for path in sorted(site.rglob("*.css"))]
    assert [sheet for sheet in sheets if "url(http" in sheet or "@import" in sheet] == []


def test_every_page_has_the_policy(pages: Soups) -> None:
    policies = {
        tag["content"]
        for soup in pages.values()
        for tag in soup.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    }
    with_policy = [soup for soup in pages.values() if soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})]
    assert len(policies) == 1
    assert len(with_policy) == len(pages)


def test_figures_stand_by_size_with_what_they_count_and_are_not_joined(pages: Soups) -> None:
    figures = pages["figures.html"]
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in figures.select("tbody tr")]
    assert [row[0] for row in rows] == ["9.2%", "10%", "45%", "50%"]
    assert rows[2][1:4] == [
        "Up to 45% of visits to a family doctor concern unexplained symptoms stated as Up to 45%",
        "visits to a family doctor; primary care",
        "not said",
    ]
    assert [row[3] for row in rows] == ["outcome", "outcome", "not said", "target"]
    assert "Equal numbers need not be the same statistic" in text_of(figures)


def test_recommendations_stand_by_what_they_rest_on() -> None:
    writer = Writer(source("plain"))
    writer.passage("Lamps should be lit. Trials say that oil should be cheap.")
    writer.add(Claim, "Lamps should be lit.", claim_kind="recommendation")
    writer.add(Claim, "Trials say that oil should be cheap.", claim_kind="recommendation", basis=Basis(kind="trial"))
    catalogue = Catalogue(public_view(knowledge(writer, guidance())))
    groups = by_basis(recommendations(catalogue))
    assert [(basis, [claim.quote.exact[:12] for claim in group]) for basis, group in groups] == [
        ("guideline", ["Guideline XY"]),
        ("trial", ["Trials say t"]),
        ("not-stated", ["Lamps should"]),
    ]


def test_the_table_of_recommendations_names_code_and_whom_they_are_for(pages: Soups) -> None:
    table = pages["recommendations.html"]
    assert [text_of(heading) for heading in table.select("h2")] == ["Rests on: a guideline"]
    assert [[text_of(cell) for cell in row.select("td")] for row in table.select("tbody tr")] == [
        [
            "Guideline XY7 advises that adults with irritable bowel should be offered a diary. XY7",
            "adults with irritable bowel",
            "the document itself",
            "Guidance: Guidance for clinics on persistent symptoms",
        ]
    ]


def test_the_matrix_tells_placed_from_named_from_silent(pages: Soups) -> None:
    table = pages["classifications.html"]
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [
        [
            "Chronic fatigue syndrome",
            "example of medically unexplained symptoms",
            "said not to be medically unexplained symptoms",
            "not mentioned",
        ],
        ["Irritable bowel syndrome", "example of medically unexplained symptoms", "not mentioned", "not mentioned"],
    ]
    assert [cell["scope"] for cell in table.select("table th")] == ["col"] * 4 + ["row"] * 2
    first = table.select_one("td a")
    assert first is not None
    assert str(first["href"]).startswith("passage/p")


def test_named_without_a_placing_is_told_apart() -> None:
    writer = Writer(source("plain"))
    writer.passage("Asthma is named here.")
    writer.add(Mention, "Asthma", concept="asthma", speaker_role="document")
    rows = matrix(Catalogue(public_view(knowledge(writer, guidance()))))
    cells = {row.slug: [(len(cell.placings), len(cell.mentions)) for cell in row.cells] for row in rows}
    assert cells["asthma"] == [(0, 1), (0, 0)]
    assert list(cells)[-1] == "asthma"


def test_documents_that_explain_one_term_stand_side_by_side() -> None:
    writers = [Writer(source(f"text-{number}", jurisdiction=country)) for number, country in enumerate(["England", "Scotland"])]
    for writer in writers:
        writer.passage("Drift means slow change.")
        writer.add(Definition, "Drift means slow change", term="Drift", term_norm="drift", form="explicit")
        writer.passage("MUS means what has no name.")
        writer.add(Definition, "MUS means what has no name", term="MUS", term_norm="mus", form="explicit", concept="mus")
    found = terms(Catalogue(public_view(knowledge(*writers))).of(Definition))
    assert [(term.name, term.concept, term.documents) for term in found] == [
        ("Drift", "", 2),
        ("medically unexplained symptoms", "mus", 2),
    ]


def test_a_passage_is_cited_with_its_id_and_permanent_address(pages: Soups) -> None:
    name, passage = next((name, soup) for name, soup in pages.items() if name.startswith("passage/") and THIRD in soup.get_text())
    identifier = name.removeprefix("passage/").removesuffix(".html")
    line = passage.select_one("#cite")
    assert line is not None
    assert text_of(line) == (
        "Guidance for clinics on persistent symptoms. Example Health Board, 21 March 2018. 1 What this is about, passage 3 "
        f"[{identifier}]. https://example.org/guidance.pdf passage/{identifier}.html"
    )


def test_the_whole_address_is_cited_where_it_is_known() -> None:
    catalogue = Catalogue(public_view(knowledge(guidance())), "https://kb.example.org/mus")
    body = next(page.body for page in passage_pages(catalogue) if THIRD in page.body)
    assert "https://kb.example.org/mus/passage/p" in body


def test_a_recommendation_says_for_whom_it_is_and_what_it_rests_on(pages: Soups) -> None:
    claim = text_of(page_of(pages, "claim", "Guideline XY7 advises"))
    assert "For adults with irritable bowel Rests on a guideline (XY7)" in claim
    assert "Rests on" not in text_of(page_of(pages, "claim", "Up to 45% of visits"))


def test_a_figure_says_what_its_passage_leaves_out(pages: Soups) -> None:
    assert "Setting primary care Not found here population, period" in text_of(page_of(pages, "claim", "Up to 45% of visits"))


def test_words_in_another_language_say_so_to_who_reads_them_aloud() -> None:
    held = knowledge()
    german = msgspec.structs.replace(held.documents[0], language="de")
    foreign = msgspec.structs.replace(held, documents=(german, *held.documents[1:]))
    bodies = [page.body for base in (foreign, held) for page in passage_pages(Catalogue(public_view(base)))]
    said = ['id="words" lang="de"' in body for body in bodies]
    assert said == [True] * 10 + [False] * (len(bodies) - 10)


def test_what_is_unclear_has_no_page_and_is_in_no_list(pages: Soups) -> None:
    words = "pigs should fly"
    assert words in pages["source/clinic-guidance.html"].get_text()
    recorded = [name for name, soup in pages.items() if words in " ".join(map(text_of, soup.select("#words, .kb-row")))]
    assert [name for name in recorded if not name.startswith("passage/")] == []


def test_titles_of_claims_say_what_they_are_about(pages: Soups) -> None:
    titles = [text_of(soup.select("h1")[0]) for name, soup in pages.items() if name.startswith("claim/")]
    assert sorted(titles) == [
        "At least 50% of those who finish treatment should move to recovery",
        "Guideline XY7 advises that adults with irritable bowel should be offered a diary",
        "It reports that 9.2% of its sample recovered",
        "Only one in ten recovered when somebody counted",
        "Up to 45% of visits to a family doctor concern unexplained symptoms",
    ]


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("a **bold** word", "a bold word"),
        ("5** and 6** are stars", "5** and 6** are stars"),
        ("one ** alone", "one ** alone"),
        ("see [the plan](#) now", 'see <span class="kb-lost" title="The link that stood here was lost">the plan</span> now'),
        ("see **[the plan](#p)**", 'see <span class="kb-lost" title="The link that stood here was lost">the plan</span>'),
        ("[go](https://example.org/a)", "go"),
        ("[go](javascript:x) ![i](https://example.org/i.png)", "[go](javascript:x) ![i](https://example.org/i.png)"),
        ("**<b>** [<i>](#)", '&lt;b&gt; <span class="kb-lost" title="The link that stood here was lost">&lt;i&gt;</span>'),
    ],
)
def test_marks_of_markdown_are_left_out(words: str, html: str) -> None:
    assert str(shown_words(words)) == html


def test_a_marked_figure_may_cross_a_mark() -> None:
    assert str(marked_words("**Up to 45%** of visits", [Span(2, 11)])) == "<mark>Up to 45%</mark> of visits"
    assert str(marked_words("Up **to 45%** of", [Span(0, 8)])) == "<mark>Up to </mark>45% of"
