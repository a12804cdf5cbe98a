"""The version of `kb`, alone, so that rooms can name it without importing the whole package."""

__version__ = "0.1.0"
