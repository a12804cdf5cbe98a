"""`kb search`: find passages and records by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from kb.cli.paths import NamedPath
from kb.errors import UsageError
from kb.model import RECORD_KINDS, Span, encode

if TYPE_CHECKING:
    from kb.index import Hit, Results


class Narrowed(TypedDict):
    """The options that say which hits are wanted, named as `kb.index.SearchOptions` names them."""

    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    limit: int
    page: int
    engine: str | None


EVERYTHING = "*:*"
"""The query that finds every entry."""

UNCHECKED = "machine-made, not checked by a person"


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option("--kb", "directory", type=NamedPath(), default=Path("build"), show_default=True, help="what kb build made")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(["passage", *RECORD_KINDS]), help="keep this kind; may be repeated"
)
@click.option("--source", "sources", multiple=True, metavar="ID", help="keep this source; may be repeated")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="hits on a page")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="which page of hits")
@click.option("--engine", metavar="NAME", help="whoosh (as built) or memory")
@click.option("--facets", is_flag=True, help="also count hits by kind, source, concept and so on")
@click.option("--json", "as_json", is_flag=True, help="write one JSON object: total, hits, facets, suggestions")
def command(query: tuple[str, ...], directory: Path, facets: bool, as_json: bool, **narrowed: Unpack[Narrowed]) -> None:
    """Find passages and records that hold all words of QUERY.

    \b
    Words in any form:    kb search recovery rate
    Exactly these words:  kb search '"recovery rate"'
    Any of them, not one: kb search 'recovery OR outcome -target'
    Beginnings, typos:    kb search 'symptom* recovry~'
    Fields and figures:   kb search 'kind:claim value:[40 TO 50] source_kind:forum'
    An acronym is asked for in capitals: MUS does not find "must".
    """
    from kb.index import SearchOptions, search  # noqa: PLC0415 - only this verb needs the parser and the engine
    from kb.store import INDEX, whole_generation  # noqa: PLC0415 - as above

    whole_generation(directory)
    results = search(directory / INDEX, " ".join(query), SearchOptions(**narrowed))
    if narrowed["sources"] and not results.total:
        held = [count.value for count in search(directory / INDEX, EVERYTHING).facets["source"]]
        refuse_unknown(narrowed["sources"], held)
    if as_json:
        click.echo(encode(results))
        return
    for number, hit in enumerate(results.hits, start=(results.page - 1) * results.limit + 1):
        click.echo("\n".join(shown(number, hit)) + "\n")
    if facets:
        click.echo("\n".join(counted(results)))
    click.echo("\n".join(summary(results)), err=True)


def refuse_unknown(wanted: Sequence[str], held: Sequence[str]) -> None:
    """Raise `UsageError` for a wanted source that is not held, with the nearest that is."""
    for source in wanted:
        if source not in held:
            near = get_close_matches(source, held, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "kb show lists the sources"
            raise UsageError(f"no source that was read has the id {source!r}: {hint}")


def shown(number: int, hit: Hit) -> Iterator[str]:
    """A hit in three or four lines: what and where, the words with what was asked for in bold, and how to cite it."""
    entry = hit.entry
    where = ", ".join(piece for piece in (entry.source_title, entry.part) if piece)
    yield f"{number}. {entry.kind} in {where}"
    yield "   " + " ".join(marked(hit).split())
    says = f"; {entry.speaker}" if entry.speaker else ""
    checked = f"; {UNCHECKED}" if "machine" in entry.values.get("status", ()) else ""
    yield f"   {entry.id}  {entry.source} {entry.span.start}-{entry.span.end}{says}{checked}"


def marked(hit: Hit) -> str:
    """The snippet, what answered in bold, dots where words were left out."""
    words, snippet = hit.entry.words, hit.snippet
    inside = [mark for mark in hit.highlights if snippet.contains(mark)]
    pieces, end = [], snippet.start
    for mark in inside:
        pieces += [Span(end, mark.start).of(words), click.style(mark.of(words), bold=True)]
        end = mark.end
    before, after = ("… " if snippet.start else ""), (" …" if snippet.end < len(words) else "")
    return before + "".join(pieces) + Span(end, snippet.end).of(words) + after


def counted(results: Results) -> Iterator[str]:
    """The facets, one a line, values that occur in front."""
    for field, counts in results.facets.items():
        values = ", ".join(f"{count.value} {count.count}" for count in counts)
        yield f"{field}: {values or 'none'}"


def summary(results: Results) -> Iterator[str]:
    """How many hits there are; and where there are none, what might help."""
    if results.total:
        pages = -(-results.total // results.limit)
        more = f"; next: --page {results.page + 1}" if results.page < pages else ""
        past = f"; the last is --page {pages}" if results.page > pages else ""
        yield f"{results.total} hit(s), page {results.page} of {pages}{more}{past}"
        if results.see_also:
            yield f"see also, as texts may call it or set it apart: {', '.join(results.see_also)}"
        return
    yield f"nothing holds all of: {results.query}"
    if results.unknown:
        yield f"nowhere in these documents: {', '.join(results.unknown)}"
    for suggestion in results.suggestions:
        quoted = suggestion.replace("'", "'\\''")
        yield f"this finds something: kb search '{quoted}'"
