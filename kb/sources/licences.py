"""What a licence allows the public view to show."""

from __future__ import annotations

import re
from typing import Literal

from kb.model import Source

# "OGL-UK-3.0", "Open Government Licence v3.0", "CC BY 4.0", "CC0", "public domain", "MIT"; not CC BY-NC or CC BY-ND, whose
# terms a tool cannot weigh.
OPEN_LICENCE = re.compile(
    r"""
    \b (?: OGL (?:\b|-) | Open[ ]Government[ ]Licen[cs]e
    | CC[ -]?BY \b (?! .* \b N[CD] \b ) | CC[ -]?0 \b | CC[ -]?zero
    | Creative[ ]Commons[ ]Attribution (?! .* (?:NonCommercial|NoDeriv))
    | public[ ]domain | MIT | Apache-2\.0 | BSD (?:-\d-Clause)? ) (?![\w])
    """,
    re.IGNORECASE | re.VERBOSE,
)


def default_publish(source: Source) -> Literal["full", "quotes"]:
    """What is published where the entry does not say: all of an open source or a digest of our own, else quotes."""
    is_open = source.licence is not None and bool(OPEN_LICENCE.search(source.licence))
    return "full" if is_open or source.digest_of is not None else "quotes"
