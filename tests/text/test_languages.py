"""Languages by their function words; what is short or only names tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.languages import language_of

ENGLISH = "Whoever looks for help here will not find it, and that is no wonder, because there is nobody whom one could ask. "
FRENCH = "Celui qui cherche de l'aide ici ne la trouve pas, et ce n'est pas une surprise, car il n'y a personne dans la maison."
SPANISH = "Quien busca ayuda aquí no la encuentra, y no es de extrañar, porque no hay nadie a quien se le pueda preguntar."
WELSH = "Mae pwy bynnag sy'n chwilio am gymorth yma heb ei gael, ac nid yw hynny'n syndod, oherwydd does neb yma. "
NAMES = "Lamp Street, Harbour Road, Mill Lane, Castle Square, Bridge Row, Tower Hill, Church Walk, Station Way, Green End. "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (f"{ENGLISH} „Wir wissen es nicht“, sagte er. {ENGLISH}", "en"),
        (6 * WELSH, "und"),
        ("한국어로 쓴 안내문은 " * 40, "und"),
        (WELSH, None),
        (NAMES, None),
        ("How do you do?", None),
        ("", None),
        ("1 184 2\n" * 400, None),
    ],
)
def test_language_by_function_words(text: str, code: str | None) -> None:
    assert language_of(text) == code


def test_an_english_list_of_works_is_english() -> None:
    entry = "Lee A, Roe B. The cost of lamps in a small harbour: a survey of the keepers. Journal of Lamps 2014;7:11-19. "
    assert language_of(20 * entry) == "en"


def test_the_names_before_an_article_do_not_decide() -> None:
    assert (language_of(60 * NAMES + 60 * ENGLISH), language_of(60 * NAMES)) == ("en", "und")


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    found = language_of(text)
    assert found is None or len(found) in {2, 3}
