"""Claims in invented documents: which sentences are claims, of what kind, with which figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.claims import RULES, extract
from kb.extract.claims.attribution import credited
from kb.extract.found import Found
from kb.model import Claim, Document, Figure, Mention, Part, Passage, Quotation, Reference, Source, SourceKind, Span
from tests.extract.cases import Case, read_cases

CASES = [case for path in sorted((Path(__file__).parent / "cases").glob("claims-*.md")) for case in read_cases(path)]
KINDS: dict[str, SourceKind] = {"guidance": "guidance", "critique": "critique", "forum": "forum"}


def passages_of(text: str) -> tuple[Passage, ...]:
    """Blocks between blank lines: "# " begins a heading, "- " an item of the paragraph before, a tab makes a row."""
    made: list[Passage] = []
    lead: str | None = None
    start = 0
    for number, block in enumerate(text.split("\n\n")):
        mark = 2 if block[:2] in {"# ", "- "} else 0
        kind = {"# ": "heading", "- ": "item"}.get(block[:2], "row" if "\t" in block else "paragraph")
        span = Span(start + mark, start + len(block))
        is_lead = kind == "paragraph"
        made.append(Passage(id=f"p{number}", kind=kind, span=span, part="s0", lead=None if is_lead else lead))  # type: ignore[arg-type]
        lead = f"p{number}" if is_lead else lead
        start += len(block) + 2
    return tuple(made)


def found_in(text: str, source_kind: SourceKind = "guidance") -> Found:
    span = Span(0, len(text))
    part = Part(id="s0", kind="post", span=span, body=span)
    document = Document(source_id="a", sha256="0", reader="test", text=text, parts=(part,), passages=passages_of(text))
    return Found(Source(id="a", files=(), source_kind=source_kind, shape="digest"), document)


def claims_of(found: Found) -> list[Claim]:
    return list(extract(found))


def lines_of(text: str, claim: Claim) -> list[str]:
    return [f"{claim.claim_kind}: {' '.join(claim.span.of(text).split())}", *map(figure_line, claim.figures)]


def figure_line(figure: Figure) -> str:
    fields = {name: getattr(figure, name) for name in ("of", "population", "setting", "period")}
    value = "-".join(f"{bound:g}" for bound in ([figure.value] if isinstance(figure.value, int | float) else figure.value))
    return " | ".join(
        [f"  {value} {figure.unit}", figure.qualifier or "-", *(f"{name}={value}" for name, value in fields.items() if value)]
    )


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    kind, _, _ = case.title.partition(":")
    found = found_in(case.text, KINDS[kind])
    assert [line for claim in claims_of(found) for line in lines_of(case.text, claim)] == case.expected.rstrip().split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Have waiting times doubled since the contract began?",
        "So what are they offering, and why?:",
        "Were we told about this at all.",
        "Thank you for posting the minutes of the meeting.",
        "Sorry for the late reply, it has been a long week.",
        "See the link below for the whole report.",
        "Further information can be found on the website.",
        "I hope that the board reads every letter.",
        "I will add the other documents next week.",
        "These people are clowns and they have no shame.",
        "Father Christmas was referred to the clinic for his red cheeks.",
        "Ruritania Health Board",
        "Dr Anna Nother, Clinical Lead, North Clinic",
        "Publication date: 4 May 2019",
        "https://example.org/a/long/address",
        "The teams work under these rules, which are:",
        "Event: a day on pathways.\n\nWhen: Friday. Registration opens at nine.",
        "A reader asks whether the clinic is open.",
        "Great post, it has all that I wanted.",
        "I am new to the forum and have two cats.",
        "Any ideas on this would help me a lot.",
        "We read with great interest the letter on lamps.",
        "See Declaration Regarding the Lamps in the appendix on page nine.",
        "One of them wondered, in her letter, why the clinic had closed.",
    ],
)
def test_no_claim(text: str) -> None:
    assert claims_of(found_in(text, "forum")) == []


def test_headings_and_references_claim_nothing() -> None:
    text = "# Services should be local and open to everyone"
    assert claims_of(found_in(text)) == []


def test_a_claim_is_about_the_conditions_it_mentions() -> None:
    text = "Fatigue and pain are common. Pain is treated."
    mentions = [Mention(span=Span(*place), rule="t", concept=name) for place, name in [((12, 16), "pain"), ((0, 7), "fatigue")]]
    found = found_in(text)
    claims = claims_of(Found(found.source, found.document, tuple(mentions)))
    assert [claim.about for claim in claims] == [("fatigue", "pain"), ()]


def test_a_list_of_names_claims_nothing() -> None:
    text = "The service is open to people with:\n\n- persistent red noses\n\n- fatigue that is often made worse by the noses"
    mention = Mention(span=Span(39, 59), rule="t", concept="other:noses")
    found = found_in(text)
    claims = claims_of(Found(found.source, found.document, (mention,)))
    assert [claim.span.of(text) for claim in claims] == ["fatigue that is often made worse by the noses"]


def test_a_reference_in_the_running_text_claims_nothing() -> None:
    text = "Nother A et al. Waiting and its costs were studied. London: Small Press; 2011."
    found = found_in(text)
    reference = Reference(span=Span(0, len(text)), rule="t", form="bibliographic")
    assert claims_of(Found(found.source, found.document, (reference,))) == []


def test_words_repeated_from_the_same_source_are_claimed_once() -> None:
    text = "The clinic has closed its doors.\n\nThe clinic has closed its doors.\n\nThat is wrong."
    found = found_in(text, "forum")
    repeated = Quotation(span=Span(34, 66), rule="t", marked="unmarked", original_source="a", original=Span(0, 32))
    claims = claims_of(Found(found.source, found.document, (repeated,)))
    assert [claim.span for claim in claims] == [Span(0, 32), Span(68, 82)]


def test_a_sentence_may_credit_somebody() -> None:
    text = "Healthwatch Ruritania found that most callers gave up. According to Dr Nother, few were seen. It found nothing else."
    assert [claim.attributed_to for claim in claims_of(found_in(text))] == ["Healthwatch Ruritania", "Dr Nother", None]


TEXT = st.lists(
    st.sampled_from(
        [
            "The clinic ",
            "is bad. ",
            "half ",
            "of 45% ",
            "£3m ",
            "should ",
            "\n\n",
            "\t",
            "- ",
            ".",
            "?",
            "[1] ",
            "“",
            "because ",
            "A ",
        ]
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
).map("".join)


@given(TEXT, st.sampled_from(["guidance", "critique", "forum"]))
def test_claims_lie_in_passages_and_figures_in_claims(text: str, source_kind: SourceKind) -> None:
    found = found_in(text, source_kind)
    claims = claims_of(found)
    assert all(any(passage.span.contains(claim.span) for passage in found.document.passages) for claim in claims)
    assert all(claim.span.contains(figure.span) for claim in claims for figure in claim.figures)
    assert all(0 <= claim.confidence <= 1 and len(claim.span) for claim in claims)


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "Ab ",
        "the of ",
        "is, ",
        "(x) ",
        "must _ ",
        "GPs should ",
        "patients with ",
        "for boards ",
        "NICE CG53 ",
        "According to ",
        ", As ",
        "if it would ",
        "in the view of A ",
    ],
)
def test_a_long_passage_takes_no_long_time(piece: str) -> None:
    text = piece * 5_000
    assert all(claim.span.end <= len(text) for claim in claims_of(found_in(text)))


def test_sections_that_point_to_works_or_to_our_copy_claim_nothing() -> None:
    text = "The rule is bad for all.\n\nThe link is cut in the middle.\n\nLee A, with others. Noises are worse than they were."
    spans = [Span(0, 24), Span(26, 56), Span(58, len(text))]
    headings = ["What it says", "What is broken in the copy we hold", "Works it points to"]
    parts = tuple(
        Part(id=f"s{n}", kind="section", span=s, body=s, heading=h) for n, (s, h) in enumerate(zip(spans, headings, strict=True))
    )
    passages = tuple(Passage(id=f"p{n}", kind="item", span=span, part=f"s{n}") for n, span in enumerate(spans))
    document = Document(source_id="a", sha256="0", reader="test", text=text, parts=parts, passages=passages)
    digest = Source(id="a", files=(), source_kind="forum", shape="digest", digest_of="b")
    source = Source(id="a", files=(), source_kind="forum", shape="digest")
    assert [claim.span for claim in claims_of(Found(digest, document))] == spans[:1]
    assert [claim.span for claim in claims_of(Found(source, document))] == spans[:2]


def test_a_text_may_be_credited() -> None:
    text = "The old report says that few came. Few came, the letter argues. In the article, few came. The report is old."
    assert [claim.attributed_to for claim in claims_of(found_in(text))] == ["the old report", "the letter", "the article", None]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Boards should publish their waiting times.", "claims/duties"),
        ("This plan is flawed.", "claims/faults"),
        ("The clinic moved to the north wing.", "claims/finding-prior"),
        ("Around 40% of adults have back pain.", "claims/figure-number"),
        ("Early advice reduces the number of admissions. These were many.", "claims/causes"),
    ],
)
def test_a_rule_names_what_decided_the_kind(text: str, rule: str) -> None:
    assert claims_of(found_in(text, "critique"))[0].rule == rule


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("According to NHS Ruritania, few came.", "NHS Ruritania"),
        ("According to plan, few came.", None),
        ("Lee et al. (2015) found that few came.", "Lee"),
        ("Lee found a job in May.", None),
        ("In Dr Lee's view, few came.", "Dr Lee"),
        ("In my view, few came.", None),
        ("As Lee notes, few came.", "Lee"),
        ("As it happens, Lee notes the time.", None),
        ("“Few came,” said Dr Lee.", "Dr Lee"),
        ("Research by Lee found that few came.", "Lee"),
        ("Having said that, few came.", None),
        ("A spokesman for NHS Ruritania said few came.", "NHS Ruritania"),
        ("The authors claim that few came.", "the authors"),
        ("The authors claim their fee.", None),
        ("Dr Lee's team argues that few came.", "Dr Lee"),
        ("Recently reported sums are wrong.", None),
        ("When Lee found the door, few had come.", None),
        ("Healthwatch, which counts, said that few came.", "Healthwatch"),
    ],
)
def test_who_is_credited_and_who_is_not(sentence: str, whom: str | None) -> None:
    assert credited(sentence) == whom


def test_every_rule_is_known() -> None:
    text = "Boards should act. This is flawed. The clinic moved.\n\nA\t35%\n\nThat is due to rain, which it brings about."
    assert {claim.rule for claim in claims_of(found_in(text))} <= set(RULES)


@pytest.mark.parametrize(
    "text",
    [
        "See your doctor if the pain lasts.",
        "See a GP if the pain lasts.",
        "Where somebody has left, the clerk must take action such as:",
        "Many people join us in May for a walk.",
        "Great posts are rare in this part of the town.",
        "The new ideas of the board would help them a lot.",
        "They read the letter on lamps in the morning.",
    ],
)
def test_close_to_no_claim(text: str) -> None:
    assert [claim.span.of(text) for claim in claims_of(found_in(text, "forum"))] == [text]
