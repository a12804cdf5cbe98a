"""Threads that nobody wrote, as pages of XenForo 2 and as text copied from a browser: a seed gives the same thread every time."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from random import Random

from kb.model import Span
from tests.eval.flattening import Flattened, TruePost, TrueQuote

SUBJECTS = "The old bridge|My neighbour|Our rowing club|The night bus|A careful baker|The town library|The ferry crew"
VERBS = (
    "has repaired|never mentions|would rather avoid|keeps a list of|paid far too much for|cannot stop praising|wrote down|lost"
)
OBJECTS = (
    "three copper kettles|the missing ledger|a crate of apples|seventeen broken oars|the longest timetable|that purple lantern"
)
TAILS = (
    "since the flood in spring|although nobody asked|before the market opened|after a very long meeting|because of the dues"
    "|while the lamps were being cleaned|in spite of what the notice says|and the mayor was not pleased"
)
NAMES = "Heron Lake|brassmonkey7|Odile|TinWhistle|Marrow & Sons|quillfeather|Bo Pepper|sandbank_ed"
TITLES = "Member|Senior Member|Keeper of the Keys|Moderator|Well-known member|Mostly asleep"
PLACES = "Lower Marsh|Dunwick|Isle of Reeds|Port Amber"
REPLIES = (
    "I doubt that.|This is what I meant.|Yes, and there is more.|Could you say where you read it?|Not in my street.|Well put."
)
EDITS = ("whole", "whole", "first", "last", "cut", "word", "elided")
"""How members quote: everything, a paragraph, words cut in the middle, one changed, a middle left out."""


@dataclass
class MadePost:
    """A post: its paragraphs, and before some of them the words it quotes and the index of the post they are from."""

    author: str
    paragraphs: list[str]
    quotes: list[tuple[int, list[str]]] = field(default_factory=list)
    is_edited: bool = False
    has_list: bool = False
    picture: str | None = None


@dataclass
class MadeThread:
    """A thread and the way its page looks."""

    title: str
    posts: list[MadePost]
    has_names_in_quotes: bool
    has_labels: bool


def make_thread(seed: int) -> MadeThread:
    """The thread of a seed."""
    chance = Random(seed)  # noqa: S311  (repeatable, not secret)
    posts: list[MadePost] = []
    for number in range(chance.randint(8, 25)):
        paragraphs = [" ".join(_sentence(chance) for _ in range(chance.randint(1, 4))) for _ in range(chance.randint(1, 3))]
        post = MadePost(chance.choice(NAMES.split("|")), paragraphs, is_edited=chance.random() < 0.2)
        post.has_list = chance.random() < 0.15
        post.picture = f"photo-{number}.jpg" if chance.random() < 0.15 else None
        if posts and chance.random() < 0.5:
            for _ in range(1 if chance.random() < 0.85 else 2):
                quoted = chance.randrange(len(posts))
                post.quotes.append((quoted, _quoted(chance, posts[quoted].paragraphs)))
            post.paragraphs[0] = f"{chance.choice(REPLIES.split('|'))} {post.paragraphs[0]}"
        posts.append(post)
    title = f"What about {chance.choice(OBJECTS.split('|'))}?"
    return MadeThread(title, posts, chance.random() < 0.5, chance.random() < 0.7)


SYLLABLES = "ba|co|du|fe|gri|hol|ja|kem|li|mor|nu|pel|quo|ras|sti|tam|ur|vex|wol|yar"


def _sentence(chance: Random) -> str:
    """A sentence of which no five words in a row are likely to come twice."""
    subject, verb, thing, tail = (chance.choice(words.split("|")) for words in (SUBJECTS, VERBS, OBJECTS, TAILS))
    one, two, three, four = (_word(chance) for _ in range(4))
    return chance.choice(
        [
            f"{subject} of {one} {verb} {two} and {thing} near {three} {tail}, {four}.",
            f"With help from {one}, {subject[0].lower()}{subject[1:]} {verb} {two} {chance.randint(2, 99)} x {three} {tail}.",
            f"In {one} nobody believes {two}, but {subject[0].lower()}{subject[1:]} {three} {thing}; {four} saw it.",
            f"{tail[0].upper()}{tail[1:]}, {one} said, {two} counted {chance.randint(2, 999)} of {three}.",
        ]
    )


def _word(chance: Random) -> str:
    return "".join(chance.choice(SYLLABLES.split("|")) for _ in range(3)).capitalize()


def _quoted(chance: Random, paragraphs: list[str]) -> list[str]:
    kind = chance.choice(EDITS)
    words = paragraphs[0].split()
    if kind == "whole":
        return list(paragraphs)
    if kind in {"first", "last"}:
        return [paragraphs[0 if kind == "first" else -1]]
    if kind == "cut":
        return [" ".join(words[len(words) // 4 :])]
    if kind == "word":
        at = len(words) // 2
        return [" ".join([*words[:at], "probably", *words[at + 1 :]])]
    return [" ".join([*words[:8], "[...]", *words[-8:]])] if len(words) > 24 else [paragraphs[0]]


def as_html(thread: MadeThread) -> str:
    """The thread's page as XenForo 2 writes it."""
    posts = "".join(_post_html(thread, number, post) for number, post in enumerate(thread.posts, 1))
    return (
        f'<!DOCTYPE html><html id="XF"><head><title>{escape(thread.title)} | The Quay</title></head><body>'
        '<div class="p-pageWrapper">'
        '<header class="p-header"><nav class="p-nav"><a href="/">Home</a> <a href="/new">New posts</a></nav></header>'
        f'<div class="p-body"><div class="p-body-main"><div class="p-body-header">'
        f'<h1 class="p-title-value">{escape(thread.title)}</h1></div>'
        f'<div class="p-body-content"><div class="block"><div class="block-container"><div class="block-body">{posts}</div>'
        "</div></div></div>"
        '</div></div><footer class="p-footer"><a href="#top">Top</a></footer></div></body></html>'
    )


def _post_html(thread: MadeThread, number: int, post: MadePost) -> str:
    cell = f'<h4 class="message-name"><a class="username">{escape(post.author)}</a></h4><h5 class="userTitle">{_title(post)}</h5>'
    pairs = "".join(f"<dl><dt>{key}</dt><dd>{value}</dd></dl>" for key, value in _pairs(post))
    quotes = "".join(_quote_html(thread, quote) for quote in post.quotes)
    items = "<ul><li>first the oars</li><li>then the rope</li></ul>" if post.has_list else ""
    picture = f'<br><img alt="{post.picture}" src="/{post.picture}">' if post.picture else ""
    body = "<br>\n<br>\n".join(escape(words) for words in post.paragraphs)
    edited = (
        '<div class="message-lastEdit">Last edited: <time datetime="2019-03-04T10:00:00+0000"></time></div>'
        if post.is_edited
        else ""
    )
    return (
        f'<article class="message message--post js-post" data-author="{escape(post.author)}" data-content="post-{number}" '
        f'id="js-post-{number}"><div class="message-inner"><div class="message-cell message-cell--user">'
        '<section class="message-user">'
        f'<div class="message-userDetails">{cell}</div><div class="message-userExtras">{pairs}</div></section></div>'
        '<div class="message-cell message-cell--main"><div class="message-main"><header class="message-attribution"><ul>'
        f'<li><time datetime="2019-03-03T10:00:00+0000">Mar 3, 2019</time></li><li><a>#{number}</a></li></ul></header>'
        '<div class="message-content"><div class="message-userContent"><article class="message-body">'
        f'<div class="bbWrapper">{quotes}{body}{items}{picture}</div><div class="js-selectToQuoteEnd">&nbsp;</div></article>'
        f"</div>{edited}"
        "</div></div></div></div></article>"
    )


def _quote_html(thread: MadeThread, quote: tuple[int, list[str]]) -> str:
    author = thread.posts[quote[0]].author
    words = "<br>\n<br>\n".join(escape(words) for words in quote[1])
    head = f'<div class="bbCodeBlock-title"><a class="bbCodeBlock-sourceJump">{escape(author)} said:</a></div>'
    return (
        f'<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="{escape(author)}" data-source="post: {quote[0] + 1}">'
        f'{head if thread.has_names_in_quotes else ""}<div class="bbCodeBlock-content">'
        f'<div class="bbCodeBlock-expandContent">{words}</div>'
        "</div></blockquote>"
    )


def _title(post: MadePost) -> str:
    titles = TITLES.split("|")
    return titles[len(post.author) % len(titles)]


def _pairs(post: MadePost) -> list[tuple[str, str]]:
    size = len(post.author)
    return [("Joined", f"May {size}, 2016"), ("Messages", f"{size},{size:03}"), ("Location", PLACES.split("|")[size % 4])]


def as_copied(thread: MadeThread) -> Flattened:
    """The page's text as a browser copies it, with the places of its posts and quotes."""
    page = Flattened(
        f"Home New posts\nMenu\nLog in\n{thread.title}\nThread starter {thread.posts[0].author}\nStart date Mar 3, 2019\n"
    )
    for number, post in enumerate(thread.posts, 1):
        _copy_post(page, thread, number, post)
    page.text += "You must log in or register to reply here.\nShare:\nTop Bottom\n"
    return page


def _copy_post(page: Flattened, thread: MadeThread, number: int, post: MadePost) -> None:
    pairs = "".join(
        f"{key}\n{value}\n" if thread.has_labels else f"{value}\n" for key, value in _pairs(post)[: 3 if thread.has_labels else 2]
    )
    page.text += f"{post.author[0].upper()}\n{post.author}\n{_title(post)}\n{pairs}Mar 3, 2019\n#{number}\n"
    start = len(page.text)
    for quoted, words in post.quotes:
        author = thread.posts[quoted].author
        page.text += f"{author} said:\n" if thread.has_names_in_quotes else ""
        begin = len(page.text)
        page.text += "\n\n".join(words)
        page.quotes.append(TrueQuote(str(number), str(quoted + 1), author, " ".join(words), Span(begin, len(page.text))))
        page.text += "\n"
    page.text += "\n\n".join(post.paragraphs)
    page.posts.append(TruePost(str(number), post.author, Span(start, len(page.text))))
    page.text += "\n\u00a0\n" + ("Last edited: Mar 4, 2019\n" if post.is_edited else "") + "Reply\nReport\n"
