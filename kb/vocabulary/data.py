"""Reads the data files that lie beside this module, one folder a language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


@cache
def load(name: str, language: str = "en") -> dict[str, Any]:
    """The table in `LANGUAGE/NAME.toml`, read once: callers do not change it.

    Raises `FileNotFoundError` for a name there is no file for, and `tomllib.TOMLDecodeError` for a file that is no TOML.
    """
    file = resources.files(__package__) / language / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def load_as(name: str, as_type: type[T], language: str = "en") -> T:
    """The table in `LANGUAGE/NAME.toml` as a typed value; raises `msgspec.ValidationError` naming the place that does not fit."""
    return msgspec.convert(load(name, language), type=as_type)
