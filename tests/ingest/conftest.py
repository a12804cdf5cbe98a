"""What pytest should not take for a test."""

from __future__ import annotations

collect_ignore = ["broken_worker.py"]
"""A worker module that cannot be imported, on purpose."""
