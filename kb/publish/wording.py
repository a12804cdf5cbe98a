"""How stored values read on a page: plain words for every coded value, and names for figures, records and places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb.model import (
    AnyRecord,
    Claim,
    Classification,
    Definition,
    Document,
    Figure,
    Page,
    Part,
    Quotation,
    Source,
    When,
    Work,
    slug,
)
from kb.public import GAP
from kb.publish.marks import without_marks
from kb.vocabulary import conditions

SOURCE_KINDS = {"guidance": "Guidance", "forum": "Forum thread", "critique": "Critique"}
CLAIM_KINDS = {
    "figure": "Figure",
    "target": "Target",
    "recommendation": "Recommendation",
    "finding": "Finding",
    "criticism": "Criticism",
    "causal": "Cause and effect",
    "policy": "Policy statement",
}
FORMS = {
    "explicit": "Definition",
    "glossary": "Glossary entry",
    "abbreviation": "Abbreviation spelt out",
    "list": "List of what falls under the term",
    "rejected": "Definition the text rejects",
}
PLACEMENTS = {
    "example-of": "given as an example of",
    "listed-under": "listed under",
    "coded-as": "coded as",
    "new-to-programme-as": "new to the programme as",
    "listed-separately-by": "listed separately from",
    "said-not-to-be": "said not to be",
}
STANCES = {"asserts": "says so itself", "disputes": "disputes it", "reports": "reports that others say so"}
MATCHES = {
    "exact": "word for word",
    "normalised": "word for word, but for spacing and typography",
    "elided": "with words left out",
    "altered": "with words changed",
    "none": "no original found",
}
PLACES = {
    "as-attributed": "It stands where the text says it does.",
    "elsewhere": "It stands in another text than the one named here.",
    "not-held": "The text it names is not held here, so nothing could be checked.",
    "not-found": "It was not found in the text it names.",
}
MARKED = {
    "said": "introduced as somebody's words",
    "quotation-marks": "in quotation marks",
    "block": "set off as a block",
    "unmarked": "repeated without marks",
}
NATURES = {
    "target": "a target, not an outcome",
    "outcome": "an outcome",
    "expected": "an expectation",
    "derived": "worked out from other figures",
    "unknown": "not said",
}
SHORT_NATURES = {"target": "target", "outcome": "outcome", "expected": "expected", "derived": "worked out", "unknown": "not said"}
BASES = {
    "guideline": "a guideline",
    "trial": "trials",
    "consensus": "consensus of those who wrote it",
    "not-stated": "not stated here",
}
"""What a recommendation rests on, as far as its text says."""
REVIEWS = {
    "machine": "Found by a machine, not checked by a person.",
    "confirmed": "Found by a machine and confirmed by a person.",
    "corrected": "Found by a machine and corrected by a person.",
    "rejected": "A person looked at this and rejected it: the machine was wrong.",
    "disputed": "People disagree about this record.",
    "withdrawn": "This record was withdrawn.",
}
PUBLISH = {
    "full": "all of it",
    "quotes": "only passages that hold a record; the rest is marked as not published",
    "none": "nothing of its text",
}
PART_KINDS = {
    "section": "Section",
    "post": "Post",
    "article": "Article",
    "box": "Box",
    "list": "List",
    "table": "Table",
    "quotation": "Quotation",
    "note": "Note",
}
KINDS = {
    "definition": "Definition",
    "claim": "Claim",
    "reference": "Reference",
    "citation": "Citation",
    "mention": "Mention",
    "classification": "Classification",
    "quotation": "Quotation",
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONEY = {"GBP": "£", "EUR": "€", "USD": "$"}
MEASURES = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})
MASKED_RUN = re.compile(r"\u2588+(?:[ \u00a0]\u2588+)*|\u2591+(?:\s+\u2591+)*")
LOCATOR = re.compile(r"\[([^\[\]]+)\]\s*\Z")
LONGEST_NAME = 60
"""A longer run of masked code points is no name but a passage filled over."""
TITLE_LENGTH = 90
QUOTATION_MARKS = "\"'“”‘’"
TITLE_LEADS = ("Our summary of ", "the forum thread ", "The ", "the ")
"""What a title may begin with that `short_title` says already, or need not say."""


def unmasked(words: str) -> str:
    """Masked code points as words.

    >>> unmasked("said \u2588\u2588\u2588 \u2588\u2588 today")
    'said [name withheld] today'
    """
    return MASKED_RUN.sub(lambda run: mask_label(run[0]), words)


def mask_label(run: str) -> str:
    """What to print for one run of masked code points."""
    if run.startswith(GAP):
        return "[not published]"
    return "[name withheld]" if len(run) <= LONGEST_NAME else "[withheld]"


def shortened(words: str, limit: int = TITLE_LENGTH) -> str:
    """`words` on one line, without marks of Markdown, cut between words to at most `limit` code points with an ellipsis.

    >>> shortened("one two  three", 9)
    'one two …'
    """
    line = unmasked(" ".join(without_marks(words).split()))
    if len(line) <= limit:
        return line
    cut = line[: limit - 1].rsplit(" ", 1)[0]
    return f"{cut[: limit - 2]} …"


@cache
def _categories() -> dict[str, str]:
    return {concept.category: concept.id for concept in conditions() if concept.category}


def condition_slug(name: str) -> str:
    """The slug a condition or category has in addresses: a category's is its concept's.

    >>> condition_slug("fss"), condition_slug("other:back-pain")
    ('functional-somatic-syndromes', 'back-pain')
    """
    return slug(_categories().get(name, name).removeprefix("other:"))


@cache
def _names() -> dict[str, str]:
    return {condition_slug(concept.id): concept.pref_label for concept in conditions()}


def condition_name(name: str) -> str:
    """The name of a condition or category, as it reads inside a sentence.

    >>> condition_name("ibs"), condition_name("other:lyme-disease"), condition_name("not-in-the-vocabulary")
    ('irritable bowel syndrome', 'Lyme disease', 'not in the vocabulary')
    """
    key = condition_slug(name)
    return _names().get(key) or key.replace("-", " ")


def short_name(name: str) -> str:
    """The abbreviation of an umbrella category where the vocabulary has one of one word, else the name.

    >>> short_name("mus"), short_name("chronic-pain")
    ('MUS', 'chronic pain')
    """
    return _abbreviations().get(condition_slug(name)) or condition_name(name)


@cache
def _abbreviations() -> dict[str, str]:
    return {
        condition_slug(concept.id): concept.exact_label[0]
        for concept in conditions()
        if concept.umbrella and concept.exact_label and concept.exact_label[0].isupper()
    }


def date_words(when: When | None) -> str:
    """A date as far as it is known, or "".

    >>> date_words(When("2018-03-21", "day", "")), date_words(When("2018-03", "month", ""))
    ('21 March 2018', 'March 2018')
    """
    if when is None:
        return ""
    year, *rest = when.value[:10].split("-")
    numbers = [int(part) for part in rest if part.isdigit()]
    if not numbers or not 1 <= numbers[0] <= 12:
        return year
    day = f"{numbers[1]} " if len(numbers) > 1 else ""
    return f"{day}{MONTHS[numbers[0] - 1]} {year}"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "claim"), counted(4500, "claim"), counted(2, "entry", "entries")
    ('1 claim', '4,500 claims', '2 entries')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def figure_value(figure: Figure) -> str:
    """The value with its unit and qualifier.

    >>> from kb.model import Span
    >>> figure_value(Figure(span=Span(0, 1), value=(45.0, 55.0), unit="%", qualifier="around"))
    'around 45–55%'
    """
    return f"{figure.qualifier} {bare_value(figure)}" if figure.qualifier else bare_value(figure)


def bare_value(figure: Figure) -> str:
    """The value with its unit alone.

    >>> from kb.model import Span
    >>> bare_value(Figure(span=Span(0, 1), value=4500.0, unit="sites", qualifier="up to"))
    '4,500 sites'
    """
    value = figure.value
    number = "–".join(map(_number, value)) if isinstance(value, tuple) else _number(value)
    if figure.unit in MONEY:
        return f"{MONEY[figure.unit]}{number}"
    return f"{number}{'' if figure.unit == '%' else ' '}{figure.unit}"


def figure_title(figure: Figure) -> str:
    """The value with what it counts.

    >>> from kb.model import Span
    >>> figure_title(Figure(span=Span(0, 1), value=45.0, unit="%", of="visits"))
    '45% of visits'
    >>> figure_title(Figure(span=Span(0, 1), value=22.0, unit="sites", of="early sites"))
    '22 early sites'
    """
    value = figure_value(figure)
    if not figure.of:
        return value.removesuffix(" count")
    if figure.unit == "%" or figure.unit in MONEY or figure.unit in MEASURES:
        return f"{value} of {figure.of}"
    return f"{value.removesuffix(figure.unit).rstrip()} {figure.of}"


def source_title(source: Source, document: Document | None = None) -> str:
    """The title of a source; a digest's says that it is ours."""
    title = source.title or (document.title if document else None) or source.id
    if source.digest_of is not None and not title.lower().startswith("our summary"):
        title = f"Our summary of {title}"
    return unmasked(title)


def short_title(source: Source, document: Document | None = None, limit: int = 60) -> str:
    """What kind of source it is and the first words of its title, for lists, tables and the way back.

    >>> title = "Our summary of the forum thread 'On rest'"
    >>> short_title(Source(id="a", files=(), source_kind="forum", shape="", title=title, digest_of="b"))
    'Forum thread, our summary: On rest'
    """
    title = source.title or (document.title if document else None) or source.id
    for lead in TITLE_LEADS:
        title = title.removeprefix(lead)
    kind = SOURCE_KINDS[source.source_kind] + (", our summary" if source.digest_of is not None else "")
    return f"{kind}: {shortened(title.strip(QUOTATION_MARKS), limit)}"


def original_title(source: Source) -> str:
    """For a digest: the title of what it restates."""
    title = source_title(source)
    return title.removeprefix("Our summary of ")


def work_title(work: Work) -> str:
    """What to call a work of which perhaps only an identifier is known."""
    ids = work.ids
    return unmasked(work.title or ids.doi or (f"PMID {ids.pmid}" if ids.pmid else "") or ids.nice or ids.url or work.id)


def locator(words: str) -> str:
    """Where in the original a statement of a digest stands, as its end says; "" where it does not.

    >>> locator("It says so. [post 2; section 4]"), locator("It says so [sic] here.")
    ('post 2; section 4', '')
    """
    found = LOCATOR.search(words)
    return found[1] if found else ""


def address_of(source: Source, document: Document | None) -> str:
    """Where the original stands on the web: as the manifest says, else as the file itself does; "" where neither does."""
    return source.url or (document.url if document else None) or ""


WRAPPED_TEXT = frozenset({"digest", "flattened-forum", "flattened-blog", "guidance-markdown"})
"""Readers of plain text, in which a line end says nothing: lines are broken where the file was wide enough."""


def keeps_lines(document: Document) -> bool:
    """Whether a line end inside a passage is its author's."""
    return document.reader not in WRAPPED_TEXT


def page_words(pages: Sequence[Page], reader: str) -> str:
    """Which pages words stand on: the numbers printed on them, and where they come in the file; "" without pages.

    >>> from kb.model import Span
    >>> page_words([Page(Span(0, 9), 6, "iv")], "pdf"), page_words([Page(Span(0, 5), 6), Page(Span(5, 9), 7)], "docx")
    ('p. iv (page 6 of the PDF)', 'pages 6–7 of the file')
    """
    if not pages:
        return ""
    first, last = pages[0], pages[-1]
    several = first.number != last.number
    numbers = f"{first.number}–{last.number}" if several else str(first.number)
    counted_on = f"page{'s' if several else ''} {numbers} of {CARRIERS.get(reader, 'the file')}"
    if first.label is None or last.label is None:
        return counted_on
    printed = f"pp. {first.label}–{last.label}" if several else f"p. {first.label}"
    return printed if printed.endswith(f". {numbers}") else f"{printed} ({counted_on})"


CARRIERS = {"pdf": "the PDF"}


def quotation_title(part: Part, quoted: Part | None) -> str:
    """What a quotation block says it repeats: the post, or a name that may be printed.

    >>> from kb.model import QuoteOf, Span
    >>> block = Part(id="s", kind="quotation", span=Span(0, 1), body=Span(0, 1), quote_of=QuoteOf("Ann Example"))
    >>> quotation_title(block, None)
    'Quoted from Ann Example'
    """
    if quoted is not None:
        return f"Quoted from {lowered(part_title(quoted))}"
    name = part.quote_of.name if part.quote_of else part.heading
    if part.quote_of is not None:
        return f"Quoted from {unmasked(name)}" if name else "Quoted from a post that is not held here"
    return f"Quotation: {shortened(name)}" if name else PART_KINDS["quotation"]


def part_title(part: Part) -> str:
    """What to call a part: its label and heading, or its kind and number.

    >>> from kb.model import Span
    >>> part_title(Part(id="s", kind="post", span=Span(0, 1), body=Span(0, 1), number=12))
    'Post 12'
    """
    if part.kind in {"post", "article"}:
        name = bare_title(part)
        return f"{name}: {shortened(part.heading)}" if part.heading else name
    named = " ".join(filter(None, [part.label, part.heading]))
    return shortened(named) if named else PART_KINDS[part.kind]


def bare_title(part: Part) -> str:
    """Its kind and number."""
    return f"{PART_KINDS[part.kind]} {part.number}" if part.number is not None else PART_KINDS[part.kind]


def author_name(part: Part, *, is_private: bool) -> str:
    """Who wrote a part, as it may be printed: members have no name on a public page."""
    author = part.author
    if author is None:
        return ""
    if author.name and (is_private or author.role in {"organisation", "public"}):
        return unmasked(author.name)
    return "a member" if author.role in {"member", "unknown"} else "author not kept"


def speaker_words(record: AnyRecord, *, is_private: bool) -> str:
    """Whose words a record is made of."""
    name = unmasked(record.speaker) if record.speaker else ""
    if record.speaker_role == "member":
        return name if name and is_private else "a member"
    if record.speaker_role == "quoted":
        return f"{name}, as quoted here" if name else "somebody quoted here, not named"
    if name:
        return name
    return {"document": "the document itself", "author": "its author"}.get(record.speaker_role, "the source does not say")


def record_title(record: AnyRecord) -> str:
    """What a record says, in as few words as a heading allows, at most `TITLE_LENGTH` code points."""
    match record:
        case Definition():
            return shortened(record.term)
        case Claim():
            return claim_title(record)
        case Classification():
            return capitalised(
                f"{condition_name(record.condition)} {PLACEMENTS[record.placement]} {condition_name(record.category)}"
            )
        case _:
            return f"{KINDS[record.KIND]}: {shortened(record.quote.exact, 60)}"


def claim_title(claim: Claim) -> str:
    """The first words of the statement; a figure that would be cut off goes before them.

    >>> from kb.model import Quote, Span
    >>> words = "of those who came to the clinics of the region in the years that were counted, all in all, 45% wrote"
    >>> figure = Figure(span=Span(95, 98), value=45.0, unit="%")
    >>> claim_title(Claim(span=Span(0, 104), rule="", quote=Quote(words), claim_kind="figure", figures=(figure,)))
    '45%: of those who came to the clinics of the region in the years that were counted, all …'
    """
    words = claim.quote.exact.rstrip(" .;:")
    title = shortened(words)
    if title.endswith(" …") and claim.figures:
        first = claim.figures[0]
        start = claim.span.start
        stated = without_marks(" ".join(words[first.span.start - start : first.span.end - start].split()))
        if stated not in title:
            value = shortened(figure_value(first).removesuffix(" count"), TITLE_LENGTH // 2)
            return f"{capitalised(value)}: {shortened(words, TITLE_LENGTH - len(value) - 2)}"
    return capitalised(title)


def capitalised(words: str) -> str:
    """With a capital first letter; the rest is left alone."""
    return words[:1].upper() + words[1:]


def record_label(record: AnyRecord) -> str:
    """What kind of thing a record is, to stand under its words in a list."""
    match record:
        case Definition():
            return f"{shortened(record.term, 50)}: {lowered(FORMS[record.form])}"
        case Claim():
            figures = ", ".join(map(figure_title, record.figures[:3]))
            return f"{CLAIM_KINDS[record.claim_kind]}: {shortened(figures)}" if figures else CLAIM_KINDS[record.claim_kind]
        case Quotation():
            credited = f", credited to {shortened(record.attributed_to, 50)}" if record.attributed_to else ""
            return f"Quotation, {MARKED[record.marked]}{credited}"
        case _:
            return record_title(record)


def lowered(name: str) -> str:
    """With a small first letter, to stand inside a sentence."""
    return name[:1].lower() + name[1:]
