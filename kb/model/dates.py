"""Dates that keep how much is known and the words they came from."""

from __future__ import annotations

from typing import Literal

import msgspec

Precision = Literal["year", "month", "day", "second"]


class When(msgspec.Struct, frozen=True):
    """A date as far as it is known.

    `value` is ISO 8601 cut to its precision ("2018", "2018-03", "2018-03-21"), so that values sort; `raw` is the text it was
    read from. A missing part is never filled in.
    """

    value: str
    precision: Precision
    raw: str
