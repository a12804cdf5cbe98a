"""One good file of every shape, made anew for each number: input for hostile tests and benchmarks, all of it invented."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

NOUNS = ["clinic", "service", "patient", "trial", "measure", "survey", "reader", "letter", "report", "panel", "figure", "review"]
VERBS = ["counts", "records", "offers", "describes", "repeats", "omits", "measures", "compares", "reports", "lists"]
LINKS = ["because", "although", "while", "so", "that", "unless"]


def words(number: int) -> random.Random:
    """What the words of the file with this number are drawn by."""
    return random.Random(number)  # noqa: S311 - words, not secrets


def sentence(drawn: random.Random) -> str:
    """One invented sentence."""
    nouns, verbs = drawn.choices(NOUNS, k=5), drawn.choices(VERBS, k=2)
    share = drawn.randrange(2, 98)
    return (
        f"The {nouns[0]} {verbs[0]} {share}% of every {nouns[1]} {drawn.choice(LINKS)} no {nouns[2]} {verbs[1]} "
        f"the {nouns[3]} of its {nouns[4]}."
    )


def paragraphs(drawn: random.Random, count: int) -> Iterator[str]:
    """So many paragraphs of one to four sentences."""
    for _ in range(count):
        yield " ".join(sentence(drawn) for _ in range(drawn.randrange(1, 5)))


def title(drawn: random.Random) -> str:
    """A title in capitals."""
    return " ".join(word.title() for word in drawn.sample(NOUNS, 4))


def flattened_forum(number: int) -> bytes:
    """A thread whose page was saved as text."""
    drawn = words(number)
    posts = [f"{next(paragraphs(drawn, 1))}\n\n{next(paragraphs(drawn, 1))}\n\u00a0" for _ in range(8)]
    return "\n".join([f"{title(drawn)}\n", *posts, "Back\nTop Bottom\n"]).encode()


def flattened_blog(number: int) -> bytes:
    """Three articles saved as one text."""
    drawn = words(number)
    articles = [f"{title(drawn)}\n\n" + "\n\n".join(paragraphs(drawn, 4)) for _ in range(3)]
    return ("\n\n\n".join(articles) + "\n").encode()


def guidance_markdown(number: int) -> bytes:
    """A guidance with numbered sections."""
    drawn = words(number)
    sections = [
        f"{section}. {title(drawn)}\n\n"
        + "\n\n".join(f"{section}.{place} {words}" for place, words in enumerate(paragraphs(drawn, 4), 1))
        for section in range(1, 4)
    ]
    return (f"# {title(drawn)}\n\nPublication date:\t3 May 2019\n\n" + "\n\n".join(sections) + "\n").encode()


def digest(number: int) -> bytes:
    """A summary of our own."""
    drawn = words(number)
    items = [f"- {sentence(drawn)} [section {place}]" for place in range(1, 12)]
    return (f"# Our summary of {title(drawn)}\n\n## What it says\n\n" + "\n".join(items) + "\n").encode()


def xenforo_post(place: int, host_id: str, body: str) -> str:
    """One post as XenForo 2 writes it."""
    return (
        f'<article class="message message--post js-post js-inlineModContainer" data-author="member{place}" '
        f'data-content="post-{host_id}" id="js-post-{host_id}"><span class="u-anchorTarget" id="post-{host_id}"></span>'
        '<div class="message-inner"><div class="message-cell message-cell--user"><section class="message-user">'
        f'<h4 class="message-name"><a class="username" data-user-id="{place}">member{place}</a></h4>'
        '<h5 class="userTitle message-userTitle">Member</h5></section></div>'
        '<div class="message-cell message-cell--main"><div class="message-main js-quickEditTarget">'
        '<header class="message-attribution"><ul class="message-attribution-main"><li class="u-concealed">'
        f'<a href="/threads/a-thread.7/post-{host_id}"><time class="u-dt" datetime="2021-03-0{place % 9 + 1}T10:15:00+0000">'
        f'Mar {place % 9 + 1}, 2021</time></a></li></ul><ul class="message-attribution-opposite"><li>'
        f'<a href="/threads/a-thread.7/post-{host_id}">#{place}</a></li></ul></header>'
        '<div class="message-content js-messageContent"><div class="message-userContent"><article class="message-body">'
        f'<div class="bbWrapper">{body}</div><div class="js-selectToQuoteEnd">&nbsp;</div></article></div></div>'
        "</div></div></div></article>"
    )


def xenforo_quote(host_id: str, name: str, body: str) -> str:
    """A quotation block as XenForo 2 writes it."""
    return (
        f'<blockquote class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote" data-quote="{name}" '
        f'data-source="post: {host_id}"><div class="bbCodeBlock-title"><a href="/goto/post?id={host_id}">{name} said:</a></div>'
        f'<div class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent">{body}</div></div></blockquote>'
    )


def xenforo_page(heading: str, posts: str) -> bytes:
    """A thread page around its posts."""
    return (
        '<!DOCTYPE html><html id="XF" lang="en-GB" data-app="public" data-template="thread_view"><head><meta charset="utf-8">'
        f'<title>{heading} | A Forum</title></head><body><div class="p-body"><h1 class="p-title-value">{heading}</h1>'
        f'<div class="block-body js-replyNewMessageContainer">{posts}</div></div></body></html>'
    ).encode()


def xenforo_html(number: int) -> bytes:
    """A thread of eight posts, each quoting the one before it."""
    drawn = words(number)
    said = [next(paragraphs(drawn, 1)) for _ in range(8)]
    bodies = [said[0]] + [
        xenforo_quote(str(1000 + place), f"member{place}", said[place - 1]) + said[place] for place in range(1, 8)
    ]
    posts = "".join(xenforo_post(place, str(1000 + place), body) for place, body in enumerate(bodies, 1))
    return xenforo_page(title(drawn), posts)


def forum_html(number: int) -> bytes:
    """A thread of another forum engine, its posts told apart by microdata."""
    drawn = words(number)
    posts = [
        f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment" id="post-{place}">'
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">member{place}</b></span>'
        f'<time itemprop="datePublished" datetime="2020-05-0{place}T08:00:00Z">May {place}, 2020</time>'
        f'<div itemprop="text"><p>{next(paragraphs(drawn, 1))}</p></div></div>'
        for place in range(1, 7)
    ]
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title(drawn)}</title></head><body>'
        f'<div itemscope itemtype="https://schema.org/DiscussionForumPosting"><h1 itemprop="headline">{title(drawn)}</h1>'
        + "".join(posts)
        + "</div></body></html>"
    ).encode()


def article_page(heading: str, body: str) -> bytes:
    """A blog's page around an article's body."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{heading} - A Blog</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{heading}">'
        '<meta name="author" content="Ann Example"><meta property="article:published_time" content="2018-06-01T09:00:00Z">'
        '</head><body><nav><a href="/">Home</a><a href="/about">About</a></nav><main><article class="post hentry">'
        f'<h1 class="entry-title">{heading}</h1><div class="entry-content">{body}</div></article></main>'
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def article_html(number: int) -> bytes:
    """A blog article with headings, a list and a quotation."""
    drawn = words(number)
    sections = [f"<h2>{title(drawn)}</h2>" + "".join(f"<p>{words}</p>" for words in paragraphs(drawn, 4)) for _ in range(3)]
    items = "".join(f"<li>{sentence(drawn)}</li>" for _ in range(4))
    quoted = f"<blockquote><p>{sentence(drawn)}</p></blockquote>"
    return article_page(title(drawn), "".join(sections) + f"<ul>{items}</ul>{quoted}")


REFERENCE = (
    '<ref id="r1"><label>1</label><mixed-citation>Lee A. A study of nothing. <source>Journal of Invention</source>. '
    "<year>2011</year>.</mixed-citation></ref>"
)


def jats_document(front_title: str, body: str, prolog: str = "") -> bytes:
    """A journal article around the sections of its body."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<article article-type="research-article"><front><article-meta>'
        '<article-id pub-id-type="doi">10.9999/invented.1</article-id>'
        f"<title-group><article-title>{front_title}</article-title></title-group>"
        '<contrib-group><contrib contrib-type="author"><name><surname>Example</surname><given-names>Ann</given-names></name>'
        "</contrib></contrib-group><pub-date><year>2016</year></pub-date></article-meta></front>"
        f"<body>{body}</body><back><ref-list><title>References</title>{REFERENCE}</ref-list></back></article>"
    ).encode()


def jats(number: int) -> bytes:
    """A journal article with sections, a table and citations."""
    drawn = words(number)
    cited = 'as shown before [<xref ref-type="bibr" rid="r1">1</xref>].'
    sections = [
        f'<sec id="s{place}"><title>{title(drawn)}</title>'
        + "".join(f"<p>{words} It counts, {cited}</p>" for words in paragraphs(drawn, 4))
        + "</sec>"
        for place in range(1, 5)
    ]
    rows = "".join(f"<tr><td>{drawn.choice(NOUNS)}</td><td>{drawn.randrange(100)}</td></tr>" for _ in range(5))
    table = (
        f'<table-wrap id="t1"><label>Table 1</label><caption><p>{sentence(drawn)}</p></caption><table>{rows}</table></table-wrap>'
    )
    return jats_document(title(drawn), "".join(sections) + table)


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP container, the same for the same members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in members.items():
            container.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx_members(body: str, prolog: str = "") -> dict[str, bytes]:
    """The members of a Word document around its body."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = (
        f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
    )
    relations = f'{head}<Relationships {RELATIONS}><Relationship Id="r1" Type="{OFFICE}/{{}}" Target="{{}}"/></Relationships>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>' for level in (1, 2)
    )
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations.format("officeDocument", "word/document.xml").encode(),
        "word/_rels/document.xml.rels": relations.format("styles", "styles.xml").encode(),
        "word/styles.xml": f"{head}<w:styles {WORD}>{styles}</w:styles>".encode(),
        "word/document.xml": f"{head}{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>".encode(),
    }


def word_paragraph(text: str, style: str = "") -> str:
    """One paragraph in Word's markup."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(number: int) -> bytes:
    """A Word document with headings and paragraphs."""
    drawn = words(number)
    sections = [
        word_paragraph(title(drawn), "Heading1") + "".join(word_paragraph(text) for text in paragraphs(drawn, 4))
        for _ in range(4)
    ]
    return zipped(docx_members("".join(sections)))


def pdf(number: int, pages: int = 2) -> bytes:
    """A PDF with headings and paragraphs."""
    from reportlab.lib.styles import getSampleStyleSheet  # noqa: PLC0415 - slow to load, for PDFs alone
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate  # noqa: PLC0415

    drawn, styles = words(number), getSampleStyleSheet()
    story = []
    for _ in range(pages):
        story += [Paragraph(title(drawn), styles["Heading1"])]
        story += [Paragraph(text, styles["BodyText"]) for text in paragraphs(drawn, 6)]
        story += [PageBreak()]
    written = io.BytesIO()
    SimpleDocTemplate(written, invariant=1, title=title(drawn)).build(story)
    return written.getvalue()


MADE: dict[str, Callable[[int], bytes]] = {
    "digest": digest,
    "flattened-forum": flattened_forum,
    "flattened-blog": flattened_blog,
    "guidance-markdown": guidance_markdown,
    "xenforo-html": xenforo_html,
    "forum-html": forum_html,
    "article-html": article_html,
    "pdf": pdf,
    "docx": docx,
    "jats": jats,
}
SUFFIXES = {"pdf": "pdf", "docx": "docx", "jats": "xml", "xenforo-html": "html", "forum-html": "html", "article-html": "html"}
"""What files of a shape are called; the others are texts."""
