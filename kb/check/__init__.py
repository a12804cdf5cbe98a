"""What does not add up in sources, records and links; values with codes, never errors.

A code's letter says how grave it is (E error, W warning, I information), its first digit where it lies: 1 manifest, 2 document
structure, 3 spans and quotes, 4 citations and works, 5 links and figures, 6 site.

    I101  a file was skipped: no reader is meant for it
    I102  a file lies in the corpus and is in no entry of the manifest
    W103  a withdrawal names no post of its source
    W104  two files of the corpus hold the same bytes
    W201  a section or box has a heading and no words
    W202  a post or article has no words of its own
    E204  a source could not be read
    I201  a thread was saved without its frames, so posts that left no trace cannot be counted
    I202  the dates of posts were not kept
    I203  the authors of posts were not kept
    I204  the page numbers were not kept
    I205  who wrote the articles, and when, was not kept
    I206  a document is in a language there are no rules for: it can be searched, and no record was extracted from it
    I241  a PDF's running heads and feet and words set sideways were not kept as text
    I251  a Word file's page numbers, running heads and running feet were not kept
    I261  parts of an article's front matter were not kept
    W211  the words of posts were not kept
    W212  web addresses were cut short
    W213  links lost their address
    W214  links announced in the words are not there
    W215  tables survived as loose lines
    W216  places held bytes that fit no character
    W217  paragraph numbers were damaged
    W218  illustrations were not kept
    W219  sections have a heading and no words
    W220  posts stood twice in the saved pages and were kept once
    W221  quotations are nested too deep to be told apart
    W222  posts bear the id of another post
    W223  places among the posts could not be read
    W224  passages were hidden from whoever saved the page
    W225  posts before or between those saved are missing
    W226  lines below the last post were taken for the page's own
    W231  the page does not say when it was published
    W232  comments of readers were left out
    W233  captions of pictures were left out with their pictures
    W241  pages of a PDF expand past the limit and were not read
    W242  pages of a PDF are pictures without text
    W243  characters of a PDF are shown by fonts that do not say which they are
    W244  pages of a PDF could not be opened
    W245  characters set sideways were left out
    W246  words of a PDF were recognised from pictures and may be wrong
    W251  comments of editors were left out
    W252  tracked changes were read as accepted
    W253  paragraphs are numbered by a list that is not in the file
    W254  formulas are read as their symbols in a row
    W255  hidden words were left out
    W256  documents inside the document were not read
    W261  citations or pointers have no words of their own
    W262  raised figures stand behind a space
    W263  formulas are pictures and were not kept
    W264  characters are named in a way that nobody can know
    E301  a record's quote does not prove its span
    E302  a passage is empty, overlaps another or lies outside the text
    E303  a figure or definition lies outside its record
    E311  a statement of a digest names no place in its original
    E312  a place lies outside the original, is empty, or shares no words with the statement
    E313  a number of the statement does not stand in its places
    E314  the number stands there with another unit, or counts something else
    E315  "up to", "at least" or "around" was lost or added
    E316  the original is missing or is not the file the digest was written from
    W317  an entry of the spans file has no statement any more
    E318  the locator names a part in which none of the places lies
    W401  a citation names a key that no reference of its document has
    W402  a web address was cut short, so nobody can follow it
    W403  the same entry stands twice in one document
    W404  a journal reference does not name its journal
    W405  a link's words survived, its target did not
    E501  a link or an alias leads to nothing that is held
    W502  a quotation differs from its original
    I503  the original of a quotation is not held, so it cannot be compared
    E601  a link of the site leads to a page or file that is not there
    E602  a link of the site leads to a place that is not on its page
    E603  a page of the site would fetch something from another host

Codes from 211 to 269, and I201 to I269, are the losses that readers report; where another check tells the same thing
place by place, that one alone is told. `run_checks` looks at what a build knows; `kb.check.digests` compares digests with their
originals (311 to 318), and `kb.check.site` the pages of a built site with each other (6).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kb.check.citations import dangling_citations, repeated_entries, unnamed_journals
from kb.check.links import broken_ends, cut_addresses, lost_targets
from kb.check.manifest import unknown_withdrawals
from kb.check.quotations import altered_quotations, unheld_originals
from kb.check.spans import outside_parts, stray_passages, unproved_quotes
from kb.check.structure import empty_sections, losses, other_languages, posts_without_body
from kb.model import Finding, KnowledgeBase

Check = Callable[[KnowledgeBase], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "W103": unknown_withdrawals,
    "W201": empty_sections,
    "W202": posts_without_body,
    "I206": other_languages,
    "W211": losses,  # and the other codes of readers
    "E301": unproved_quotes,
    "E302": stray_passages,
    "E303": outside_parts,
    "W401": dangling_citations,
    "W402": cut_addresses,
    "W403": repeated_entries,
    "W404": unnamed_journals,
    "W405": lost_targets,
    "E501": broken_ends,
    "W502": altered_quotations,
    "I503": unheld_originals,
}

MEANING = re.compile(r"^    (?P<code>[EWI]\d{3})  (?P<words>.+)$", re.MULTILINE)


def meanings() -> dict[str, str]:
    """Each code with what it means, in words: the table above."""
    return {match["code"]: match["words"] for match in MEANING.finditer(__doc__ or "")}


def run_checks(knowledge: KnowledgeBase) -> tuple[Finding, ...]:
    """Everything that does not add up, what the build noted included: by source, then place, then code; each once."""
    order = {source.id: number for number, source in enumerate(knowledge.sources)}
    found = dict.fromkeys((*knowledge.findings, *(finding for check in CHECKS.values() for finding in check(knowledge))))

    def place(finding: Finding) -> tuple[int, int, str, str]:
        source = order.get(finding.source_id or "", -1)
        return (source, finding.span.start if finding.span else -1, finding.code, finding.subject or "")

    return tuple(sorted(found, key=place))
