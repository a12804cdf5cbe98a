"""Pieces of journal articles beside what they become."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest.jats import ingest
from kb.model import Document, Source, SourceFile, When
from tests.ingest.test_contract import faults

RAISED_ROW = (
    '<xref ref-type="bibr" rid="r1"><sup>1</sup></xref><sup>,</sup><xref ref-type="bibr" rid="r2"><sup>2</sup></xref>'
    '<sup>–</sup><xref ref-type="bibr" rid="r3"><sup>3</sup></xref>'
)
NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
TYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.0//EN" "a.dtd">'
REFERENCES = (
    '<ref-list><ref id="r1"><label>1.</label><mixed-citation>Poe E. On oil.</mixed-citation></ref>'
    '<ref id="r2"><label>2.</label><mixed-citation>Roe F. On wicks.</mixed-citation></ref>'
    '<ref id="r3"><label>3.</label><mixed-citation>Moe G. On lamps.</mixed-citation></ref></ref-list>'
)


def article(body: str = "", back: str = "", meta: str = "", after: str = "") -> bytes:
    """A file with these pieces; the body is one paragraph where nothing else is said."""
    front = f"<front><article-meta>{meta}</article-meta></front>"
    return f"{TYPE}<article {NAMESPACES}>{front}<body>{body}</body><back>{back}</back>{after}</article>".encode()


def read(*files: bytes) -> Document:
    held = tuple(SourceFile(f"{number}.xml", "") for number in range(len(files)))
    return ingest(files, Source(id="an-article", files=held, source_kind="critique", shape="jats"))


def document(body: str = "<p>Words.</p>", back: str = "", meta: str = "", after: str = "") -> Document:
    made = read(article(body, back, meta, after))
    assert faults(made) == []
    return made


def outline(made: Document) -> list[str]:
    """Passages and furniture in order, each behind its kind."""
    held = sorted((*made.passages, *made.furniture), key=lambda h: h.span)
    return [f"{one.kind}: {one.span.of(made.text)}" for one in held]


def parts(made: Document) -> list[tuple[str, str | None, str | None]]:
    return [(part.kind, part.label, part.heading) for part in made.parts]


def links(made: Document) -> list[tuple[str, str, str, str | None]]:
    """What each link stands on, how it leads, whether it is alive, and where it leads."""
    words = {passage.id: made.words(passage) for passage in made.passages}
    return [
        (link.span.of(made.text), link.relation, link.status, link.href or words.get(link.target or "")) for link in made.links
    ]


def codes(made: Document) -> list[str]:
    return [lost.code for lost in made.losses if lost.code != "I261"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>One\n  <italic>word</italic>ed <bold>thing</bold>.</p>", ["paragraph: One worded thing."]),
        ("<p>H<sub>2</sub>O, m<sup>2</sup>, CD4<sup>+</sup></p>", ["paragraph: H2O, m2, CD4+"]),
        ("<p>10<sup>5</sup> and 10<sup>−3</sup></p>", ["paragraph: 10 5 and 10 −3"]),
        ("<p>a&nbsp;b &alpha; &madeup;</p>", ["paragraph: a\u00a0b α &madeup;"]),
        (
            "<sec><label>2.1</label><title>Wicks</title><p>Trim.</p></sec>",
            ["label: 2.1", "heading: Wicks", "paragraph: Trim."],
        ),
        ("<sec><p>No title.</p></sec>", ["paragraph: No title."]),
        (
            "<p>So:<list><list-item><label>a)</label><p>1</p></list-item><list-item><p>2</p><p>3</p></list-item></list>on</p>",
            ["paragraph: So:", "label: a)", "item: 1", "item: 2", "paragraph: 3", "paragraph: on"],
        ),
        (
            "<list><list-item><p>out</p><list><list-item><p>in</p></list-item></list></list-item></list>",
            ["item: out", "item: in"],
        ),
        (
            "<def-list><def-item><term>Oil</term><def><p>of fish</p><p>or not</p></def></def-item></def-list>",
            ["row: Oil\tof fish or not"],
        ),
        (
            "<disp-quote><p>Dark it was.</p><attrib>A poet</attrib></disp-quote>",
            ["paragraph: Dark it was.", "paragraph: A poet"],
        ),
        (
            "<p>See <fig><label>Fig. 1</label><caption><title>A lamp.</title><p>Lit.</p></caption><graphic/></fig>it.</p>",
            ["paragraph: See it.", "caption: Fig. 1 A lamp.", "caption: Lit."],
        ),
        (
            "<boxed-text><label>Box 1</label><caption><title>Of oil</title></caption><sec><title>In</title></sec></boxed-text>",
            ["caption: Box 1 Of oil", "heading: In"],
        ),
        ("<boxed-text><title>Points</title><p>One.</p></boxed-text>", ["caption: Points", "paragraph: One."]),
        ("<boxed-text><p>One.</p></boxed-text>", ["paragraph: One."]),
        (
            '<media xlink:href="s1.pdf"><label>File S1</label><caption><p>More.</p></caption></media>',
            ["caption: File S1 More.", "attachment: s1.pdf"],
        ),
        ("<preformat>a\n  b</preformat>", ["paragraph: a\n  b"]),
        ("<speech><speaker>Ann:</speaker><p>Trim it.</p></speech>", ["paragraph: Ann: Trim it."]),
        ("<p>where<disp-formula><tex-math>x=1</tex-math></disp-formula>holds</p>", ["paragraph: where\nx=1\nholds"]),
        ("<verse-group><verse-line>One</verse-line><verse-line>two</verse-line></verse-group>", ["paragraph: One\ntwo"]),
        ("<unheard-of><p>Kept.</p>loose</unheard-of>", ["paragraph: Kept.", "paragraph: loose"]),
    ],
)
def test_blocks(body: str, wanted: list[str]) -> None:
    assert outline(document(body)) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('Oil<sup><xref ref-type="bibr" rid="r1">1</xref></sup> burns.', "Oil 1 burns."),
        ('Oil.<sup><xref ref-type="bibr" rid="r1">1</xref>,<xref ref-type="bibr" rid="r2">2</xref></sup> So.', "Oil. 1,2 So."),
        ('Oil<xref ref-type="bibr" rid="r1"><sup>1</sup></xref>burns.', "Oil 1 burns."),
        ('Oil<xref ref-type="bibr" rid="r1">1</xref>.', "Oil 1."),
        (f"Oil{RAISED_ROW} burns.", "Oil 1,2–3 burns."),
        ('Oil burns.<xref ref-type="bibr" rid="r1">1</xref>', "Oil burns. 1"),
        ('[<xref ref-type="bibr" rid="r1">1</xref>,<xref ref-type="bibr" rid="r2">2</xref>]', "[1,2]"),
        ('(<xref ref-type="bibr" rid="r1">Poe, 2001</xref>a)', "(Poe, 2001a)"),
        ('Fig. <xref ref-type="fig" rid="f1">1</xref>A', "Fig. 1A"),
    ],
)
def test_marks_never_run_into_words(words: str, wanted: str) -> None:
    assert document(f"<p>{words}</p>", REFERENCES).text.split("\n")[0] == wanted


def test_a_raised_pointer_behind_a_figure_is_no_power() -> None:
    back = '<ref-list><ref id="r1"><mixed-citation>Lamp oil, 2001.</mixed-citation></ref></ref-list>'
    pointer = '<xref ref-type="bibr" rid="r1"><sup>1</sup></xref>'
    made = document(f"<p>Counted in 2001{pointer} and 10<sup>5</sup> times.</p>", back)
    assert [loss.message for loss in made.losses if loss.code == "W262"] == [
        loss.message for loss in document("<p>Counted 10<sup>5</sup> times.</p>", back).losses if loss.code == "W262"
    ]
    assert outline(made)[0] == "paragraph: Counted in 2001 1 and 10 5 times."


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('<xref ref-type="bibr" rid="r1">1</xref>', [("1", "citation", "ok", "Poe E. On oil.")]),
        (
            '<xref ref-type="bibr" rid="r1 r3">1,3</xref>',
            [("1,3", "citation", "ok", "Poe E. On oil."), ("1,3", "citation", "ok", "Moe G. On lamps.")],
        ),
        (
            '<xref ref-type="bibr" rid="r1">1</xref>–<xref ref-type="bibr" rid="r2"/><xref ref-type="bibr" rid="r3">3</xref>',
            [
                ("1", "citation", "ok", "Poe E. On oil."),
                ("3", "citation", "ok", "Roe F. On wicks."),
                ("3", "citation", "ok", "Moe G. On lamps."),
            ],
        ),
        ('<xref rid="r2">2</xref>', [("2", "citation", "ok", "Roe F. On wicks.")]),
        ('<xref ref-type="bibr" rid="gone">9</xref>', [("9", "citation", "dead", None)]),
        ('<ext-link xlink:href="https://example.org">site</ext-link>', [("site", "web", "ok", "https://example.org")]),
        (
            '<ext-link ext-link-type="uri" xlink:href="https://example.org"/>',
            [("https://example.org", "web", "ok", "https://example.org")],
        ),
        (
            '<ext-link ext-link-type="doi" xlink:href="10.1234/a.b">x</ext-link>',
            [("x", "web", "ok", "https://doi.org/10.1234/a.b")],
        ),
        ('<ext-link xlink:href="javascript:x()">x</ext-link>', [("x", "web", "dead", None)]),
        ("<email>a@example.org</email>", [("a@example.org", "web", "ok", "mailto:a@example.org")]),
    ],
)
def test_links(words: str, wanted: list[tuple[str, str, str, str | None]]) -> None:
    assert links(document(f"<p>{words}</p>", REFERENCES)) == wanted


def test_pointers_reach_figures_tables_sections_and_notes() -> None:
    made = document(
        '<sec id="s"><title>Wicks</title><p><xref rid="s">a</xref> <xref rid="f">b</xref> <xref rid="t">c</xref>'
        ' <xref ref-type="fn" rid="n">d</xref> <xref rid="e">e</xref></p><fig id="f"><label>Figure 1</label></fig>'
        '<table-wrap id="t"><table><tr><td>1</td><td>2</td></tr></table></table-wrap><fig id="e"><graphic/></fig></sec>',
        '<fn-group><fn id="n"><label>d</label><p>A note.</p></fn></fn-group>',
    )
    assert links(made) == [
        ("a", "internal", "ok", "Wicks"),
        ("b", "internal", "ok", "Figure 1"),
        ("c", "internal", "ok", "1\t2"),
        ("d", "note", "ok", "A note."),
        ("e", "internal", "dead", None),
    ]


def test_a_note_inside_a_line_stands_behind_the_text() -> None:
    made = document('<p>Oil<fn id="n"><label>2</label><p>Of fish.</p><p>Or not.</p></fn> burns.</p><p>Next.</p>')
    assert made.text == "Oil 2 burns.\n\nNext.\n\n2 Of fish.\n\nOr not."
    assert links(made) == [("2", "note", "ok", "Of fish.")]
    assert parts(made)[-1] == ("note", "2", None)


def test_tables_keep_their_columns() -> None:
    made = document(
        "<table-wrap><label>Table 1</label><caption><title>Shares</title></caption><table><thead>"
        '<tr><th rowspan="2">Who</th><th colspan="2">Share<xref ref-type="table-fn" rid="a">a</xref></th></tr>'
        '<tr><th>n</th><th>%</th></tr></thead><tbody><tr><td rowspan="2">North</td><td>1</td><td>2<sup>b</sup></td></tr>'
        '<tr><td>3</td><td>4<break/>of 5</td></tr></tbody></table><table-wrap-foot><fn id="a"><label>a</label><p>Of all.</p></fn>'
        "<p>Source: us.</p></table-wrap-foot></table-wrap>"
    )
    assert made.text == ("Table 1 Shares\n\nWho\tShare a\n\tn\t%\nNorth\t1\t2 b\n\t3\t4 of 5\n\na Of all.\n\nSource: us.")
    heads = {passage.id: made.words(passage) for passage in made.passages}
    assert [heads.get(passage.lead or "") for passage in made.passages if passage.kind == "row"] == [None, None, "n\t%", "n\t%"]
    assert parts(made)[1:] == [("table", "Table 1", "Shares"), ("note", "a", None)]


def test_references_keep_the_order_of_the_file_and_nothing_between_but_spaces() -> None:
    back = (
        "<ref-list><title>References</title><ref><label>1.</label><element-citation><person-group><name><surname>Poe</surname>"
        "<given-names>E</given-names></name><name><surname>Roe</surname><given-names>F</given-names></name></person-group>"
        "<article-title>On <italic>oil</italic></article-title><source>J Oil</source><year>2001</year><fpage>1</fpage>"
        '<pub-id pub-id-type="doi">10.1234/x</pub-id></element-citation></ref>'
        "<ref><mixed-citation><name><surname>Moe</surname><given-names>G</given-names></name>, (<year>2002</year>) "
        '<source>Light</source><volume>3</volume>: 4.<pub-id pub-id-type="pmid">123</pub-id></mixed-citation></ref>'
        "<ref><label>3</label><citation>a. First.</citation><citation>b. Second.</citation></ref></ref-list>"
    )
    made = document(back=back)
    assert outline(made)[1:] == [
        "heading: References",
        "label: 1.",
        "reference: Poe E Roe F On oil J Oil 2001 1 10.1234/x",
        "reference: Moe G, (2002) Light 3: 4.123",
        "label: 3",
        "reference: a. First.\nb. Second.",
    ]
    assert [link[3] for link in links(made)] == ["https://doi.org/10.1234/x", "https://pubmed.ncbi.nlm.nih.gov/123"]


META = """
<article-id pub-id-type="pmid">1</article-id><article-id pub-id-type="doi">10.1234/lamp.5</article-id>
<title-group><article-title>Of lamps<xref ref-type="fn" rid="n">*</xref></article-title><subtitle>a study</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lee</surname><given-names>Ann B</given-names></name></contrib>
<contrib contrib-type="author">
<name-alternatives><name><surname>Wu</surname><given-names>C</given-names></name><name>
<surname>X</surname></name></name-alternatives></contrib>
<contrib><string-name><given-names>Dee</given-names> <surname>Poe</surname></string-name></contrib>

<contrib contrib-type="author"><collab>Lamp Group<contrib-group><contrib><name><surname>In</surname></name></contrib>
</contrib-group></collab></contrib><contrib contrib-type="editor"><name><surname>Ed</surname></name></contrib></contrib-group>
<aff id="a"><label>1</label><institution>House</institution><country>UK</country></aff>
<author-notes><corresp>Write to <email>a@example.org</email></corresp>
<fn id="n"><label>*</label><p>Paid by nobody.</p></fn></author-notes>
<pub-date pub-type="collection"><year>2011</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>Feb</month><year>2011</year></pub-date>
<permissions><license xlink:href="http://creativecommons.org/licenses/by-nc/3.0/"><license-p>Free.</license-p></license></permissions>
<abstract><sec><title>Aim</title><p>To see.</p></sec></abstract>
<abstract abstract-type="plain-language-summary"><title>In short</title><p>We saw.</p></abstract>
<kwd-group><title>Keywords</title><kwd>lamps</kwd><kwd>oil</kwd></kwd-group>
<funding-group><funding-statement>Funded by a fund.</funding-statement></funding-group>
"""


def test_front_matter_is_words_and_fields() -> None:
    made = document(meta=META)
    assert outline(made) == [
        "title: Of lamps *",
        "title: a study",
        "banner: Ann B Lee\nC Wu\nDee Poe\nLamp Group",
        "banner: 1 House UK",
        "banner: Write to a@example.org",
        "heading: Aim",
        "paragraph: To see.",
        "heading: In short",
        "paragraph: We saw.",
        "heading: Keywords",
        "row: lamps\toil",
        "paragraph: Funded by a fund.",
        "banner: Free.",
        "paragraph: Words.",
        "label: *",
        "note: Paid by nobody.",
    ]
    assert (made.title, made.authors) == ("Of lamps: a study", ("Ann B Lee", "C Wu", "Dee Poe", "Lamp Group"))
    assert (made.url, made.licence, made.date) == (
        "https://doi.org/10.1234/lamp.5",
        "CC BY-NC 3.0",
        When("2011-02-03", "day", "3 Feb 2011"),
    )


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ('<pub-date pub-type="epub"><year>2011</year></pub-date>', ("2011", "year")),
        ('<pub-date pub-type="ppub"><month>4</month><year>2011</year></pub-date>', ("2011-04", "month")),
        ('<pub-date pub-type="ppub"><season>Spring</season><year>2011</year></pub-date>', ("2011", "year")),
        ('<pub-date iso-8601-date="2011-04-09"><day>9</day><month>04</month><year>2011</year></pub-date>', ("2011-04-09", "day")),
        ('<pub-date date-type="pub" iso-8601-date="2011-04-09"/>', ("2011-04-09", "day")),
        ("<pub-date><string-date>9 April 2011</string-date></pub-date>", ("2011-04-09", "day")),
        ('<pub-date pub-type="ppub"><day>31</day><month>2</month><year>2011</year></pub-date>', ("2011", "year")),
        (
            '<pub-date pub-type="pmc-release"><year>2012</year></pub-date><pub-date pub-type="ppub"><year>2011</year></pub-date>',
            ("2011", "year"),
        ),
    ],
)
def test_dates_are_as_exact_as_the_file(dates: str, wanted: tuple[str, str]) -> None:
    found = document(meta=dates).date
    assert found is not None
    assert (found.value, found.precision) == wanted


@pytest.mark.parametrize(
    ("permissions", "licence"),
    [
        ('<license xlink:href="https://creativecommons.org/publicdomain/zero/1.0/"/>', "CC0 1.0"),
        (
            '<license><license-p>See <ext-link xlink:href="http://creativecommons.org/licenses/by/4.0">it</ext-link></license-p></license>',
            "CC BY 4.0",
        ),
        ("<license><p>All rights kept.</p></license>", "All rights kept."),
        ("<copyright-year>2011</copyright-year>", None),
    ],
)
def test_licences(permissions: str, licence: str | None) -> None:
    assert document(meta=f"<permissions>{permissions}</permissions>").licence == licence


SUB = (
    "<sub-article><front-stub><title-group><article-title>Letter</article-title></title-group><contrib-group><contrib><name>"
    "<surname>Doe</surname><given-names>J</given-names></name></contrib></contrib-group></front-stub><body>"
    '<p><xref rid="f">Figure 1</xref> and <xref ref-type="bibr" rid="r1">own</xref></p></body>'
    '<back><ref-list><ref id="r1"><mixed-citation>Own reference.</mixed-citation></ref></ref-list></back></sub-article>'
    "<response><front-stub/><body><p>We agree.</p></body></response>"
)


def test_letters_and_answers_are_articles_with_references_of_their_own() -> None:
    made = document(
        '<fig id="f"><label>Figure 1</label></fig><p><xref ref-type="bibr" rid="r1">1</xref></p>', REFERENCES, after=SUB
    )
    assert links(made) == [
        ("1", "citation", "ok", "Poe E. On oil."),
        ("Figure 1", "internal", "ok", "Figure 1"),
        ("own", "citation", "ok", "Own reference."),
    ]
    articles = [
        (part.number, part.heading, part.author.name if part.author else None) for part in made.parts if part.kind == "article"
    ]
    assert articles == [(1, None, None), (2, "Letter", "J Doe"), (3, None, None)]


def test_formulas_are_read_once_in_the_form_that_has_words() -> None:
    formula = (
        "<alternatives><graphic/><tex-math>\\begin{document}$R$\\end{document}</tex-math><mml:math><mml:msup><mml:mi>R</mml:mi>"
        "<mml:mn>2</mml:mn></mml:msup><mml:mo>=</mml:mo><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math></alternatives>"
    )
    made = document(f"<p>So <inline-formula>{formula}</inline-formula>, <inline-formula><graphic/></inline-formula>.</p>")
    assert (made.text, codes(made)) == ("So R2 = 1 2, .", ["W254", "W263"])


@pytest.mark.parametrize(
    "frame",
    [
        "<pmc-articleset>{}</pmc-articleset>",
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>{}</metadata></record></GetRecord></OAI-PMH>',
    ],
)
def test_articles_in_the_frame_of_a_harvester(frame: str) -> None:
    inside = '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"><front/><body><p>Words.</p></body></article>'
    assert outline(read(frame.format(inside).encode())) == ["paragraph: Words."]


def test_files_of_one_source_follow_each_other() -> None:
    made = read(article("<p>First.</p>"), article("<p>Second.</p>"))
    assert [span.of(made.text) for span in made.file_spans] == ["First.", "Second."]
    assert [part.number for part in made.parts] == [1, 2]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSourceError) as raised:
        read(data)
    return str(raised.value)


BOMB = "<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "it is empty"),
        (b"words", "line 1: it is not well-formed XML: Start tag expected, '<' not found"),
        (b"<tei><text/></tei>", "it is XML with the root <tei>, and no journal article (JATS) is in it"),
        (b"<html><body><article><p>x</p></article></body></html>", "it is XML with the root <html>, and no journal article"),
        (article("<p>cut")[:-30], "line 1: it is not well-formed XML"),
        (article("<sec>" * 5_000 + "</sec>" * 5_000), "line 1: elements are nested deeper than 256"),
        (f"<!DOCTYPE article [{BOMB}]><article><body><p>&j;</p></body></article>".encode(), "entity expansion refused"),
        (
            b"<!DOCTYPE article [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><article><body><p>&x;</p></body></article>",
            "entity expansion",
        ),
        (b"<!DOCTYPE article [<!ENTITY x 'y'>]><article><body><p>&x;</p></body></article>", "entity expansion refused"),
        (b"<article><body><p>a&nbsp;b</p></body></article>", "line 1: the character &nbsp; needs a document type"),
        (article(""), "no words were found in it"),
    ],
)
def test_refusals_name_the_cause(data: bytes, cause: str) -> None:
    message = refusal(data)
    assert (message.startswith("0.xml: not read: "), cause in message) == (True, True)


def test_names_of_pictures_are_no_harm() -> None:
    subset = b"<!NOTATION IMAGE SYSTEM 'x'><!ENTITY f1 SYSTEM 'f1' NDATA IMAGE>"
    assert outline(read(b"<!DOCTYPE article [" + subset + b"]><article><body><p>a</p></body></article>")) == ["paragraph: a"]


def test_a_table_of_wide_cells_stays_small() -> None:
    rows = "<tr><td colspan='9999'>a</td><td rowspan='9999'>b</td></tr>" * 2_000
    assert len(document(f"<table-wrap><table>{rows}</table></table-wrap>").text) < 200_000


FRAGMENTS = (
    "<p>Words<xref ref-type='bibr' rid='r1'>1</xref></p>",
    "<sec id='s'><title>T</title>",
    "</sec>",
    "<p>",
    "</p>",
    "<list><list-item><p>x</p></list-item></list>",
    "<fig id='f'><label>F</label><caption><p>c</p></caption></fig>",
    "<table-wrap><table><tr><td/><td>x</td></tr></table></table-wrap>",
    "<table><tr><td><table><tr><td>deep</td></tr></table></td></tr></table>",
    "<fn id='n'><label>1</label><p>note<fn><p>in a note</p></fn></p></fn>",
    "<xref rid='s n f nope'>all</xref>",
    "<xref ref-type='bibr' rid='r1'/>",
    "<sup><xref rid='n'>1</xref></sup>",
    "<boxed-text><label>B</label><sec><title>t</title></sec></boxed-text>",
    "<disp-quote><disp-quote><p>q</p></disp-quote></disp-quote>",
    "<ref id='r1'><label>1</label><mixed-citation>R<sup>2</sup></mixed-citation></ref>",
    "<def-list><def-item><term/><def><p>d</p></def></def-item></def-list>",
    "<label>L</label>",
    "<title>loose</title>",
    "<caption><title>c</title></caption>",
    "<kwd-group><kwd>k</kwd></kwd-group>",
    "<disp-formula id='f'><label>(1)</label></disp-formula>",
    "<media xlink:href='a.mp4'/>",
    "<alternatives><graphic/></alternatives>",
    "loose",
    "&nbsp;",
    "<name><surname>a</surname><given-names>b</given-names></name>",
)


def balanced(chosen: list[str]) -> str:
    """The fragments with each element closed that was left open."""
    opened: list[str] = []
    kept: list[str] = []
    for fragment in chosen:
        closing = fragment.startswith("</")
        opened += [fragment[1:].split()[0].strip(">")] if fragment in {"<p>", "<sec id='s'><title>T</title>"} else []
        kept += [fragment] if not closing or (opened and f"</{opened[-1]}>" == fragment and opened.pop()) else []
    return "".join([*kept, *(f"</{name}>" for name in reversed(opened))])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14), st.lists(st.sampled_from(FRAGMENTS), max_size=4))
def test_any_fragments_give_a_sound_document(body: list[str], back: list[str]) -> None:
    data = article("<p>First.</p>" + balanced(body), balanced(back))
    made = read(data)
    assert faults(made) == []
    assert made == read(data)


GOOD = article("<sec><title>T</title><p>Words.</p></sec>", REFERENCES, META)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, len(GOOD)))
def test_damaged_files_are_read_or_refused(flips: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(GOOD)
    for at, value in flips:
        damaged[at] = value
    assert [fault for data in (bytes(damaged), GOOD[:cut]) for fault in unexpected(data)] == []


def unexpected(data: bytes) -> list[str]:
    """The faults of the document; none where the file is refused."""
    try:
        return faults(read(data))
    except UnreadableSourceError:
        return []
