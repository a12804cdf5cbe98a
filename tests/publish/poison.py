"""Sources in which every field that reaches a page holds an attack on it."""

from __future__ import annotations

from kb.model import Author, Citation, Claim, Classification, Definition, Identifiers, Loss, Mention, Quotation, Reference
from tests.factory import Writer, source

PAYLOADS = (
    "<script>window.pwn=1</script>",
    "<img src=x onerror=window.pwn=1>",
    '"><svg onload=window.pwn=1>',
    "' onmouseover='window.pwn=1",
    "</title><script>window.pwn=1</script>",
    "</p></blockquote></article><iframe src=javascript:window.parent.pwn=1></iframe>",
    "<!-- <script>window.pwn=1</script> -->",
    "&lt;script&gt;window.pwn=1&lt;/script&gt;",
    "{{ 7*7 }}{% raw %}{# comment #}",
    "{{ ''.__class__.__mro__ }}",
    "[click](javascript:window.pwn=1)",
    "![x](https://tracker.example/pixel.png)",
    "```{raw} html <script>window.pwn=1</script>",
    "```{include} /etc/passwd",
    ":raw-html:`<script>window.pwn=1</script>`",
    ".. raw:: html <script>window.pwn=1</script>",
    "# A false heading",
    "<base href=https://tracker.example/>",
    "<meta http-equiv=refresh content=0;url=https://tracker.example/>",
    "<style>body{background:url(https://tracker.example/)}</style>",
    "<form action=https://tracker.example/><button>go</button></form>",
    "<a href=javascript:window.pwn=1>go</a>",
    "]]><script>window.pwn=1</script>",
    "\u202e)1=nwp.wodniw(\u202c left to right again",
    "<math><mtext><script>window.pwn=1</script></mtext></math>",
    "% $ \\ \x0b window.pwn=1 //",
)
BAD_URLS = (
    "javascript:window.pwn=1",
    "JaVaScRiPt:window.pwn=1",
    "data:text/html,<script>window.pwn=1</script>",
    "vbscript:window.pwn",
    " java\tscript:window.pwn=1",
    'https://example.org/"><script>window.pwn=1</script>',
    "//tracker.example/no-scheme",
)
EVERYTHING = "".join(PAYLOADS[:9])


def poisoned() -> tuple[Writer, ...]:
    """One source that attacks with its words, and one for each bad address."""
    return (_words(), *(_address(number, url) for number, url in enumerate(BAD_URLS)))


def _words() -> Writer:
    writer = Writer(
        source(
            "attack",
            "forum",
            title=f"A title {EVERYTHING}",
            publisher=EVERYTHING,
            licence=EVERYTHING,
            jurisdiction=EVERYTHING,
            note=EVERYTHING,
            authors=(EVERYTHING,),
            retrieved=EVERYTHING,
            shape="flattened-forum",
        )
    )
    writer.part("post", EVERYTHING, number=1, label=EVERYTHING, author=Author(EVERYTHING, "public"))
    for number, payload in enumerate(PAYLOADS):
        words = f"Statement {number} begins {payload} and 45% ends."
        writer.passage(words)
        _record_on(writer, words, payload)
    writer.losses.append(Loss("x", EVERYTHING, None))
    return writer


def _record_on(writer: Writer, words: str, payload: str) -> None:
    figure = writer.figure("45%", 45.0, unit=f"{payload}", of=payload, population=payload, setting=payload, period=payload)
    writer.add(Claim, words, claim_kind="figure", figures=(figure,), speaker=payload, speaker_role="author", about=("mus",))
    writer.add(Definition, words, term=payload, term_norm=payload, form="explicit", concept="mus", attributed_to=payload)
    writer.add(
        Classification,
        words,
        condition="cfs",
        category="mus",
        stance="asserts",
        placement="example-of",
        by=payload,
        reported_by=payload,
        jurisdiction=payload,
    )
    writer.add(Quotation, words, marked="block", attributed_to=payload)
    writer.add(Mention, "45%", concept="cfs")
    writer.add(Citation, "ends", keys=(payload,), style="bracket")
    writer.add(
        Reference,
        words,
        form="bibliographic",
        label=payload,
        title=payload,
        authors=(payload,),
        container=payload,
        publisher=payload,
        publisher_place=payload,
        ids=Identifiers(doi=payload, pmid=payload, url=payload, isbn=payload, nice=payload),
    )


def _address(number: int, url: str) -> Writer:
    writer = Writer(source(f"address-{number}", url=url))
    writer.passage(f"Words number {number} that stand under a bad address.")
    return writer
