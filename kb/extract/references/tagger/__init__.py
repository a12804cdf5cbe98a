"""The tagger of reference strings: which words are authors, title, container, place, publisher, date and so on."""

from kb.extract.references.tagger.tokens import tokens
from kb.extract.references.tagger.weights import tagger
from kb.model import Span


def tag(words: str, authors: int = 0) -> list[tuple[str, Span]]:
    """The label and place of every token of a reference string on one line, its label cut off.

    Labels are those of the training strings, among them author, title, container, date, volume, pages, location, publisher,
    editor, note. The numeric tail is split: "2012;72:242-47." gives a date, a volume and pages. That the first `authors` code
    points, and no more, name the authors may be known beforehand.
    """
    spans = tokens(words)
    known = sum(span.end <= authors for span in spans)
    return list(zip(tagger().tag([span.of(words) for span in spans], known), spans, strict=True))
