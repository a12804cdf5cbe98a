"""What may leave the private store: masks, `publish` settings, withheld passages, shares of text."""

from kb.public.masks import GAP, MASK, NAME_WITHHELD, Mask, make_mask, private_names
from kb.public.view import PublicView, Visibility, public_view, published_share

__all__ = [
    "GAP",
    "MASK",
    "NAME_WITHHELD",
    "Mask",
    "PublicView",
    "Visibility",
    "make_mask",
    "private_names",
    "public_view",
    "published_share",
]
