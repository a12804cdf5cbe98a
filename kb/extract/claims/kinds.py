"""What kind of claim a sentence makes: the weights of its cues added up, and the kind with the highest sum.

The cues are data (`claim_cues.toml`). They were collected from how guidance, critique and discussion are written, and are
not fitted to any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kb.extract.claims.wordings import Wording
from kb.model.records import ClaimKind
from kb.vocabulary.claim_cues import claim_cues, cue_lists

Numbers = Literal["none", "counted", "timed", "measured"]

KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
_TWICE = 1.5
"""Two cues of one list count as much as one and a half of one."""
_DOUBTFUL, _SURER, _SUREST = 0.65, 0.12, 0.95
"""What a kind is worth that stands no higher than the next, what each point above it adds, and what no sum exceeds."""
_WAYS = ("prior", "number", "carried", "alone")
"""Who speaks, what the numbers are, what introduces the sentence, or nothing at all."""
_MEASURED_SHARE = 0.6
"""A finding that states its measure is a figure: so much of what speaks for a finding speaks for that."""
_CLEARLY = 1.8
"""From here on a number in the sentence is what is to be reached, not what was counted."""


class Scores:
    """How much speaks for each kind, and by what it is said most: a list of cues by its name, or "KIND-prior" and the like."""

    def __init__(self) -> None:
        self.of: dict[ClaimKind, float] = dict.fromkeys(KINDS, 0.0)
        self._reasons: dict[ClaimKind, tuple[float, str]] = {}

    def add(self, kind: ClaimKind, weight: float, reason: str) -> None:
        """Let `reason` speak for a kind, or against it."""
        self.of[kind] += weight
        if weight > self._reasons.get(kind, (0.0, ""))[0]:
            self._reasons[kind] = (weight, reason)

    def reason(self, kind: ClaimKind) -> str:
        """What speaks most for a kind."""
        return self._reasons.get(kind, (0.0, f"{kind}-alone"))[1]

    def copy(self) -> Scores:
        """Scores that can be added to without changing these."""
        made = Scores()
        made.of, made._reasons = dict(self.of), dict(self._reasons)
        return made


@dataclass(frozen=True)
class Decision:
    """A kind, what speaks most for it, and how sure that is."""

    kind: ClaimKind
    reason: str
    confidence: float


def cue_scores(said: Wording, voice: str) -> Scores:
    """How much the words speak for each kind. `voice` is a key of the priors: who speaks, before a word is read."""
    scores = Scores()
    for kind, weight in claim_cues().priors[voice].items():
        scores.add(kind, weight, f"{kind}-prior")
    lists = cue_lists()
    for name, phrases in said.phrases.items():
        if name in lists:
            kind, cues = lists[name]
            scores.add(kind, cues.weight * (_TWICE if len(phrases) > 1 else 1.0), name)
    return scores


def best_kind(scores: Scores, numbers: Numbers, *, carried: Scores | None = None, share: float = 0.0) -> Decision:
    """The kind with the highest score and how far it stands above the next, in 0.65 to 0.95.

    `carried` are the scores of what introduces this sentence, of which `share` is added; `numbers` says what its quantities are.
    """
    whole = scores.copy()
    for kind, weight in claim_cues().numbers.get(numbers, {}).items():
        whole.add(kind, weight, f"{kind}-number")
    for kind, weight in carried.of.items() if carried else ():
        whole.add(kind, share * weight, f"{kind}-carried")
    if numbers == "measured":
        whole.add("figure", _MEASURED_SHARE * whole.of["finding"], "figure-number")
    if numbers in {"measured", "timed"} and whole.of["target"] >= _CLEARLY:
        whole.add("target", whole.of["figure"], "target-number")
    ranked = sorted(KINDS, key=lambda kind: (-whole.of[kind], KINDS.index(kind)))
    margin = whole.of[ranked[0]] - whole.of[ranked[1]]
    return Decision(ranked[0], whole.reason(ranked[0]), round(min(_SUREST, _DOUBTFUL + _SURER * margin), 2))


def reasons() -> tuple[str, ...]:
    """Everything that can decide a kind, as `Decision.reason` names it."""
    lists = [name for name, (_, cues) in cue_lists().items() if cues.weight > 0]
    return (*lists, *(f"{kind}-{way}" for kind in KINDS for way in _WAYS), "finding-definition")
