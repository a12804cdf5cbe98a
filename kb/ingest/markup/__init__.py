"""What stands between markup and its readers: gates before the parsers, trees as events, blocks of words, tables."""
