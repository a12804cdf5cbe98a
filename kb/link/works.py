"""Works: what the references of all documents point to, one work however many point to it.

Two references mean one work when they share an identifier, or a title and no year speaks against it. The work's id is taken
over its best identifier, so that it stays when a further document cites the same work; the ids its other identifiers would
give are aliases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from kb.extract.references.identifiers import is_truncated
from kb.link.linked import Held, Linked, make_link
from kb.link.surnames import surnames
from kb.model import Alias, Identifiers, Link, Reference, Source, Work, make_id
from kb.model.records import ReferenceForm

T = TypeVar("T")

SCHEMES = ("doi", "pmid", "isbn", "nice", "url", "title", "authors")
"""Best identifier first."""
_FORM_ORDER: tuple[ReferenceForm, ...] = ("bibliographic", "guideline", "legislation", "title", "doi", "pmid", "url")
"""Whose fields describe a work best, where references differ."""
_SPECIFIC = 3
"""A title of fewer words, or without a capital, names a work only inside its own document ("the full guidance")."""


class Key(NamedTuple):
    """One name of a work. Keys of one scheme and value are the same work everywhere."""

    scheme: str
    value: str

    def work_id(self) -> str:
        return make_id("work", self.scheme, self.value)


def link_works(held: Held, linked: Linked) -> Linked:
    """`linked` with works, links "refers-to" from references to them and "held-as" from works to sources we hold.

    Works stand in the order of their first reference. A reference that names nothing by which a work could be known again (an
    address shortened for display, authors without a year) gets no work.
    """
    references = [record for record in linked.records if isinstance(record, Reference)]
    years, addresses = _years_of_titles(references), _full_addresses(references)
    keyed = [(reference, _keys(reference, years, addresses)) for reference in references]
    works: list[Work] = []
    links: list[Link] = []
    for group in _groups([(reference, keys) for reference, keys in keyed if keys]):
        work = _work(group)
        works.append(work)
        for reference, keys in group:
            links.append(make_link("refers-to", reference.id, work.id, 0.8 if keys[0].scheme in ("title", "authors") else 1.0))
        links += [make_link("held-as", work.id, source) for source in _sources_holding(held, work)]
    aliases = [Alias(id=alias, target=work.id) for work in works for alias in work.aliases]
    return replace(
        linked, works=linked.works + tuple(works), links=linked.links + tuple(links), aliases=linked.aliases + tuple(aliases)
    )


def fold_title(title: str) -> str:
    """A title as far as it tells works apart: letters and digits in lower case, without an article in front.

    >>> fold_title("The Five–Year View: a plan.")
    'five year view a plan'
    """
    return re.sub(r"^(?:the|an?) ", "", " ".join(re.findall(r"[^\W_]+", title.casefold())))


def fold_address(url: str) -> str:
    """A web address without what does not tell pages apart: scheme, "www.", fragment and last slash.

    >>> fold_address("https://www.Example.org/a/#top") == fold_address("http://example.org/a")
    True
    """
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.partition("#")[0], flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return (host.lower() + slash + path).rstrip("/")


def _keys(reference: Reference, years: dict[str, set[int]], addresses: list[str]) -> list[Key]:
    """The names a reference gives its work, best first."""
    ids = reference.ids
    keys = [Key(scheme, value) for scheme in SCHEMES[:4] if (value := getattr(ids, scheme))]
    address = _address(ids, addresses)
    if address:
        keys.append(Key("url", address))
    if reference.title:
        keys.append(Key("title", _title_value(reference, reference.title, years)))
    elif not keys and reference.authors and reference.year:
        keys.append(Key("authors", f"{' '.join(surnames(' '.join(reference.authors)))} {reference.year}"))
    return keys


def _title_value(reference: Reference, title: str, years: dict[str, set[int]]) -> str:
    folded = fold_title(title)
    if (len(folded.split()) < _SPECIFIC and title == title.lower()) or title.islower():
        return f"{folded} in {reference.source_id}"
    stated = years.get(folded, set())
    year = reference.year or (min(stated) if len(stated) == 1 else None)
    return f"{folded} {year}" if year else folded


def _years_of_titles(references: Iterable[Reference]) -> dict[str, set[int]]:
    years: dict[str, set[int]] = {}
    for reference in references:
        if reference.title and reference.year:
            years.setdefault(fold_title(reference.title), set()).add(reference.year)
    return years


def _full_addresses(references: Iterable[Reference]) -> list[str]:
    addresses = {
        fold_address(reference.ids.url) for reference in references if reference.ids.url and not is_truncated(reference.ids.url)
    }
    return sorted(addresses)


def _address(ids: Identifiers, addresses: list[str]) -> str | None:
    """The folded address; for one shortened in the middle, the only full one that begins and ends like it."""
    if ids.url is None or not is_truncated(ids.url):
        return fold_address(ids.url) if ids.url else None
    front, _, back = fold_address(ids.url.replace("…", "...")).partition("...")
    like = [full for full in addresses if full.startswith(front) and full.endswith(back) and len(front) > 12]
    return like[0] if len(like) == 1 else None


Group = list[tuple[Reference, list[Key]]]


def _groups(keyed: Group) -> Iterator[Group]:
    """References that share a key, directly or through others, in the order of their first."""
    parent: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for _, keys in keyed:
        for key in keys[1:]:
            parent[root(key)] = root(keys[0])
    groups: dict[Key, Group] = {}
    for reference, keys in keyed:
        groups.setdefault(root(keys[0]), []).append((reference, keys))
    yield from groups.values()


def _work(group: Group) -> Work:
    keys = sorted({key for _, keys in group for key in keys}, key=lambda key: (SCHEMES.index(key.scheme), key.value))
    references = sorted((reference for reference, _ in group), key=lambda reference: _FORM_ORDER.index(reference.form))
    best = keys[0].work_id()
    titles = Counter(reference.title for reference in references if reference.title and reference.form == references[0].form)
    return Work(
        id=best,
        title=titles.most_common(1)[0][0] if titles else _first(reference.title for reference in references),
        authors=_first(reference.authors for reference in references) or (),
        year=_first(reference.year for reference in references),
        container=_first(reference.container for reference in references),
        volume=_first(reference.volume for reference in references),
        pages=_first(reference.pages for reference in references),
        publisher=_first(reference.publisher for reference in references),
        publisher_place=_first(reference.publisher_place for reference in references),
        ids=_identifiers(keys, references),
        aliases=tuple(dict.fromkeys(alias for key in keys[1:] if (alias := key.work_id()) != best)),
    )


def _identifiers(keys: list[Key], references: list[Reference]) -> Identifiers:
    named: dict[str, str] = {}
    for key in keys:
        named.setdefault(key.scheme, key.value)
    url = _first(reference.ids.url for reference in references if reference.ids.url and not is_truncated(reference.ids.url))
    return Identifiers(doi=named.get("doi"), pmid=named.get("pmid"), isbn=named.get("isbn"), nice=named.get("nice"), url=url)


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value), None)


def _sources_holding(held: Held, work: Work) -> Iterator[str]:
    """Sources that are the work: of its title, or saved from its address.

    A thread named after a document does not hold it, nor does a digest.
    """
    titles = {document.source_id: document.title for document in held.documents}
    for source in held.sources:
        if source.digest_of is None and _is_held_as(source, source.title or titles.get(source.id), work):
            yield source.id


def _is_held_as(source: Source, title: str | None, work: Work) -> bool:
    if source.url and work.ids.url and fold_address(source.url) == fold_address(work.ids.url):
        return True
    if source.source_kind == "forum" or not title or not work.title:
        return False
    years_differ = source.date is not None and work.year is not None and not source.date.value.startswith(str(work.year))
    return fold_title(title) == fold_title(work.title) and not years_differ
