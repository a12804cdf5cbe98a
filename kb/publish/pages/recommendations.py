"""Every recommendation by what its text says it rests on: silence about that is a group of its own."""

from __future__ import annotations

from itertools import groupby

from kb.model import Claim
from kb.model.records import BasisKind
from kb.publish.catalogue import Catalogue
from kb.publish.wording import BASES


def basis_of(claim: Claim) -> BasisKind:
    """What a recommendation rests on; "not-stated" where nothing was found."""
    return claim.basis.kind if claim.basis else "not-stated"


def by_basis(rows: list[Claim]) -> list[tuple[BasisKind, list[Claim]]]:
    """Rows under a heading for each basis."""
    return [(basis, list(group)) for basis, group in groupby(rows, key=basis_of)]


def recommendations(catalogue: Catalogue) -> list[Claim]:
    """Every recommendation, those on guidelines first, then trials, consensus and those that say nothing; each in text order."""
    order = list(BASES)
    found = [claim for claim in catalogue.of(Claim) if claim.claim_kind == "recommendation"]
    return sorted(found, key=lambda claim: order.index(basis_of(claim)))
