"""The `kb` domain: roles that name records in hand-written pages, and the objects other sites can link to.

Nothing is stored in Sphinx's environment but the label aliases: the catalogue is the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.utils import unescape
from sphinx.domains import Domain, ObjType
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.logging import getLogger
from sphinx.util.nodes import make_refnode, split_explicit_title

from kb.model import Claim, Classification, Definition, Mention, Quotation
from kb.publish import wording
from kb.publish.catalogue import LISTS, Catalogue
from kb.publish.pages.page import root_of
from kb.publish.rendering import render

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from kb.evaluate.summary import Summary

logger = getLogger(__name__)
LABEL_PREFIX = "kb-"
FRONT_SOURCES = 12
FRONT_QUESTIONS = 6
KINDS = {
    "source": "source",
    "condition": "condition",
    "work": "work",
    "passage": "passage",
    "definition": "record",
    "claim": "record",
    "record": "record",
    "list": "list",
}
"""Each role, and the kind of address it looks up."""


class Front(SphinxDirective):
    """The part of the home page that the records write: counts, questions, texts."""

    def run(self) -> list[nodes.Node]:
        """The finished HTML as one raw node."""
        return [nodes.raw("", front(domain_of(self.env).catalogue, root_of(self.env.docname)), format="html")]


def front(catalogue: Catalogue, root: str) -> str:
    """What the home page says about the knowledge base, as finished HTML."""
    claims = catalogue.of(Claim)
    tiles = [
        ("sources", len(catalogue.sources), "text", "texts"),
        ("conditions", len(catalogue.conditions), "condition or category", "conditions and categories"),
        ("classifications", len(catalogue.of(Classification)), "classification", "classifications, in one table"),
        ("definitions", len(catalogue.of(Definition)), "definition", "definitions"),
        ("claims", len(claims), "claim", "claims"),
        ("figures", sum(len(claim.figures) for claim in claims), "figure", "figures, side by side"),
        ("quotations", len(catalogue.of(Quotation)), "quotation", "quotations"),
        ("works", len(catalogue.works), "work cited", "works cited"),
    ]
    sources = list(catalogue.sources.values())
    return render(
        "front.html",
        catalogue,
        root,
        tiles=tiles,
        starts=_questions(catalogue),
        rows=sources[:FRONT_SOURCES],
        sources_total=len(sources),
    )


def _questions(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """The conditions that most documents place somewhere, then those that most documents define: slug, question, reason."""

    def documents(slug: str, kind: type[Any]) -> int:
        return len({record.source_id for record in catalogue.about(slug, kind)})

    def placed(slug: str) -> int:
        rows = [record for record in catalogue.about(slug, Classification) if wording.condition_slug(record.condition) == slug]
        return len({record.source_id for record in rows})

    by_mentions = sorted(catalogue.conditions, key=lambda slug: -len(catalogue.about(slug, Mention)))
    classified = sorted((slug for slug in by_mentions if placed(slug)), key=placed, reverse=True)
    defined = sorted(
        (slug for slug in by_mentions if documents(slug, Definition)), key=lambda slug: documents(slug, Definition), reverse=True
    )
    half = FRONT_QUESTIONS // 2
    name = wording.condition_name
    return [
        (slug, f"What is {name(slug)} counted as?", f"placed by {wording.counted(placed(slug), 'document')}")
        for slug in classified[:half]
    ] + [
        (
            slug,
            f"What does “{name(slug)}” mean?",
            f"explained by {wording.counted(documents(slug, Definition), 'document')}",
        )
        for slug in defined[:half]
    ]


class AddressRole(SphinxRole):
    """``{kb:claim}`ID` `` or ``{kb:claim}`words <ID>` ``: a link to the page of a thing, by default under its title."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link; where nothing has the id, the bare words and a warning with the line it stands on."""
        kind = KINDS[self.name.partition(":")[2]]
        has_words, words, target = split_explicit_title(unescape(self.text))
        identifier = wording.condition_slug(target) if kind == "condition" else target
        catalogue = domain_of(self.env).catalogue
        address = catalogue.addresses.get((kind, identifier))
        if address is None:
            logger.warning("nothing in this knowledge base is the %s %r", kind, target, location=self.get_location())
            return [nodes.inline(self.rawtext, words)], []
        label = words if has_words else title_of(catalogue, kind, identifier)
        uri = root_of(self.env.docname) + address
        return [nodes.reference(self.rawtext, label, refuri=uri, internal=True)], []


class KnowledgeDomain(Domain):
    """Looks ids up in the catalogue; `catalogue` and `evaluation` are set before anything is read."""

    name = "kb"
    label = "Knowledge base"
    object_types: ClassVar[dict[str, ObjType]] = {role: ObjType(role, role) for role in KINDS}
    roles: ClassVar[dict[str, AddressRole]] = {role: AddressRole() for role in KINDS}  # type: ignore[assignment] # Sphinx's type is wider
    directives: ClassVar[dict[str, type[SphinxDirective]]] = {"front": Front}  # type: ignore[assignment] # as above
    catalogue: Catalogue
    evaluation: Summary | None = None
    """What kb eval kept beside the pages."""

    def resolve_any_xref(
        self,
        env: BuildEnvironment,  # noqa: ARG002 - as above
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,  # noqa: ARG002 - as above
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """At most one hit for ``{any}``: ids are unique across kinds."""
        for role, kind in KINDS.items():
            address = self.catalogue.addresses.get((kind, target))
            if address is not None:
                page, anchor = split_address(address)
                return [(f"kb:{role}", make_refnode(builder, fromdocname, page, anchor, contnode))]
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Everything with an address, for `objects.inv`."""
        for (kind, identifier), address in self.catalogue.addresses.items():
            role = next(role for role, looked_up in KINDS.items() if looked_up == kind)
            if kind == "record":
                role = self.catalogue.records[identifier].KIND
                role = role if role in KINDS else "record"
            page, anchor = split_address(address)
            yield identifier, title_of(self.catalogue, kind, identifier), role, page, anchor, 1


def domain_of(env: BuildEnvironment) -> KnowledgeDomain:
    """The domain of this environment."""
    domain = env.get_domain("kb")
    assert isinstance(domain, KnowledgeDomain)  # noqa: S101 - only this extension registers the name
    return domain


def split_address(address: str) -> tuple[str, str]:
    """An address as page name and anchor.

    >>> split_address("passage/p1.html#k2")
    ('passage/p1', 'k2')
    """
    page, _, anchor = address.partition("#")
    return page.removesuffix(".html"), anchor


def title_of(catalogue: Catalogue, kind: str, identifier: str) -> str:
    """What to call a thing with an address."""
    match kind:
        case "source":
            return wording.source_title(catalogue.sources[identifier], catalogue.documents.get(identifier))
        case "condition":
            return wording.capitalised(wording.condition_name(identifier))
        case "work":
            return wording.shortened(wording.work_title(catalogue.works[identifier]))
        case "list":
            return LISTS[identifier]
        case "passage":
            place = catalogue.places[identifier]
            return f"Passage {place.number} of {wording.source_title(place.source, place.document)}"
        case _:
            return wording.record_title(catalogue.records[identifier])


def note_labels(env: BuildEnvironment, catalogue: Catalogue) -> None:
    """Give every thing with an address a label "kb-ID", which other Sphinx sites can use without this domain."""
    labels: dict[str, tuple[str, str, str]] = env.domaindata["std"]["labels"]
    anonymous: dict[str, tuple[str, str]] = env.domaindata["std"]["anonlabels"]
    for stale in [name for name in labels if name.startswith(LABEL_PREFIX)]:
        del labels[stale]
        anonymous.pop(stale, None)
    for (kind, identifier), address in catalogue.addresses.items():
        page, anchor = split_address(address)
        labels[LABEL_PREFIX + identifier] = (page, anchor, title_of(catalogue, kind, identifier))
        anonymous[LABEL_PREFIX + identifier] = (page, anchor)
