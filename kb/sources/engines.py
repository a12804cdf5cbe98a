"""The forum engines people save pages from, by the marks they leave: a table of patterns over the tags of a page."""

from __future__ import annotations

import re

GENERATOR = r"""<meta\b[^>]{0,300}?\bname\s*=\s*["']?generator["']?[^>]{0,300}?\bcontent\s*=\s*["']?[^"'>]{0,100}?"""
MARKS: dict[str, tuple[str, ...]] = {
    "XenForo 1": (r"""<html\b[^>]{0,2000}?\bid\s*=\s*["']?XenForo\b""",),
    "Discourse": (GENERATOR + "Discourse", r"<discourse-assets\b"),
    "vBulletin": (
        GENERATOR + "vBulletin",
        r"""<(?:td|div|table)\b[^>]{0,200}?\bid\s*=\s*["']?(?:td_post_|post_message_)\d""",
        r"""<\w+\b[^>]{0,200}?\bid\s*=\s*["']?vbulletin_html\b""",
    ),
    "phpBB": (
        r"""<body\b[^>]{0,300}?\bid\s*=\s*["']?phpbb\b""",
        r"""<d[lt]\b[^>]{0,100}?\bclass\s*=\s*["']?postprofile\b""",
    ),
    "Invision Community": (
        r"""<body\b[^>]{0,300}?\bclass\s*=\s*["'][^"'>]{0,200}?\bipsApp\b""",
        r"<html\b[^>]{0,300}?\bdata-ips-\w+",
    ),
    "Simple Machines": (
        r"""<body\b[^>]{0,300}?\bclass\s*=\s*["']?action_(?:messageindex|display)\b""",
        r"""<(?:div|form)\b[^>]{0,200}?\bid\s*=\s*["']?(?:forumposts|quickModForm)\b""",
    ),
    "MyBB": (
        r"""<div\b[^>]{0,200}?\bid\s*=\s*["']?(?:post_meta_|pid_)\d""",
        r"""<a\b[^>]{0,200}?\bpostbit_(?:quote|find)\b""",
    ),
    "Discuz!": (GENERATOR + "Discuz", r"""<(?:td|div)\b[^>]{0,200}?\bid\s*=\s*["']?postmessage_\d"""),
    "Vanilla": (
        GENERATOR + "Vanilla",
        r"""<body\b[^>]{0,300}?\bid\s*=\s*["']?vanilla_\w+""",
        r"""<li\b[^>]{0,200}?\bItemComment\b""",
    ),
    "NodeBB": (GENERATOR + "NodeBB", r"""<li\b[^>]{0,200}?\bcomponent\s*=\s*["']?post\b"""),
    "Flarum": (GENERATOR + "Flarum", r"""<(?:div|noscript)\b[^>]{0,100}?\bid\s*=\s*["']?flarum-\w+"""),
}
"""Engine to what shows it, by the marks of a thread page; the first that matches is meant."""
PATTERNS = {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in MARKS.items()}


def engine_of(html: str) -> str | None:
    """The engine that a forum page was made by, or None; `html` should hold no scripts or comments."""
    return next((name for name, pattern in PATTERNS.items() if pattern.search(html)), None)
