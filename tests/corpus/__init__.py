"""Tests of the corpus that ships."""
