"""What `kb add` understood of a source, in a few lines that a person can check at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb.model import Document, Part, When
from kb.model.document import PartKind
from kb.sources.batch import Added
from kb.sources.entries import SEEN

SHAPES: dict[str, str] = {
    "digest": "summary of our own",
    "flattened-forum": "forum thread as plain text",
    "flattened-blog": "page as plain text",
    "guidance-markdown": "numbered guidance as text or Markdown",
    "xenforo-html": "XenForo thread",
    "forum-html": "forum thread",
    "article-html": "web page",
    "pdf": "PDF",
    "docx": "Word document",
    "jats": "journal article (JATS)",
}
"""Each shape in words; a test holds it to the table of readers."""
PUBLISHED: dict[str, str] = {"full": ", to be shown in full", "quotes": ", to be shown in quotes", "none": ", not to be shown"}
COUNTED: tuple[PartKind, ...] = ("post", "article", "section", "table", "box", "note")
PLURALS = {"box": "boxes"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST = 100
"""Code points shown of a title or of names."""


def block(added: Added, *, is_dry: bool = False) -> Iterator[str]:
    """The lines about one source."""
    source, document = added.source, added.document
    done = f"would be {added.done}" if is_dry and added.done != "already there" else added.done
    yield f"{source.id}: {done} as {source.source_kind}{PUBLISHED[source.publish] if added.done == 'added' else ''}"
    yield f"  {', '.join((SHAPES[source.shape], *_extent(len(source.files), document)))}"
    yield f"  {_short(document.title) if document.title else '(no title found)'}"
    if document.authors and source.source_kind != "forum":
        yield f"  by {_short(', '.join(document.authors))}"
    stated = (document.publisher, day(document.date), document.url, document.licence)
    if any(stated):
        yield f"  {'; '.join(_short(words) for words in stated if words)}"
    yield from (f"  lost: {loss.message} [{loss.code}]" for loss in document.losses)
    if added.unknown:
        yield f"  unknown: {', '.join(added.unknown)}"


def day(when: When | None) -> str:
    """A date for people, as far as it is known.

    >>> day(When("2018-03-03", "day", "")), day(When("2018-03", "month", "")), day(When("2018", "year", "")), day(None)
    ('3 Mar 2018', 'Mar 2018', '2018', '')
    """
    if when is None:
        return ""
    year, *rest = when.value[:10].split("-")
    named = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*(str(int(number)) for number in rest[1:]), *named, year])


def hint(unknown: int, manifest: str) -> str:
    """Where to fill in what nobody could see."""
    return f"{unknown} source(s) have unknown fields; fill in what you know of {', '.join(SEEN)} in {manifest}"


def _extent(files: int, document: Document) -> Iterator[str]:
    """How much there is: pages, posts, sections, and from when to when the posts are."""
    pages = max((page.number for page in document.pages), default=0) or (files if files > 1 else 0)
    if pages:
        yield many(pages, "page")
    counts = Counter(part.kind for part in document.parts)
    for kind in COUNTED:
        if counts[kind] > (kind == "article"):
            yield many(counts[kind], kind)
    yield many(len(document.passages), "passage")
    dates = sorted((part.date for part in document.parts if _is_dated_post(part)), key=lambda when: when.value if when else "")
    if dates:
        first, last = day(dates[0]), day(dates[-1])
        yield first if first == last else f"{first} to {last}"


def _is_dated_post(part: Part) -> bool:
    return part.kind == "post" and part.date is not None


def many(number: int, name: str) -> str:
    """A number of things.

    >>> many(1, "box"), many(2, "box"), many(0, "post")
    ('1 box', '2 boxes', '0 posts')
    """
    return f"{number} {name if number == 1 else PLURALS.get(name, f'{name}s')}"


def _short(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= LONGEST else folded[: LONGEST - 1] + "…"
