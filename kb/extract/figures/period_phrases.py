"""Words that say when: dates and stretches of time after a preposition, how often, and moments such as a follow-up.

They are looked for in small letters; a month needs a preposition before it, so that no verb is taken for May.
"""

from __future__ import annotations

import re
from functools import cache

from kb.model import Span
from kb.vocabulary.units import units

_YEARS = r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?"
_UNIT = r"(?:year|month|week|day|decade|quarter|hour)s?"
_OFTEN = (
    r"an?\s(?:year|month|week|day|night)\b(?!\s(?:or|and)\b)|(?:each|every|per)\s(?:year|month|week|day|annum|quarter|night|fortnight|hour)"
    r"|annually|(?:daily|monthly|weekly|yearly)(?!\s[a-z]{3,}(?<!\s(?:and|for)))"
    r"|p\.a\.|(?<=\d)/(?:year|month|week|day)"
)
_RELATIVE = (
    r"(?:last|this|next)\s(?:financial\s|calendar\s|academic\s)?(?:year|month|week|quarter|decade|spring|summer|autumn|winter)"
    r"|(?:from|in|than|over|on)\sthe\s(?:current|following|preceding|previous|same)\s(?:financial\s)?(?:year|month|week|quarter|decade)"
)
_STRETCH = (
    r"(?:over|during|in|for|throughout|across|after)\s"
    rf"(?:the\s(?:course\sof\s(?:the\s|an?\s)?)?(?:(?:coming|final|first|following|last|next|past|previous|whole)\s)?|an?\s)?(?:[\w-]+[\s-])??{_UNIT}"
    rf"(?![\s-]old|\sof\sage)(?:\speriod)?|(?:at|by)\sthe\s(?:beginning|close|end|middle|start|turn)\sof\s(?:the\s|this\s|that\s|each\s)?(?:[\w-]+\s)?(?:{_UNIT}|course|study|therapy|treatment|trial)"
)
_MOMENT = (
    rf"at\s[\w.]{{1,9}}[\s-]{_UNIT}(?:[\s-]follow[\s-]?up)?|at\s(?:the\s)?(?:final\s|last\s|long-term\s)?(?:baseline|follow[\s-]?up|discharge)"
    r"|currently|to\sdate|so\sfar|at\spresent|at\sany\s(?:one|given)\stime|(?:in|during|over)\s(?:a|his|her|their|one’s)\slifetimes?"
)


@cache
def _pattern(language: str = "en") -> re.Pattern[str]:
    months = "|".join(sorted(units(language).words.months, key=len, reverse=True))
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    month = rf"(?:{day}\s)?(?:{months})\b(?:\s{day}(?!\d|[.,]\d|\s?%))?(?:,?\s(?:19|20)\d\d(?!,\d))?"
    part = rf"(?:the\s)?(?:first|second|third|fourth|final|last)\s(?:quarter|half)(?:\sof\s(?:the\s)?(?:{_YEARS}|year))?"
    quarter = rf"q[1-4](?:\s(?:of\s)?{_YEARS})?"
    named = rf"(?:the\s)?(?:(?:financial|fiscal|calendar|academic)\syears?\s)?{_YEARS}(?![\d%]|,\d)|year\s\d(?!\d)"
    decade = r"the\s(?:early\s|mid-?\s?|late\s)?(?:19|20)\d0s|(?:spring|summer|autumn|winter)\s(?:19|20)\d\d"
    date = rf"(?:(?:early|mid|late)[\s-])?(?:{month}|{part}|{quarter}|{named}|{decade})"
    bound = r"(?:the\s)?(?:(?:end|start|beginning|middle|month|year|quarter|period)\s(?:of|to|ending|ended)\s)?"
    before = r"by|in|since|from|until|till|during|for|before|after|throughout|between|as\s(?:of|at)|up\sto"
    dated = rf"(?:{before})\s{bound}{date}"
    return re.compile(
        rf"\A\W{{0,6}}{_YEARS}(?=\s?:)|(?<![\w-])(?:{dated}(?:\s?(?:and|to|until|till|[–-])\s?{date})?"
        rf"|(?:{_STRETCH})(?:\s(?:ending|to|up\sto)\s{bound}{date})?|(?:{_OFTEN}|{_RELATIVE}|{_MOMENT}))(?![\w'’-])"
    )


def period_at(words: str) -> Span | None:
    """The place of the first words that say when, or None; `words` are in small letters."""
    return next(iter(periods_in(words)), None)


def periods_in(words: str) -> list[Span]:
    """The places of all of them, in order."""
    return [Span(*match.span()) for match in _pattern().finditer(words)]
