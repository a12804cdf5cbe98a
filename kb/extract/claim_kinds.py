"""What kind of claim a sentence makes: the weights of its cues added up, and the kind with the highest sum.

The cues are data (`claim_cues.toml`). They were collected from how guidance, critique and discussion are written, and are
not fitted to any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from kb.extract.wordings import Wording
from kb.model.records import ClaimKind
from kb.vocabulary.claim_cues import claim_cues, cue_lists

Numbers = Literal["none", "counted", "timed", "measured"]
Scores = Mapping[ClaimKind, float]

KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
_TWICE = 1.5
"""Two cues of one list count as much as one and a half of one."""
_SUREST = 0.95
_MEASURED_SHARE = 0.6
"""A finding that states its measure is a figure: so much of what speaks for a finding speaks for that."""
_CLEARLY = 1.8
"""From here on a number in the sentence is what is to be reached, not what was counted."""


def cue_scores(said: Wording, voice: str) -> dict[ClaimKind, float]:
    """How much the words speak for each kind. `voice` is a key of the priors: who speaks, before a word is read."""
    scores: dict[ClaimKind, float] = dict.fromkeys(KINDS, 0.0)
    for kind, weight in claim_cues().priors[voice].items():
        scores[kind] += weight
    for name, (kind, cues) in cue_lists().items():
        if name in said.phrases:
            scores[kind] += cues.weight * (_TWICE if len(said.phrases[name]) > 1 else 1.0)
    return scores


def best_kind(scores: Scores, numbers: Numbers, *, carried: Scores | None = None, share: float = 0.0) -> tuple[ClaimKind, float]:
    """The kind with the highest score and how far it stands above the next, in 0.45 to 0.95.

    `carried` are the scores of what introduces this sentence, of which `share` is added; `numbers` says what its quantities are.
    """
    added = claim_cues().numbers.get(numbers, {})
    total = {kind: scores[kind] + added.get(kind, 0.0) + (share * carried[kind] if carried else 0.0) for kind in KINDS}
    if numbers == "measured":
        total["figure"] += _MEASURED_SHARE * total["finding"]
    if numbers in {"measured", "timed"} and total["target"] >= _CLEARLY:
        total["target"] += total["figure"]
    ranked = sorted(KINDS, key=lambda kind: (-total[kind], KINDS.index(kind)))
    margin = total[ranked[0]] - total[ranked[1]]
    return ranked[0], round(min(_SUREST, 0.45 + margin / 6), 2)
