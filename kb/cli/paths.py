"""The type of every path the command line takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class NamedPath(click.Path):
    """A path as `pathlib.Path`. An empty one, as an unset variable leaves it, is refused: it does not mean the folder here."""

    def __init__(self, *, is_folder: bool = False) -> None:
        super().__init__(path_type=Path, exists=is_folder, file_okay=not is_folder)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails for an empty one."""
        if value == "":
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)
