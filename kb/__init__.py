"""A document and policy knowledge base: sources become citable records, a search index and a static site."""

__version__ = "0.1.0"
