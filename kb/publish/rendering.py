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

from kb.model import AnyRecord, Claim, Record, Span
from kb.publish import wording
from kb.publish.catalogue import Catalogue, Place
from kb.publish.marks import Marks, marks

SAFE_URL = re.compile(
    r"""
    (?: https?:// (?=[^\s/?\#]) | mailto: (?=[^\s@]+@) )
    [^\x00-\x20\x7f-\x9f\u2588\u2591]+                       # no control characters, nothing masked
    """,
    re.VERBOSE | re.IGNORECASE,
)
LINK_REL = "nofollow ugc noopener"
LOST_LINK = Markup('<span class="kb-lost" title="The link that stood here was lost">{}</span>')
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
    return Markup("").join(pieces)


def marked_words(words: str, spans: Sequence[Span]) -> Markup:
    """`words` with these places in it marked."""
    return _dressed(words, [(span, Markup("<mark>"), Markup("</mark>")) for span in spans])


def linked_words(place: Place) -> Markup:
    """The words of a passage, its whole hyperlinks as links."""
    start = place.passage.span.start
    links = [
        (link.span.shifted(-start), Markup('<a href="{}" rel="{}">').format(safe_url(link.href), LINK_REL), Markup("</a>"))
        for link in place.links
        if link.status == "ok" and safe_url(link.href)
    ]
    return _dressed(place.words, links)


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


def inside(record: Claim) -> list[Span]:
    """Where a claim's figures stand in its own words."""
    start = record.span.start
    return [
        Span(figure.span.start - start, figure.span.end - start) for figure in record.figures if record.span.contains(figure.span)
    ]


def within(record: Record, place: Place) -> list[Span]:
    """Where a record stands in the words of its passage."""
    passage = place.passage.span
    start, end = max(record.span.start, passage.start), min(record.span.end, passage.end)
    return [Span(start - passage.start, end - passage.start)] if start < end else []


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
        linked=linked_words,
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
        inside=inside,
        within=within,
        by_source=by_source,
    )
    return env


def render(template: str, catalogue: Catalogue, root: str, /, **values: Any) -> str:
    """One template as finished HTML; `root` is the way from the page to the top of the site ("" or "../")."""
    rendered: str = environment().get_template(template).render(catalogue=catalogue, root=root, **values)
    return rendered
