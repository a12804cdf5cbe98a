"""From entries to answers: what is found, in what order, and what is said when nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import StoreError, UsageError
from kb.index import ENGINES, SearchOptions, build_index, search
from kb.index.results import Results
from kb.model import Claim, Document, KnowledgeBase, Mention, Passage, Span
from tests.factory import Writer, knowledge, source

LINES = (
    "MUS must be explained to people.",
    "The muse of this programme.",
    "It gives me no rest.",
    "ME is listed elsewhere.",
    "Up to 45 per cent of visits.",
    "Recovery rates rose to 45%.",
    "The rate of recovery fell.",
    "WHAT MUST BE DONE",
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("lines"), passages(*LINES))


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(tmp_path_factory.mktemp("clinic"), knowledge())


def passages(*words: str) -> KnowledgeBase:
    """One source with these paragraphs."""
    writer = Writer(source("lines"))
    for line in words:
        writer.passage(line)
    return knowledge(writer)


def indexed(directory: Path, held: KnowledgeBase) -> Path:
    build_index(directory, held, "a-generation")
    return directory


def words_of(results: Results) -> list[str]:
    return [hit.entry.words for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("MUS", {0}),
        ("mus", {0}),
        ("must", {0, 7}),
        ("MUST", {7}),
        ("ME", {3}),
        ("me", {2, 3}),
        ("EXPLAINED", {0}),
        ("explain", {0}),
        ("45%", {4, 5}),
        ("45", {4, 5}),
        ('"45%"', {4, 5}),
        ('"45 per cent"', {4}),
        ("recovery rate", {5, 6}),
        ("the recovery rate", {5, 6}),
        ('"recovery rate"', set()),
        ('"recovery rates"', {5}),
        ('"rate of recovery"', {6}),
        ("recovery -rose", {6}),
        ("recovery OR explained", {0, 5, 6}),
        ("recover*", {5, 6}),
        ("recovry~", {5, 6}),
        ("recovry", set()),
        ("the", {1, 6}),
        ("?", set()),
        ("*", set(range(8))),
        ("kind:passage recovery", {5, 6}),
        ("kind:claim recovery", set()),
        ("title:lines", set(range(8))),
        ('title:"lines"', set(range(8))),
    ],
)
def test_finds(lines: Path, query: str, found: set[int]) -> None:
    assert {LINES.index(words) for words in words_of(search(lines, query))} == found


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("kind:claim", 5),
        ("value:45", 1),
        ("value:45%", 1),
        ("value:[9 TO 10]", 2),
        ("value:>45", 1),
        ("value:>=45", 2),
        ("value:<10", 1),
        ("value:<=10", 2),
        ("value:[10 TO 45]", 2),
        ("value:{10 TO 45]", 1),
        ("value:[10 TO 45}", 1),
        ("value:{10 TO 45}", 0),
        ("value:[* TO 10]", 2),
        ("unit:%", 4),
        ("qualifier:up-to", 1),
        ('qualifier:"up to"', 1),
        ("nature:target", 1),
        ("basis:guideline", 1),
        ("basis:trial", 0),
        ("for_whom:adult", 1),
        ("pigs", 1),
        ("pigs kind:claim", 0),
        ("stance:disputes", 1),
        ("placement:example-of", 2),
        ("category:medically-unexplained-symptoms", 3),
        ("concept:chronic-fatigue-syndrome", 4),
        ("year:2011", 1),
        ("doi:10.1000/invented.1", 1),
        ("key:1", 2),
        ("part:2 kind:claim", 3),
        ("heading:common kind:claim", 3),
        ("source_kind:forum kind:claim", 1),
        ("speaker_role:member kind:claim", 1),
        ("term:symptoms", 1),
        ("match:none", 1),
        ("status:machine kind:claim", 5),
        ("status:confirmed", 0),
    ],
)
def test_fields(clinic: Path, query: str, total: int) -> None:
    assert search(clinic, query).total == total


def test_a_condition_may_be_given_by_any_of_its_names(tmp_path: Path) -> None:
    writer = Writer(source("names"))
    writer.passage("People with CFS wait long.")
    writer.add(Mention, "CFS", concept="cfs")
    index = indexed(tmp_path, knowledge(writer))
    queries = ("concept:cfs", 'concept:"chronic fatigue syndrome"', "concept:CFS", "concept:toothache")
    assert [search(index, query).total for query in queries] == [1, 1, 1, 0]


def test_the_name_of_a_condition_offers_its_records(lines: Path) -> None:
    assert search(lines, '"chronic fatigue syndrome"').see_also[0] == "concept:cfs"
    assert search(lines, "fatigue clinics").see_also == ()


def test_every_engine_gives_the_same_answer(clinic: Path) -> None:
    queries = ("symptoms", '"no disease has been found"', "fatigue OR value:50", "-kind:passage", "+fatigue irritable")
    answers = [[search(clinic, query, SearchOptions(engine=name)) for query in queries] for name in ENGINES]
    assert answers == [answers[0]] * len(ENGINES)


def test_hits_carry_words_place_and_what_answered(clinic: Path) -> None:
    hit = search(clinic, "kind:claim visits").hits[0]
    assert hit.entry.words == "Up to 45% of visits to a family doctor concern unexplained symptoms"
    assert [mark.of(hit.entry.words) for mark in hit.highlights] == ["visits"]
    assert (hit.entry.source, hit.entry.part) == ("clinic-guidance", "section 2 How common it is")
    document = knowledge().documents[0]
    assert hit.entry.span.of(document.text) == hit.entry.words


def test_a_phrase_is_marked_whole_and_words_under_not_are_not(clinic: Path) -> None:
    hit = search(clinic, '"no disease" -clinics body').hits[0]
    assert [mark.of(hit.entry.words) for mark in hit.highlights] == ["body", "no disease"]


def test_sentences_stand_before_mentions_and_headings(clinic: Path) -> None:
    kinds = [hit.entry.kind for hit in search(clinic, "fatigue").hits]
    assert kinds[-1] == "mention"
    assert "mention" not in kinds[:2]


def test_equal_hits_stand_in_text_order(tmp_path: Path) -> None:
    held = passages("Pain here.", "Pain there.", "Pain again.")
    assert words_of(search(indexed(tmp_path, held), "pain")) == ["Pain here.", "Pain there.", "Pain again."]


def test_pages_share_out_all_hits(lines: Path) -> None:
    whole = words_of(search(lines, "*"))
    pages = [search(lines, "*", SearchOptions(limit=3, page=page)) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [3, 3, 2, 0]
    assert [words for page in pages for words in words_of(page)] == whole
    assert {page.total for page in pages} == {8}


def test_facets_count_all_hits(clinic: Path) -> None:
    facets = search(clinic, "fatigue", SearchOptions(limit=1)).facets
    assert [(count.value, count.count) for count in facets["source"]] == [("clinic-guidance", 4), ("clinic-thread", 3)]
    assert [(count.value, count.count) for count in facets["kind"]] == [("classification", 3), ("mention", 2), ("passage", 2)]


@pytest.mark.parametrize(
    ("options", "total"),
    [
        (SearchOptions(kinds=("claim",)), 5),
        (SearchOptions(kinds=("claim", "definition")), 6),
        (SearchOptions(kinds=("claim",), sources=("clinic-thread",)), 1),
        (SearchOptions(sources=("no-such-source",)), 0),
    ],
)
def test_options_keep_kinds_and_sources(clinic: Path, options: SearchOptions, total: int) -> None:
    assert search(clinic, "*", options).total == total


@pytest.mark.parametrize("options", [SearchOptions(limit=0), SearchOptions(page=0)])
def test_pages_and_limits_count_from_one(clinic: Path, options: SearchOptions) -> None:
    with pytest.raises(UsageError, match="count from 1"):
        search(clinic, "pain", options)


@pytest.mark.parametrize(
    ("query", "unknown", "suggestions"),
    [
        ("recovry", ("recovry",), ("recovery",)),
        ("recovry rates", ("recovry",), ("recovery rates", "rates")),
        ("zebra", ("zebra",), ()),
        ("zebra recovery", ("zebra",), ("recovery",)),
        ("people programme", (), ("people OR programme",)),
        ('"recovery people"', (), ("recovery people",)),
        ("elsewhere/listed", (), ("elsewhere listed",)),
        ("xe", ("xe",), ()),
    ],
)
def test_nothing_found_is_explained(lines: Path, query: str, unknown: tuple[str, ...], suggestions: tuple[str, ...]) -> None:
    results = search(lines, query)
    found = tuple(suggestion for suggestion in suggestions if search(lines, suggestion).total)
    assert (results.total, results.unknown, results.suggestions) == (0, unknown, found)


def test_building_twice_gives_equal_entries(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    one, two = indexed(tmp_path / "one", knowledge()), indexed(tmp_path / "two", knowledge())
    for name in ("entries.jsonl", "offsets.json", "columns.json", "forms.json", "lengths.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_an_index_is_replaced_and_other_files_are_not(tmp_path: Path) -> None:
    indexed(tmp_path / "index", passages("Old words."))
    assert words_of(search(indexed(tmp_path / "index", passages("New words.")), "words")) == ["New words."]
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(StoreError, match="no index of kb"):
        indexed(tmp_path / "letters", passages("Words."))
    assert (tmp_path / "letters" / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_an_empty_knowledge_base_finds_nothing(tmp_path: Path) -> None:
    empty = KnowledgeBase(sources=(), documents=(), records=())
    assert search(indexed(tmp_path, empty), "anything").total == 0


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run kb build"):
        search(tmp_path, "pain")


@pytest.mark.parametrize("stamp", [b"not json", b'{"format":0,"generation":"g","engine":"whoosh","count":0,"sizes":{}}', b"{}"])
def test_a_foreign_or_older_index_is_never_opened(tmp_path: Path, stamp: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(tmp_path, passages("Words."))
    (tmp_path / "index.json").write_bytes(stamp)
    monkeypatch.setattr("pickle.loads", lambda _data: pytest.fail("an index without our stamp was opened"))
    with pytest.raises(StoreError, match="run kb build"):
        search(tmp_path, "words")


def test_a_damaged_index_is_never_opened(tmp_path: Path) -> None:
    indexed(tmp_path, passages("Words."))
    file = min((tmp_path / "whoosh").glob("*.seg"))
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(StoreError, match="damaged"):
        search(tmp_path, "words")


def test_source_words_are_text_and_nothing_else(tmp_path: Path) -> None:
    words = "<script>alert(1)</script> \x1f\x1e a\u0000b ١٢ \N{WHITE SMILING FACE} =cmd"
    document = Document(
        source_id="odd",
        sha256="",
        reader="by-hand/1",
        text=words,
        passages=(Passage(id="p1", kind="row", span=Span(0, len(words))),),
    )
    held = KnowledgeBase(sources=(source("odd"),), documents=(document,), records=())
    assert words_of(search(indexed(tmp_path, held), "script alert")) == [words]


def test_claims_are_found_by_either_end_of_a_range(tmp_path: Path) -> None:
    writer = Writer(source("range"))
    writer.passage("Between 45 and 55 of 100 recovered.")
    writer.add(Claim, "Between 45 and 55", claim_kind="figure", figures=(writer.figure("45 and 55", (45.0, 55.5)),))
    index = indexed(tmp_path, knowledge(writer))
    assert [search(index, query).total for query in ("value:45", "value:55.5", "value:50")] == [1, 1, 0]
