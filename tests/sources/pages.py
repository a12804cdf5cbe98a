"""Small invented pages of the kinds that readers tell apart."""

from __future__ import annotations

from collections.abc import Sequence

XENFORO_POST = """
<article class="message message--post js-post" data-author="{name}" data-content="post-{id}" id="js-post-{id}">
 <div class="message-user"><h4 class="message-name"><span class="username">{name}</span></h4></div>
 <div class="message-main"><header><time class="u-dt" datetime="2021-03-0{day}T10:00:00+0000">x</time>
 <a href="/threads/a-lane-for-bicycles.77/post-{id}">#{number}</a></header>
 <article class="message-body js-selectToQuote"><div class="bbWrapper">{words}</div>
 <div class="js-selectToQuoteEnd">&nbsp;</div></article></div>
</article>"""


def xenforo(*posts: tuple[int, str], page: int = 1) -> bytes:
    """A page of a XenForo thread: ids and words of its posts."""
    address = "https://forum.example.org/threads/a-lane-for-bicycles.77/" + (f"page-{page}" if page > 1 else "")
    made = [
        XENFORO_POST.format(name="Ann" if number % 2 else "Bob", id=number, day=number % 9 + 1, number=number, words=words)
        for number, words in posts
    ]
    return f"""<!DOCTYPE html>
<html id="XF" lang="en" data-app="public" data-template="thread_view"><head><meta charset="utf-8">
<title>A lane for bicycles | Example Forum</title><link rel="canonical" href="{address}">
<meta property="og:site_name" content="Example Forum"></head>
<body data-template="thread_view"><div class="p-title"><h1 class="p-title-value">A lane for bicycles</h1></div>
<div class="block-body js-replyNewMessageContainer">{"".join(made)}</div></body></html>""".encode()


MICRODATA_POST = """<div itemprop="comment" itemscope itemtype="http://schema.org/Comment" id="post_{id}">
<span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ann</span></span>
<time itemprop="datePublished" datetime="2021-03-0{number}T10:00:00Z">x</time><span itemprop="position">{number}</span>
<div itemprop="text"><p>{words}</p></div></div>"""


def microdata(*posts: str, first: int = 2) -> bytes:
    """A thread of another forum whose posts microdata tells apart; `first` is the id of the first answer."""
    made = [MICRODATA_POST.format(number=number, id=first - 2 + number, words=words) for number, words in enumerate(posts, 2)]
    return f"""<!DOCTYPE html><html lang="en"><head><title>Where to park - Example Talk</title>
<link rel="canonical" href="https://talk.example.org/t/where-to-park/12"></head><body>
<div itemscope itemtype="http://schema.org/DiscussionForumPosting"><h1 itemprop="headline">Where to park</h1>
<div id="post_1"><span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Bob</span></span>
<time itemprop="datePublished" datetime="2021-03-01T10:00:00Z">x</time>
<div itemprop="text"><p>Where do you leave a bicycle in town?</p></div></div>
{"".join(made)}</div></body></html>""".encode()


PARAGRAPH = (
    "The council counted bicycles on every road of the town for a week, and found that more people ride than it had thought, "
    "above all in the morning and on the way to the station. "
)


def article(
    title: str = "What the count of bicycles shows", *, head: str = "", paragraphs: Sequence[str] = (PARAGRAPH,) * 4
) -> bytes:
    """A page with one article."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><nav><a href="/">Home</a></nav><main><article><h1>{title}</h1>{words}</article></main>
<footer>All rights reserved</footer></body></html>""".encode()
