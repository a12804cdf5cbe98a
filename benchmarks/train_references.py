"""Train the tagger of reference strings, and say how good it is on strings it never saw.

    python benchmarks/train_references.py [FOLDER] [--write]        default: ../shared/inputs/references

FOLDER holds core.xml and good.xml of AnyStyle (BSD-2-Clause). A tenth of good.xml, drawn by the checksum of each string, is held
out; so are its copies in both files. Prints F1 over whole fields of the held-out strings, all together and by label, as
the file that ships would score; exits 1 below 0.97. With --write the file goes to kb/extract/references/tagger/references.json:
the same input gives the same bytes. Takes some minutes on one core. Needs the `bench` extra.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from kb.extract.references.tagger.features import bare, features  # noqa: E402
from kb.extract.references.tagger.weights import FILE, UNKNOWN, Stored, Tagger  # noqa: E402
from tests.eval.tagged_references import Tagged, score, split  # noqa: E402

PROMISED = 0.97
PARAMETERS = {"c1": 0.1, "c2": 0.3, "max_iterations": 100, "feature.minfreq": 2}
"""Chosen on another tenth of good.xml, never on the one held out."""
SCALE = 100
LEAST = 0.1
"""Weights below it are left out of the file."""
USES = frozenset(("author", "title", "container", "location", "publisher", "editor", "note"))
SHARES = ((0.9, "A"), (0.7, "B"), (0.5, "C"), (0.0, "D"))
OFTEN = 10


class Uses:
    """What each word stands in, counted by strings, so that a string can be read as if it had not been counted."""

    def __init__(self, examples: Sequence[Tagged]) -> None:
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for example in examples:
            for name, use in self._of(example):
                self._counts[name][use] += 1

    def table(self) -> dict[str, list[str]]:
        """Every use with its words, in the alphabet's order."""
        table: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._counts):
            table[_use(self._counts[name])].append(name)
        return {use: table[use] for use in sorted(table) if use != UNKNOWN}

    def without(self, example: Tagged) -> list[str]:
        """The uses of the example's words in all other strings."""
        own: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name, use in self._of(example):
            own[name][use] += 1
        return [_use(self._counts[name] - own[name]) for name in map(bare, example.words)]

    @staticmethod
    def _of(example: Tagged) -> set[tuple[str, str]]:
        pairs = zip(example.words, example.labels, strict=True)
        return {(bare(word), label if label in USES else "other") for word, label in pairs}


def _use(counts: Counter[str]) -> str:
    """The label a word mostly has, how surely, and whether it is frequent: "titA+"; `UNKNOWN` for a word seen less than twice."""
    total = counts.total()
    if total < 2:
        return UNKNOWN
    count, label = max((count, label) for label, count in counts.items())
    share = next(letter for least, letter in SHARES if count / total > least)
    return f"{label[:3]}{share}{'+' if total >= OFTEN else ''}"


def states(labels: Sequence[str]) -> list[str]:
    """The states of the tokens: "-" for one that its field goes on behind, "." for the last of its field."""
    return [label + ("-" if after == label else ".") for label, after in zip(labels, [*labels[1:], ""], strict=True)]


def train(examples: Sequence[Tagged]) -> Stored:
    """The tagger trained on the examples."""
    uses = Uses(examples)
    trainer = pycrfsuite.Trainer(verbose=False)
    for example in examples:
        trainer.append(features(example.words, uses.without(example)), states(example.labels))
    trainer.set_params(PARAMETERS)
    with tempfile.TemporaryDirectory() as temporary:
        model = str(Path(temporary) / "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        trained = tagger.info()
        labels = sorted({label for example in examples for label in example.labels})
        known_as = {use: " ".join(words) for use, words in uses.table().items()}
        stored = _stored(labels, known_as, trained.transitions, trained.state_features)
        tagger.close()
    return stored


def _stored(
    labels: list[str],
    known_as: dict[str, str],
    transitions: Mapping[tuple[str, str], float],
    state_features: Mapping[tuple[str, str], float],
) -> Stored:
    place = {name: number for number, name in enumerate(f"{label}{kind}" for label in labels for kind in "-.")}
    following = [[round(SCALE * transitions.get((f"{label}.", state), 0)) for state in place] for label in labels]
    going_on = [round(SCALE * transitions.get((f"{state[:-1]}-", state), 0)) for state in place]
    weights: defaultdict[str, list[int]] = defaultdict(list)
    for (feature, state), weight in sorted(state_features.items(), key=lambda pair: (pair[0][0], place[pair[0][1]])):
        if abs(weight) >= LEAST:
            weights[feature] += [place[state], round(SCALE * weight)]
    return Stored(labels, known_as, following, going_on, dict(weights))


def written(stored: Stored) -> str:
    """The file's JSON, one entry a line, so that a change of it can be read."""
    return "{" + ",\n".join(f"{_json(name)}: {_lines(getattr(stored, name))}" for name in stored.__struct_fields__) + "}\n"


def _lines(entries: Sequence[object] | Mapping[str, object]) -> str:
    if isinstance(entries, Mapping):
        return "{\n" + ",\n".join(f"{_json(name)}:{_json(value)}" for name, value in entries.items()) + "}"
    return "[\n" + ",\n".join(map(_json, entries)) + "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def report(stored: Stored, held_out: Sequence[Tagged]) -> float:
    """Print the scores on held-out strings, and give F1 over all fields."""
    result = score(Tagger(stored).tag, held_out)
    for label, count in result.wanted.most_common():
        print(f"{label:18} {result.f1(label):.3f}  of {count}")
    print(f"all fields         {result.f1():.4f}  of {result.wanted.total()}")
    print(f"{result.whole:.3f} of {len(held_out)} strings with every field right; {result.tokens:.4f} of the tokens")
    return result.f1()


def main() -> int:
    """Train, report, and write where asked."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    folder = Path(arguments[0]) if arguments else REPOSITORY.parent / "shared" / "inputs" / "references"
    training, held_out = split(folder)
    print(f"learns from {len(training)} strings; {len(held_out)} held out")
    stored = train(training)
    text = written(stored)
    print(f"{len(text.encode()):,} bytes")
    if "--write" in sys.argv:
        (REPOSITORY / "kb" / "extract" / "tagger" / FILE).write_text(text, encoding="utf-8", newline="\n")
    return int(report(stored, held_out) < PROMISED)


if __name__ == "__main__":
    sys.exit(main())
