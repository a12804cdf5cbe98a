"""A worker that cannot start."""

raise ImportError("a library it needs is not there")
