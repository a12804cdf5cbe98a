"""The static site: hand-written pages through Sphinx, record pages from our own templates, all of them from one public view."""

from kb.publish.build import build_site

__all__ = ["build_site"]
