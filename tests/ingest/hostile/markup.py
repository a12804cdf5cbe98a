"""Hostile pages and XML."""

from __future__ import annotations

from tests.made_files import article_page, forum_html, jats_document, sentence, words, xenforo_page, xenforo_post, xenforo_quote

SAID = sentence(words(0))
DEEP = 100_000
UNCLOSED = 90_000
ATTRIBUTE = 30_000_000
LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
ENTITY_BOMB = f'<!DOCTYPE article [<!ENTITY l0 "laughter">{LAUGHS}]>'
"""10 to the ninth times one word."""
QUADRATIC = f'<!DOCTYPE article [<!ENTITY long "{"laughter " * 12_000}">]>'
EXTERNAL = '<!DOCTYPE article [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
EXTERNAL_PARAMETER = '<!DOCTYPE article [<!ENTITY % more SYSTEM "file:///etc/passwd"> %more;]>'
EXTERNAL_TYPE = '<!DOCTYPE article SYSTEM "file:///etc/passwd">'


def entity_bomb() -> bytes:
    return jats_document("A Title", f"<sec><title>One</title><p>{SAID} &l9;</p></sec>", ENTITY_BOMB)


def quadratic_entities() -> bytes:
    return jats_document("A Title", f"<sec><title>One</title><p>{SAID} {'&long;' * 12_000}</p></sec>", QUADRATIC)


def external_entity() -> bytes:
    return jats_document("A Title", f"<sec><title>One</title><p>{SAID} &secret;</p></sec>", EXTERNAL)


def external_parameter_entity() -> bytes:
    return jats_document("A Title", f"<sec><title>One</title><p>{SAID}</p></sec>", EXTERNAL_PARAMETER)


def external_document_type() -> bytes:
    return jats_document("A Title", f"<sec><title>One</title><p>{SAID}</p></sec>", EXTERNAL_TYPE)


def xinclude() -> bytes:
    included = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file:///etc/passwd"/>'
    return jats_document("A Title", f"<sec><title>One</title><p>{SAID} {included}</p></sec>")


def deep_xml() -> bytes:
    return jats_document("A Title", "<sec>" * DEEP + f"<p>{SAID}</p>" + "</sec>" * DEEP)


def deep_inline_xml() -> bytes:
    return jats_document("A Title", f"<sec><p>{'<italic>' * DEEP}{SAID}{'</italic>' * DEEP}</p></sec>")


def many_xml_attributes() -> bytes:
    named = " ".join(f'a{number}="x"' for number in range(300_000))
    return jats_document("A Title", f"<sec><p {named}>{SAID}</p></sec>")


def circular_references() -> bytes:
    cited = '<xref ref-type="bibr" rid="r1">1</xref>'
    looped = f'<ref id="r2"><mixed-citation>Poe B. {cited} <xref ref-type="bibr" rid="r2">2</xref></mixed-citation></ref>'
    return jats_document("A Title", f"<sec id='r1'><p>{SAID} {cited * 2000}</p></sec><ref-list>{looped}</ref-list>")


def wide_spanning_table() -> bytes:
    row = "".join('<td rowspan="65534" colspan="65534">1</td>' for _ in range(200))
    return jats_document("A Title", f"<sec><p>{SAID}</p><table-wrap><table>{f'<tr>{row}</tr>' * 200}</table></table-wrap></sec>")


def xml_with_nul() -> bytes:
    return jats_document("A Title", f"<sec><p>{SAID}\0{SAID}</p></sec>")


def xml_of_a_wrong_encoding() -> bytes:
    return jats_document("A Title", f"<sec><p>{SAID} caf\u00e9</p></sec>").replace("é".encode(), b"\xe9")


def xml_with_an_unknown_encoding() -> bytes:
    return jats_document("A Title", f"<sec><p>{SAID}</p></sec>").replace(b"UTF-8", b"x-invented", 1)


def xml_cut_in_a_tag() -> bytes:
    return jats_document("A Title", f"<sec><p>{SAID}</p></sec>")[:-400]


def thread(body: str) -> bytes:
    return xenforo_page("A Thread", xenforo_post(1, "1001", SAID) + xenforo_post(2, "1002", body))


def deep_thread() -> bytes:
    return thread("<div>" * DEEP + SAID + "</div>" * DEEP)


def deep_inline_thread() -> bytes:
    return thread("<b>" * DEEP + SAID + "</b>" * DEEP)


def nested_quotes_thread() -> bytes:
    block = '<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="member1" data-source="post: 1001">'
    return thread(block * 3000 + SAID + "</blockquote>" * 3000)


def unclosed_tags_thread() -> bytes:
    return thread("<b><i>" * (UNCLOSED // 2) + SAID)


def unclosed_paragraphs_thread() -> bytes:
    return thread("<p>" * UNCLOSED + SAID)


def unclosed_links_thread() -> bytes:
    return thread('<a href="/x">' * UNCLOSED + SAID)


def long_attribute_thread() -> bytes:
    return thread(f'<span title="{"x" * ATTRIBUTE}">{SAID}</span>')


def nul_thread() -> bytes:
    return thread(f"{SAID}\0{SAID}")


def deep_list_thread() -> bytes:
    return thread("<ul><li>" * 20_000 + SAID)


def deep_table_thread() -> bytes:
    return thread("<table><tr><td>" * 20_000 + SAID)


def quoting_posts(*pairs: tuple[str, str]) -> bytes:
    """A thread in which the post with the first id of each pair quotes the one with the second."""
    posts = [
        xenforo_post(place, own, xenforo_quote(quoted, f"member{quoted}", SAID) + sentence(words(place)))
        for place, (own, quoted) in enumerate(pairs, 1)
    ]
    return xenforo_page("A Thread", "".join(posts))


def cyclic_quotes() -> bytes:
    return quoting_posts(("1001", "1002"), ("1002", "1003"), ("1003", "1001"))


def self_quotes() -> bytes:
    return quoting_posts(("1001", "1001"), ("1002", "1002"))


def duplicate_posts() -> bytes:
    return quoting_posts(("1001", "1000"), ("1001", "1001"), ("1001", "1001"))


def no_posts() -> bytes:
    return xenforo_page("A Thread", "")


def empty_posts() -> bytes:
    return xenforo_page("A Thread", "".join(xenforo_post(place, str(place), "") for place in range(1, 40)))


def three_thousand_posts() -> bytes:
    return xenforo_page("A Thread", "".join(xenforo_post(place, str(place), SAID) for place in range(1, 3_001)))


def deep_article() -> bytes:
    return article_page("A Title", "<div>" * DEEP + f"<p>{SAID}</p>" * 20 + "</div>" * DEEP)


def nested_quotes_article() -> bytes:
    return article_page("A Title", f"<p>{SAID}</p>" * 20 + "<blockquote>" * 3000 + SAID + "</blockquote>" * 3000)


def unclosed_tags_article() -> bytes:
    return article_page("A Title", f"<p>{SAID}</p>" * 20 + "<b><i>" * (UNCLOSED // 2) + SAID)


def unclosed_paragraphs_article() -> bytes:
    return article_page("A Title", f"<p>{SAID}" * 20 + "<p>" * UNCLOSED + SAID)


def long_attribute_article() -> bytes:
    return article_page("A Title", f'<p>{SAID}</p><p title="{"x" * ATTRIBUTE}">{SAID}</p>')


def nul_article() -> bytes:
    return article_page("A Title", f"<p>{SAID}\0{SAID}</p>" * 20)


def deep_statements_article() -> bytes:
    stated = f'<script type="application/ld+json">{"[" * DEEP}{"]" * DEEP}</script>'
    return article_page("A Title", stated + f"<p>{SAID}</p>" * 20)


def wordless_article() -> bytes:
    return article_page("", "<script>document.write('words')</script>")


def five_thousand_cells() -> bytes:
    row = "".join(f"<td>{number}</td>" for number in range(100))
    return article_page("A Title", f"<p>{SAID}</p>" * 20 + f"<table>{f'<tr>{row}</tr>' * 50}</table>")


def microdata_thread(body: str) -> bytes:
    return forum_html(1).replace(
        b"</div></body>",
        f'<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        f'<div itemprop="text">{body}</div></div></div></body>'.encode(),
    )


def deep_microdata() -> bytes:
    return microdata_thread("<div>" * DEEP + SAID + "</div>" * DEEP)


def nested_quotes_microdata() -> bytes:
    return microdata_thread("<blockquote>" * 3000 + SAID + "</blockquote>" * 3000)


def unclosed_tags_microdata() -> bytes:
    return microdata_thread("<b><i>" * (UNCLOSED // 2) + SAID)


def nested_comments_microdata() -> bytes:
    comment = '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
    return microdata_thread(f'{comment}<div itemprop="text"><p>{SAID}</p></div>' * 400 + "</div>" * 400)
