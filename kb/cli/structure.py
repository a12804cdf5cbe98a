"""The tree of a source as its reader made it: parts with their places, what stands in them, and what was lost."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

import msgspec

from kb.cli.understood import LONGEST, SHAPES, day, many
from kb.index.entries import describe_part
from kb.model import Document, Loss, Page, Part, Source, Span

WIDTH = 80
DEEPEST = 12
"""Levels that are indented; what lies deeper says how deep."""


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A part with where it stands and how much is in it.

    `passages` counts those directly in it by kind; `pages` are the physical page it begins and the one it ends on, `printed` the
    numbers printed there.
    """

    part: Part
    depth: int
    file: str
    passages: dict[str, int]
    pages: tuple[int, int] | None = None
    printed: tuple[str | None, str | None] | None = None


class Structure(msgspec.Struct, frozen=True, kw_only=True):
    """A document as a tree, for people and programs."""

    source: Source
    title: str | None
    encoding: str
    length: int
    """Code points of the text."""
    files: tuple[tuple[str, Span], ...]
    pages: int
    outside: dict[str, int]
    """Passages outside every part, by kind."""
    tree: tuple[Branch, ...]
    furniture: dict[str, int]
    links: dict[str, dict[str, int]]
    """How many, by relation and status."""
    losses: tuple[Loss, ...]


def structure_of(source: Source, document: Document) -> Structure:
    """The tree of a document."""
    inside: dict[str | None, Counter[str]] = {}
    for passage in document.passages:
        inside.setdefault(passage.part, Counter())[passage.kind] += 1
    links: dict[str, Counter[str]] = {}
    for link in document.links:
        links.setdefault(link.relation, Counter())[link.status] += 1
    spans = document.file_spans or (Span(0, len(document.text)),)
    return Structure(
        source=source,
        title=document.title,
        encoding=document.encoding,
        length=len(document.text),
        files=tuple((file.path, span) for file, span in zip(source.files, spans, strict=False)),
        pages=len({page.number for page in document.pages}),
        outside=dict(inside.get(None, {})),
        tree=tuple(_branches(source, document, inside)),
        furniture=dict(sorted(Counter(furniture.kind for furniture in document.furniture).items())),
        links={relation: dict(sorted(counts.items())) for relation, counts in sorted(links.items())},
        losses=document.losses,
    )


def _branches(source: Source, document: Document, inside: dict[str | None, Counter[str]]) -> Iterator[Branch]:
    depths: dict[str | None, int] = {None: -1}
    starts = [span.start for span in document.file_spans] or [0]
    turns = [page.span.start for page in document.pages]
    for part in document.parts:
        depths[part.id] = depths[part.parent] + 1
        first, last = _page_at(document.pages, turns, part.span.start), _page_at(document.pages, turns, part.span.end - 1)
        yield Branch(
            part=part,
            depth=depths[part.id],
            file=source.files[max(0, bisect_right(starts, part.span.start) - 1)].path,
            passages=dict(inside.get(part.id, {})),
            pages=(first.number, last.number) if first and last else None,
            printed=(first.label, last.label) if first and last and (first.label or last.label) else None,
        )


def _page_at(pages: Sequence[Page], turns: Sequence[int], at: int) -> Page | None:
    """The page that a place stands on; what stands between two stretches belongs to the one before."""
    index = bisect_right(turns, at) - 1
    return pages[index] if index >= 0 else None


def lines(structure: Structure) -> Iterator[str]:
    """The tree for people, at 80 columns."""
    source = structure.source
    yield from _wrapped(f"{structure.title or source.id} ({source.id})", "")
    facts = [SHAPES.get(source.shape, source.shape), f"{structure.length} code points", structure.encoding]
    if structure.pages:
        facts.append(many(structure.pages, "page"))
    yield from _wrapped(", ".join(facts), "  ")
    if len(structure.files) > 1:
        yield from (f"  {number}. {path}  {_range(span)}" for number, (path, span) in enumerate(structure.files, 1))
    if structure.outside:
        yield from _wrapped(f"outside parts: {_counted(structure.outside)}", "  ")
    for branch in structure.tree:
        indent = "  " * (min(branch.depth, DEEPEST) + 1)
        deep = f"(depth {branch.depth + 1}) " if branch.depth > DEEPEST else ""
        yield from _wrapped(deep + _described(branch, is_one_file=len(structure.files) < 2), indent)
    yield from _summaries(structure)


def _summaries(structure: Structure) -> Iterator[str]:
    if structure.furniture:
        kinds = ", ".join(f"{kind} {number}" for kind, number in structure.furniture.items())
        yield from _wrapped(f"left out of passages: {kinds}", "  ")
    for relation, counts in structure.links.items():
        yield from _wrapped(f"links ({relation}): {', '.join(f'{count} {status}' for status, count in counts.items())}", "  ")
    for loss in structure.losses:
        yield from _wrapped(told(loss), "  ")


def told(loss: Loss) -> str:
    """A loss in words, with the first place where it shows."""
    place = f" (first at {_range(loss.span)})" if loss.span else ""
    return f"lost: {loss.message} [{loss.code}]{place}"


def _described(branch: Branch, *, is_one_file: bool) -> str:
    part = branch.part
    place = _range(part.span) if is_one_file else f"{branch.file} {_range(part.span)}"
    facts = [_name(part), *_facts(part), *_pages(branch)]
    inside = _counted(branch.passages) or "no words of its own"
    return f"{', '.join(facts)}: {inside}; {place} [{part.id}]"


def _name(part: Part) -> str:
    whom = (part.quote_of.name or "somebody, name not kept") if part.quote_of else ""
    words = " ".join([*describe_part(part).split(), *(["of", whom] if whom else [])])
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _facts(part: Part) -> Iterator[str]:
    if part.author:
        yield f"by {part.author.name or 'a member, name not kept'}"
    if part.date:
        yield day(part.date)
    if part.host_id:
        yield f"host id {part.host_id}"
    if part.quote_of and part.quote_of.host_id:
        yield f"from host id {part.quote_of.host_id}"
    if part.quote_of and part.quote_of.part:
        yield f"held as {part.quote_of.part}"
    if part.is_edited:
        yield "edited"
    if part.is_withdrawn:
        yield "withdrawn"


def _pages(branch: Branch) -> Iterator[str]:
    if branch.pages is None:
        return
    first, last = branch.pages
    printed = [label for label in branch.printed or () if label]
    shown = f" (printed {'-'.join(dict.fromkeys(printed))})" if printed and printed != [str(first), str(last)] else ""
    yield f"p. {first}{f'-{last}' if last != first else ''}{shown}"


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(many(number, kind) for kind, number in counts.items())


def _wrapped(words: str, indent: str) -> Iterable[str]:
    return wrap(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _range(span: Span) -> str:
    return f"{span.start}-{span.end}"
