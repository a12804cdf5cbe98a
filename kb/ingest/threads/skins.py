"""How forums of each kind mark the posts of a page and what stands in them: selectors and patterns over classes and ids.

The patterns name a part of a post by the group that matches; what no group knows is looked into.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

ADVERTISING = r"(?:[\w-]+-)?(?:ad|ads|advert|adsense|adsbygoogle|sponsor|primis)(?:[-_][\w-]+)?"
DIGITS = re.compile(r"\d+")
MEMBER = re.compile(
    r"""action=profile|mode=viewprofile|\bmember\.php\?|/(?:members?|profile|users?|u)/[\w%.-]|user-\d+\.html|\bprofile\.php\?""",
    re.IGNORECASE,
)
"""Where engines keep the pages of members."""


@dataclass(frozen=True)
class Skin:
    """Where posts stand on a page, in the order of how sure that is, and what marks the parts of one.

    The groups of `roles`: frame (left out), cell (about the author), body, name, title, fact, date, number, fields, edited,
    attachments, reactions, signature, notice.
    """

    posts: tuple[str, ...]
    roles: re.Pattern[str]
    uses_ids: bool = False
    """Whether the patterns look at ids ("#td_post_") and properties ("@text") beside classes."""

    def marks(self, attrs: Mapping[str, str | None]) -> str:
        """What the patterns look at: few different strings in a page, so that what they mean can be remembered."""
        classes = attrs.get("class") or ""
        if not self.uses_ids:
            return classes
        identifier, role, href = attrs.get("id"), attrs.get("itemprop"), attrs.get("href")
        own = [classes, f"#{DIGITS.sub('', identifier)}" if identifier else "", f"@{role}" if role else ""]
        own.append("username" if href and MEMBER.search(href) else "")
        return " ".join(filter(None, own))


def _roles(patterns: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern from the words of each role; a word stands alone between blanks."""
    groups = "|".join(f"(?P<{role}>(?:{words})(?!\\S))" for role, words in patterns.items())
    return re.compile(rf"(?:^|(?<=\s))(?:{groups})")


XENFORO = Skin(
    posts=(
        ".js-post, .js-comment",
        ".message--post, .MessageCard, .message--article, li.message[id^=post]",
        "[itemtype*='schema.org/Comment'], [itemtype*='schema.org/DiscussionForumPosting'], [itemtype*='schema.org/Answer']",
        ".message:not(.message--quickReply), .resourceBody, .articleBody",
        ".bbWrapper",
    ),
    roles=_roles(
        {
            "frame": r"message-avatar[\w-]*|message-userArrow|message-actionBar|actionBar(?:-\w+)*|menu(?:-\w+)?"
            r"|message-attribution-gadget"
            r"|MessageCard__(?:avatar|comment-options|thread-info|title-wrapper|dot-separator)|cali-thread-actions|message-microdata"
            r"|js-historyTarget|js-embedCopy|shareButtons[\w-]*|u-srOnly|u-hidden|message-newIndicator|reactionSummary"
            r"|trophyShowcase[\w-]*|js-quickReply|message--quickReply|avatarHolder|avatar|avatarScaler|thThreads__userExtra--toggle"
            r"|userExtra--toggle|button|js-selectToQuoteEnd|signature-view|LikeLink|ReplyQuote|ReportLink|control"
            rf"|{ADVERTISING}",
            "signature": r"message-signature|signature",
            "body": r"message-body|bbWrapper|messageText|js-selectToQuote",
            "name": r"message-name|MessageCard__user-info__name|message-attribution-user",
            "title": r"message-userTitle|userTitle",
            "fact": r"pairs|pairsJustified|message-userBanner|userBanner",
            "fields": r"message-fields",
            "edited": r"message-lastEdit|editDate",
            "attachments": r"message-attachments|attachmentList|attachedFiles",
            "reactions": r"reactionsBar|likesSummary|LikeText",
            "notice": r"messageNotice",
            "date": r"DateTime|u-dt",
            "cell": r"message-user|message-cell--user|messageUserInfo|messageUserBlock|MessageCard__user-info",
        }
    ),
)
"""XenForo 2 in every skin, and what XenForo 1 names otherwise."""

MICRODATA = Skin(
    posts=(
        ", ".join(f"[itemtype*='schema.org/{kind}']" for kind in ("DiscussionForumPosting", "Comment", "Question", "Answer")),
    ),
    roles=_roles(
        {
            "frame": rf"@interactionStatistic|@image|avatar|share[\w-]*|menu|button|{ADVERTISING}",
            "body": r"@text|@articleBody",
            "name": r"@author|@creator",
            "number": r"@position",
            "date": r"@datePublished|@dateCreated|post-time",
            "edited": r"@dateModified",
            "reactions": r"post-likes|likes|reactions",
            "signature": r"signature",
        }
    ),
    uses_ids=True,
)
"""Any engine that marks its posts with schema.org's types."""

SKINS: dict[str, Skin] = {
    "Discourse": Skin(
        posts=(".crawler-post", "article[data-post-id], .topic-post article"),
        roles=_roles(
            {
                "frame": rf"@interactionStatistic|topic-avatar|post-menu-area|post-controls|topic-map|{ADVERTISING}",
                "body": r"@text|cooked",
                "name": r"creator|names",
                "number": r"@position",
                "date": r"post-time|relative-date",
                "reactions": r"post-likes",
            }
        ),
        uses_ids=True,
    ),
    "phpBB": Skin(
        posts=("div.post[id^=p]",),
        roles=_roles(
            {
                "frame": rf"profile-icons|post-buttons|back2top|sr-only|avatar-container|username-avatar"
                rf"|corners-\w+|{ADVERTISING}",
                "body": r"content",
                "cell": r"postprofile|profile",
                "edited": r"notice",
                "attachments": r"attachbox",
                "signature": r"signature",
            }
        ),
        uses_ids=True,
    ),
    "vBulletin": Skin(
        posts=("li.postcontainer, li.postbitlegacy, li.b-post", "table[id^=post], div[id^=edit]"),
        roles=_roles(
            {
                "frame": rf"postcontrols|b-post__footer|b-avatar|{ADVERTISING}",
                "body": r"#post_message_|postcontent|js-post__content-text|b-post__content",
                "number": r"#postcount|postcounter|b-post__count",
                "date": r"postdate|date|b-post__timestamp",
                "edited": r"lastedited|b-post__edit-info",
                "signature": r"signature|signaturecontainer",
                "cell": r"#postmenu_|userinfo|b-userinfo|alt",
            }
        ),
        uses_ids=True,
    ),
    "Invision Community": Skin(
        posts=("article.ipsComment, article.cPost, article.ipsEntry",),
        roles=_roles(
            {
                "frame": rf"ipsUserPhoto|cAuthorPane_photo|cAuthorPane_mobile|ipsComment_tools|ipsComment_controls|ipsMenu"
                rf"|ipsComment_badges"
                rf"|ipsReact|ipsHide|ipsItemControls|ipsEntry__controls|{ADVERTISING}",
                "body": r"ipsType_richText|ipsRichText|cPost_content",
                "name": r"cAuthorPane_author|ipsEntry__username",
                "cell": r"cAuthorPane|ipsComment_author|ipsEntry__author-column",
                "signature": r"ipsSignature",
            }
        ),
        uses_ids=True,
    ),
    "Simple Machines": Skin(
        posts=("div.post_wrapper", "div[id^=msg].windowbg"),
        roles=_roles(
            {
                "frame": rf"quickbuttons|avatar|icons|subject_title|{ADVERTISING}",
                "body": r"post|inner",
                "title": r"title|membergroup",
                "number": r"page_number",
                "date": r"postinfo|smalltext",
                "edited": r"modified|#modified_",
                "reactions": r"like_count|under_message",
                "attachments": r"attachments",
                "signature": r"signature",
                "cell": r"poster",
            }
        ),
        uses_ids=True,
    ),
    "MyBB": Skin(
        posts=("div.post[id^=post_], table[id^=post_]",),
        roles=_roles(
            {
                "frame": rf"post_controls|author_avatar|postbit_buttons|{ADVERTISING}",
                "body": r"post_body|#pid_",
                "edited": r"post_edit",
                "date": r"post_date",
                "signature": r"signature",
                "cell": r"post_author|author_statistics",
            }
        ),
        uses_ids=True,
    ),
}
"""By the engine's name in `kb.sources.engines`."""
