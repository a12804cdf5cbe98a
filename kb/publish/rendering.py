"""Turns records into finished HTML: the one environment with escaping on, and the one module that makes `Markup`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kb.extract.figures.table_rows import cells
from kb.model import AnyRecord, Claim, Definition, DocumentLink, Record, Reference, Span
from kb.publish import wording
from kb.publish.catalogue import Catalogue
from kb.publish.marks import Marks, marks
from kb.publish.places import Place
from kb.publish.stretches import head_rows

SAFE_URL = re.compile(
    r"""
    (?: https?:// (?=[^\s/?\#]) | mailto: (?=[^\s@]+@) )
    [^\x00-\x20\x7f-\x9f\u2588\u2591]+                       # no control characters, nothing masked
    """,
    re.VERBOSE | re.IGNORECASE,
)
LINK_REL = "nofollow ugc noopener"
BETWEEN_CELLS = Markup('<span class="kb-tab">\t</span>')
LOST_LINK = Markup('<span class="kb-lost" title="The link that stood here was lost">{}</span>')
SUP, END_SUP = Markup("<sup>"), Markup("</sup>")
Piece = tuple[Span, Markup, Markup]
"""A place in some words, and the tags to put around it."""


def safe_url(url: str | None) -> str:
    """`url` where a reader may be sent there, else "".

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)"), safe_url("java\\tscript:alert(1)")
    ('https://example.org/a', '', '')
    """
    address = (url or "").strip()
    return address if SAFE_URL.fullmatch(address) else ""


def external(url: str | None, label: str | None = None) -> Markup:
    """A link out of the site, or its text where the address is none we follow. Long addresses may break anywhere."""
    target = safe_url(url)
    text = shown_words(label or url or "")
    if not target:
        return Markup('<span class="kb-url">{}</span>').format(text)
    return Markup('<a class="kb-url" href="{}" rel="{}">{}</a>').format(target, LINK_REL, text)


def shown_words(words: str) -> Markup:
    """Words of a source, escaped: masked code points as a label, marks of Markdown left out, lost links told."""
    return _dressed(words, [])


def _escaped(words: str) -> Markup:
    pieces: list[Markup] = []
    position = 0
    for run in wording.MASKED_RUN.finditer(words):
        pieces.append(escape(words[position : run.start()]))
        pieces.append(Markup('<span class="kb-mask">{}</span>').format(wording.mask_label(run[0])))
        position = run.end()
    pieces.append(escape(words[position:]))
    return Markup("").join(pieces).replace("\t", BETWEEN_CELLS)


def marked_words(words: str, spans: Sequence[Span]) -> Markup:
    """`words` with these places in it marked."""
    return _dressed(words, [(span, Markup("<mark>"), Markup("</mark>")) for span in spans])


@pass_context
def linked_words(context: Context, place: Place, inside: Span | None = None, *, is_whole: bool = False) -> Markup:
    """The words of a passage, or those at the place `inside` of its document, with its links and raised marks.

    A mark leads to its note, a citation to the record of its entry; on the page of the whole text (`is_whole`) both lead down it.
    """
    span = place.passage.span if inside is None else inside
    pieces: list[Piece] = []
    for link in place.links:
        address, rel = _address_of(context, link, is_whole=is_whole)
        if address and span.contains(link.span):
            opening = Markup('<a href="{}" rel="{}">').format(address, rel) if rel else Markup('<a href="{}">').format(address)
            pieces.append((link.span.shifted(-span.start), opening, Markup("</a>")))
    raised = [one for one in place.raised if span.contains(one)]
    return _dressed(span.of(place.document.text), _raised(pieces, [one.shifted(-span.start) for one in raised]))


def _address_of(context: Context, link: DocumentLink, *, is_whole: bool) -> tuple[str, str]:
    """Where a link leads from this page and its `rel`, both "" where it leads nowhere."""
    if link.target is None:
        address = safe_url(link.href) if link.status == "ok" else ""
        return address, LINK_REL if address else ""
    catalogue: Catalogue = context["catalogue"]
    place = catalogue.places.get(link.target)
    if place is None or not place.is_shown:
        return "", ""
    if is_whole:
        return f"#{link.target}", ""
    entry = next((record for record in catalogue.in_passage(link.target) if isinstance(record, Reference)), None)
    return (href(context, "record", entry.id) if entry else href(context, "passage", link.target)), ""


def _raised(pieces: list[Piece], raised: Sequence[Span]) -> list[Piece]:
    """The pieces with those at raised places set above the line, and a piece for each raised place that has none."""
    up = frozenset(raised)
    placed = frozenset(span for span, _, _ in pieces)
    dressed = [
        (span, SUP + opening, closing + END_SUP) if span in up else (span, opening, closing) for span, opening, closing in pieces
    ]
    return [*dressed, *((span, SUP, END_SUP) for span in raised if span not in placed)]


def _dressed(words: str, pieces: Sequence[Piece]) -> Markup:
    """`words` with tags around some places; a place that overlaps an earlier one, or ends outside, is left plain."""
    found = marks(words)
    dressed: list[Markup] = []
    position = 0
    for span, opening, closing in sorted(pieces, key=lambda piece: piece[0]):
        if span.start < position or span.end > len(words) or not len(span):
            continue
        dressed += [_run(words, Span(position, span.start), found), opening, _run(words, span, found), closing]
        position = span.end
    return Markup("").join([*dressed, _run(words, Span(position, len(words)), found)])


def _run(words: str, run: Span, found: Marks) -> Markup:
    """One stretch of `words` without its marks."""
    if not found.hidden:
        return _escaped(run.of(words))
    shown: list[Markup] = []
    position = run.start
    for span in [*found.hidden, Span(run.end, run.end)]:
        kept = Span(position, max(position, min(span.start, run.end)))
        lost = any(place.contains(kept) for place in found.lost) and len(kept)
        shown.append(LOST_LINK.format(_escaped(kept.of(words))) if lost else _escaped(kept.of(words)))
        position = max(position, min(span.end, run.end))
    return Markup("").join(shown)


def within(record: Record, place: Place) -> list[Span]:
    """Where a record stands in the words of its passage."""
    passage = place.passage.span
    start, end = max(record.span.start, passage.start), min(record.span.end, passage.end)
    return [Span(start - passage.start, end - passage.start)] if start < end else []


def cells_of(place: Place) -> list[Span]:
    """The cells of a table's row: their places in the document."""
    return cells(place.document.text, place.passage.span)


def exact_words(record: AnyRecord, place: Place | None) -> Markup:
    """A record's exact words, with its figures or its meaning marked and raised marks set above the line."""
    own = record.span
    marked = [figure.span for figure in record.figures] if isinstance(record, Claim) else []
    if isinstance(record, Definition) and record.definiens:
        marked = [record.definiens]
    pieces = [(span.shifted(-own.start), Markup("<mark>"), Markup("</mark>")) for span in marked if own.contains(span)]
    raised = [one.shifted(-own.start) for one in place.raised if own.contains(one)] if place else []
    clear = [one for one in raised if not any(span.overlaps(one) for span, _, _ in pieces)]
    words = own.of(place.document.text) if place else record.quote.exact
    return _dressed(words, _raised(pieces, clear))


def by_source(records: Iterable[AnyRecord]) -> list[tuple[str, list[AnyRecord]]]:
    """Records in order, those of one source together."""
    return [(source_id, list(group)) for source_id, group in groupby(records, key=lambda record: record.source_id)]


@pass_context
def href(context: Context, kind: str, identifier: str) -> str:
    """The address of a thing from the page being rendered, or "" where it has none."""
    catalogue: Catalogue = context["catalogue"]
    key = wording.condition_slug(identifier) if kind == "condition" else identifier
    address = catalogue.addresses.get((kind, key), "")
    return f"{context['root']}{address}" if address else ""


@cache
def environment() -> Environment:
    """Templates, filters and words, escaping always on and unknown names an error."""
    env = Environment(
        loader=PackageLoader("kb.publish", "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        words=shown_words,
        marked=marked_words,
        short=wording.shortened,
        day=wording.date_words,
        condition=wording.condition_name,
        plain=wording.unmasked,
        capitalised=wording.capitalised,
        lowered=wording.lowered,
    )
    env.globals.update(
        href=href,
        external=external,
        safe_url=safe_url,
        wording=wording,
        counted=wording.counted,
        Span=Span,
        within=within,
        cells_of=cells_of,
        head_rows=head_rows,
        exact_words=exact_words,
        linked=linked_words,
        by_source=by_source,
    )
    return env


def render(template: str, catalogue: Catalogue, root: str, /, **values: Any) -> str:
    """One template as finished HTML; `root` is the way from the page to the top of the site ("" or "../")."""
    rendered: str = environment().get_template(template).render(catalogue=catalogue, root=root, **values)
    return rendered
