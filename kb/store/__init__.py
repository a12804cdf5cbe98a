"""The SQLite file everything else is built from, and the generation it belongs to."""

from kb.store.database import open_database, read_knowledge, stored_generation, write_store
from kb.store.generation import (
    DATABASE,
    INDEX,
    SITE,
    current_generation,
    fresh_folder,
    open_generation,
    put_in_place,
    roll_forward,
    stamp,
    whole_generation,
)

__all__ = [
    "DATABASE",
    "INDEX",
    "SITE",
    "current_generation",
    "fresh_folder",
    "open_database",
    "open_generation",
    "put_in_place",
    "read_knowledge",
    "roll_forward",
    "stamp",
    "stored_generation",
    "whole_generation",
    "write_store",
]
