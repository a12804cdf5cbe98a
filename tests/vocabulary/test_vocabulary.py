"""The data files hold together: what one names, another has."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kb.text.terms import key_of
from kb.vocabulary import concepts, conditions, guards, jurisdictions, organisations
from kb.vocabulary.data import load


def test_every_condition_has_its_own_id() -> None:
    assert len(concepts()) == len(conditions())


def test_no_label_names_two_conditions() -> None:
    labels = Counter(
        " ".join(map(key_of, label.split()))
        for concept in conditions()
        for label in {concept.pref_label.lower(), *(label.lower() for label in (*concept.alt_label, *concept.hidden_label))}
    )
    shared = {label for label, count in labels.items() if count > 1}
    # Singular and plural of one concept may both be listed; across concepts nothing is.
    owners = {
        label: {
            concept.id
            for concept in conditions()
            for given in (concept.pref_label, *concept.alt_label, *concept.hidden_label)
            if " ".join(map(key_of, given.split())) == label
        }
        for label in shared
    }
    assert {label: ids for label, ids in owners.items() if len(ids) > 1} == {}


def test_ids_are_slugs_and_other_conditions_say_so() -> None:
    assert [concept.id for concept in conditions() if not re.fullmatch(r"(?:other:)?[a-z0-9]+(?:-[a-z0-9]+)*", concept.id)] == []


def test_umbrellas_have_a_category_and_nothing_else_has() -> None:
    assert [concept.id for concept in conditions() if concept.umbrella != (concept.category is not None)] == []


def test_related_conditions_exist() -> None:
    assert [name for concept in conditions() for name in concept.related if name not in concepts()] == []


def test_codes_are_of_known_schemes() -> None:
    schemes = {scheme for concept in conditions() for scheme in concept.notation}
    assert schemes == {"icd-10", "icd-11", "mesh", "snomed-ct"}


def test_guards_watch_labels_that_exist() -> None:
    exact = {label for concept in conditions() for label in (*concept.exact_label, *concept.alt_label)}
    assert set(guards()) - exact == set()


def test_organisations_are_named_once() -> None:
    names = Counter(name for organisation in organisations() for name in (organisation.name, *organisation.other))
    assert [name for name, count in names.items() if count > 1] == []


def test_jurisdictions_of_organisations_are_known() -> None:
    named = {organisation.jurisdiction for organisation in organisations()} - {None}
    assert named - set(jurisdictions()) == set()


@pytest.mark.parametrize("name", ["definitions", "listings", "classifications", "conditions", "organisations", "jurisdictions"])
def test_data_are_read_once(name: str) -> None:
    assert load(name) is load(name)


def test_an_unknown_name_has_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        load("nothing-of-the-kind")


def test_a_language_without_data_has_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        load("conditions", "xx")
