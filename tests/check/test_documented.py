"""Every code has one meaning, and the page of codes says the same as the table in `kb.check`."""

from __future__ import annotations

import re
from pathlib import Path

from kb.check import meanings

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "site" / "reference" / "findings.md").read_text(encoding="utf-8")
CODE = re.compile(r'"(?P<code>[EWI]\d{3})"')


def test_the_page_says_what_the_table_says() -> None:
    rows = re.findall(r"^\| ([EWI]\d{3}) \| ([^|]+) \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert [(code, re.sub("[“”]", '"', words)) for code, words in rows] == list(meanings().items())


def test_every_code_that_is_used_is_in_the_table() -> None:
    used = {code for path in sorted((REPOSITORY / "kb").rglob("*.py")) for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert used - set(meanings()) == set()


def test_letters_and_digits_mean_what_they_say() -> None:
    assert [code for code in meanings() if code[1] not in "123456"] == []
