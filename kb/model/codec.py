"""Values to bytes and back. Nothing else in the project knows how values are encoded."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")


def encode(value: object) -> bytes:
    """`value` as UTF-8 JSON in one line; equal values give equal bytes.

    Lone surrogates, which UTF-8 cannot hold, are refused with `ValueError`: readers replace them first.
    """
    return msgspec.json.encode(value, order="deterministic")


def decode(data: bytes | str, as_type: type[T]) -> T:
    """The value `encode` made `data` from; raises `msgspec.ValidationError` naming the place that does not fit."""
    return msgspec.json.decode(data, type=as_type)
