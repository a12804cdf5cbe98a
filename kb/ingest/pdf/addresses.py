"""Runs cut where links begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.ingest.pdf.geometry import Address, Run


def addressed(runs: Iterable[Run], addresses: Sequence[Address]) -> list[Run]:
    """The runs, those letters that stand in a link's area with its address."""
    done = list(runs)
    for address in addresses:
        done = [piece for run in done for piece in _cut(run, address)]
    return done


def _cut(run: Run, address: Address) -> list[Run]:
    area = address.area
    middle = run.y - 0.3 * run.face.size
    if run.address is not None or not area.y0 - 1 <= middle <= area.y1 + 1 or run.x1 <= area.x0 or run.x0 >= area.x1:
        return [run]
    rights = [*run.xs[1:], run.x1]
    inside = [at for at, (left, right) in enumerate(zip(run.xs, rights, strict=True)) if area.x0 <= (left + right) / 2 <= area.x1]
    if not inside:
        return [run]
    start, end = inside[0], inside[-1] + 1
    linked = _trimmed(run, start, end)
    if linked is None:
        return [run]
    linked.address = address
    return [piece for piece in (_trimmed(run, 0, start), linked, _trimmed(run, end, len(run.text))) if piece is not None]


def _trimmed(run: Run, start: int, end: int) -> Run | None:
    """The letters between two places without the spaces around them, which gaps give back."""
    while start < end and run.text[start].isspace():
        start += 1
    while start < end and run.text[end - 1].isspace():
        end -= 1
    return run.cut(start, end) if start < end else None
