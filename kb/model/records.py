"""The seven kinds of record, each one statement found in a document, with its place.

Extractors yield records without `id`, `source_id`, `sha256`, `passage` and `quote`; `kb.extract.identified` fills these in one
place, so that no extractor can get them wrong.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from kb.model.span import Quote, Span

DefinitionForm = Literal["explicit", "glossary", "abbreviation", "list", "rejected"]
ClaimKind = Literal["figure", "target", "recommendation", "finding", "criticism", "causal", "policy"]
ReferenceForm = Literal["bibliographic", "doi", "pmid", "url", "guideline", "legislation", "title"]
Placement = Literal["example-of", "listed-under", "coded-as", "new-to-programme-as", "listed-separately-by", "said-not-to-be"]
Stance = Literal["asserts", "disputes", "reports"]
Qualifier = Literal["up to", "at least", "around"]
Nature = Literal["target", "outcome", "expected", "derived", "unknown"]
Certainty = Literal["asserted", "unclear"]
BasisKind = Literal["guideline", "trial", "consensus", "not-stated"]
Match = Literal["exact", "normalised", "elided", "altered", "none"]
Place = Literal["as-attributed", "elsewhere", "not-held", "not-found"]
MEASURED = frozenset({"%", "percentage points", "GBP", "USD", "EUR"})
"""Units of shares and sums, which mean little without whose, where and when."""
ReviewStatus = Literal["machine", "confirmed", "corrected", "rejected", "disputed", "withdrawn"]


class Review(msgspec.Struct, frozen=True):
    """What a person decided about a record; "machine" means nobody has looked."""

    status: ReviewStatus = "machine"
    reviewer: str | None = None
    date: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower):
    """One extracted statement. `quote.exact == span.of(document.text)`, always."""

    KIND: ClassVar[str] = "record"

    span: Span
    rule: str
    """Which pattern found it; never part of the id."""
    confidence: float = 1.0
    id: str = ""
    source_id: str = ""
    sha256: str = ""
    """Checksum of the source the span is a place in."""
    passage: str = ""
    """Id of the passage the span begins in, "" where it begins in none."""
    quote: Quote = Quote("")
    review: Review = Review()
    speaker: str | None = None
    """Whose words these are: a name, an organisation, or None where the source does not say."""
    speaker_role: Literal["document", "quoted", "member", "organisation", "author", "unknown"] = "unknown"
    attributed_to: str | None = None
    """To whom the text itself credits what is said, where that is somebody else."""

    def subject(self) -> str:
        """The machine's reading that tells two records on the same words apart; part of the id."""
        return ""

    @property
    def is_kept_back(self) -> bool:
        """Whether the record is in the store alone: no page, export or index shows it."""
        return False


class Definition(Record, frozen=True, kw_only=True):
    """A passage that says what a term means, lists what falls under it, or rejects it."""

    KIND: ClassVar[str] = "definition"

    term: str
    term_norm: str
    """The term's long form in lower case, as far as the document gives one."""
    form: DefinitionForm
    definiens: Span | None = None
    concept: str | None = None
    """Slug of the condition the term names, where the vocabulary knows it."""

    def subject(self) -> str:
        return self.term_norm


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number inside a claim. `value` is a number or a (low, high) range, fractions as percentages ("one in two" is 50)."""

    span: Span
    value: float | tuple[float, float]
    unit: str
    """"%", "GBP", "years" ... "minutes", else the noun that is counted, lower case ("sites")."""
    qualifier: Qualifier | None = None
    of: str | None = None
    """What is counted, in the source's words."""
    population: str | None = None
    setting: str | None = None
    period: str | None = None
    nature: Nature = "unknown"

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the passage of a share or sum leaves out: "population", "setting", "period"; () for counts and times."""
        if self.unit not in MEASURED:
            return ()
        return tuple(name for name in ("population", "setting", "period") if getattr(self, name) is None)


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a recommendation rests on, as far as its document says; "not-stated" is a reading too: nothing was said."""

    kind: BasisKind
    span: Span | None = None
    """The words that say so; None where nothing is stated."""
    code: str | None = None
    """The guideline's code as its body writes it, "CG53"."""


class Claim(Record, frozen=True, kw_only=True):
    """A sentence, list item or table row that asserts something checkable or arguable."""

    KIND: ClassVar[str] = "claim"

    claim_kind: ClaimKind
    figures: tuple[Figure, ...] = ()
    about: tuple[str, ...] = ()
    """Slugs of the conditions it mentions, in order of mention."""
    certainty: Certainty = "asserted"
    """"unclear" where it may be irony, a joke or an if: kept in the store, and shown to nobody as an assertion."""
    basis: Basis | None = None
    """Of recommendations alone."""
    for_whom: str | None = None
    """Whose care or conduct a recommendation is about, in the source's words."""

    @property
    def is_kept_back(self) -> bool:
        return self.certainty == "unclear"


class Identifiers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Names under which the world knows a work. All lower case but `url`."""

    doi: str | None = None
    pmid: str | None = None
    isbn: str | None = None
    nice: str | None = None
    url: str | None = None


class Reference(Record, frozen=True, kw_only=True):
    """A full pointer to a work."""

    KIND: ClassVar[str] = "reference"

    form: ReferenceForm
    ids: Identifiers = Identifiers()
    label: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    """Who brought out a book or report; of a journal's article its container says enough."""
    publisher_place: str | None = None


class Citation(Record, frozen=True, kw_only=True):
    """A marker in running text: "[37, 40]", "(Lee 2019)", a superscript. One a marker, with all its keys."""

    KIND: ClassVar[str] = "citation"

    keys: tuple[str, ...]
    style: Literal["bracket", "superscript", "author-year", "number"]


class Mention(Record, frozen=True, kw_only=True):
    """Words that name a condition or umbrella category."""

    KIND: ClassVar[str] = "mention"

    concept: str

    def subject(self) -> str:
        return self.concept


class Classification(Record, frozen=True, kw_only=True):
    """A passage that places a condition under a category, disputes it, or reports that others do.

    Always relative to its document: the same label may mean another category elsewhere.
    """

    KIND: ClassVar[str] = "classification"

    condition: str
    category: str
    stance: Stance
    placement: Placement
    by: str | None = None
    """Who places the condition."""
    reported_by: str | None = None
    jurisdiction: str | None = None

    def subject(self) -> str:
        return f"{self.condition}\n{self.category}"


class Quotation(Record, frozen=True, kw_only=True):
    """Words that a document presents as another's, or repeats from an earlier post.

    `match` says how the words compare with an original that is held; `place` whether that original stands where the text says.
    `original_source` and `original` are set when one was found.
    """

    KIND: ClassVar[str] = "quotation"

    marked: Literal["said", "quotation-marks", "block", "unmarked"]
    match: Match = "none"
    place: Place = "not-held"
    original_source: str | None = None
    original: Span | None = None
    similarity: float | None = None


AnyRecord = Definition | Claim | Reference | Citation | Mention | Classification | Quotation
RECORD_KINDS: dict[str, type[AnyRecord]] = {
    "definition": Definition,
    "claim": Claim,
    "reference": Reference,
    "citation": Citation,
    "mention": Mention,
    "classification": Classification,
    "quotation": Quotation,
}
