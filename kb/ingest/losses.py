"""What a carrier destroys, in words for readers. Every loss a reader reports has its line here."""

from __future__ import annotations

from kb.model import Loss, Span

LOSSES: dict[str, str] = {
    "I201": "this text was saved without its frames: posts that left no trace cannot be counted",
    "I202": "the dates of its posts were not kept",
    "I203": "the authors of {count} of its posts were not kept",
    "I204": "the page numbers were not kept, beyond those in its table of contents",
    "I205": "who wrote its articles, and when, was not kept",
    "W211": "the words of {count} post(s) were not kept",
    "W212": "{count} web address(es) were cut short",
    "W213": "{count} link(s) lost their address; their words remain",
    "W214": "{count} link(s) announced in the words are not there",
    "W215": "{count} table(s) survived as loose lines; how they are put into rows here is a guess",
    "W216": "{count} place(s) held bytes that fit no character",
    "W217": "{count} paragraph number(s) were damaged and have been read as meant",
    "W218": "{count} illustration(s) were not kept",
    "W219": "{count} section(s) have a heading and no words",
    "W231": "the page does not say when it was published; its date is the likeliest of those that stand on it",
    "W232": "{count} comment(s) of readers were left out",
    "W233": "{count} caption(s) of pictures were left out with their pictures",
    "W220": "{count} post(s) stood twice in the saved pages and were kept once",
    "W221": "{count} quotation(s) inside more than 32 others are read as part of the last",
    "W222": "{count} post(s) bear the id of another post; links to it lead to the first",
    "W223": "{count} place(s) among the posts could not be read",
    "W224": "{count} passage(s) were hidden from whoever saved the page",
    "W225": "{count} post(s) before or between those saved are missing",
    "W226": "{count} line(s) below the last post were taken for the page's own",
    "I241": "its running heads and feet, page numbers and words set sideways were not kept as text",
    "W241": "{count} page(s) expand past the limit and were not read",
    "W242": "{count} page(s) are pictures without text: run the file through OCR to have their words",
    "W243": "{count} character(s) are shown by fonts that do not say which they are",
    "W244": "{count} page(s) could not be opened",
    "W245": "{count} character(s) set sideways were left out",
    "W246": "the words of {count} page(s) were recognised from pictures and may be wrong",
    "I251": "its page numbers, running heads and running feet were not kept",
    "W251": "{count} comment(s) of its editors were left out",
    "W252": "{count} tracked change(s) were read as accepted",
    "W253": "{count} paragraph(s) are numbered by a list definition that is not in the file",
    "W255": "{count} stretch(es) of hidden words were left out",
    "W256": "{count} document(s) inside this document were not read",
    "W254": "{count} formula(s) are read as their symbols in a row",
    "I261": "of its front matter, the dates of its history, grants, counts and identifiers other than the DOI were not kept",
    "W261": "{count} citation(s) or pointer(s) have no words of their own",
    "W262": "{count} raised figure(s) after a figure, such as powers of ten, stand behind a space",
    "W263": "{count} formula(s) are pictures and were not kept",
    "W264": "{count} character(s) are named in a way that no reader of this file can know",
}
"""Code to message; I for what this kind of carrier always loses, W for what is missing at a place."""


def loss(code: str, count: int = 1, span: Span | None = None) -> Loss:
    """The loss with its message; `span` is the first place where it shows."""
    return Loss(code, LOSSES[code].format(count=count), span)
