"""The page of rules names every rule a record may name, and what claims are told by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kb.extract import RULES
from kb.vocabulary.claim_cues import cue_lists

PAGE = Path(__file__).resolve().parents[2] / "site" / "reference" / "rules.md"
HEAD = """# The rules

Every record names the rule that found it. The words of the rules are data, in `kb/vocabulary/en/`; what each is worth on
annotated texts is printed by `kb eval GOLD --rules`.
"""
KINDS_OF_CLAIM = """
## What kind a claim is

The weights of the lists found in a sentence add up, and the kind with the highest sum is taken; the rule is the list that weighed
most. `-prior` is what the speaker mostly says, `-number` what the numbers are, `-carried` what introduces the sentence.

| list | speaks for | weight | some of its cues |
|---|---|---|---|
"""
SHOWN = 6


def listed(kind: str, rules: tuple[str, ...]) -> str:
    names = ", ".join(f"`{rule.removeprefix(f'{kind}/').removeprefix(f'{kind}s/')}`" for rule in rules)
    return f"\n## {kind.capitalize()}\n\n{names}\n"


def cue_rows() -> Iterator[str]:
    for name, (kind, cues) in cue_lists().items():
        shown = ", ".join(f"“{cue}”" for cue in cues.cues[:SHOWN]).replace("*", r"\*").replace("_", r"\_").replace("^", "")
        yield f"| `{name}` | {kind} | {cues.weight:+.1f} | {shown} |\n"


def test_the_page_of_rules_is_current(golden: Callable[[Path, str], None]) -> None:
    check = golden
    check(PAGE, HEAD + "".join(listed(kind, rules) for kind, rules in RULES.items()) + KINDS_OF_CLAIM + "".join(cue_rows()))
