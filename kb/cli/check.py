"""`kb check`: what does not add up in sources, records and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from kb.cli.paths import NamedPath
from kb.errors import FindingsError, UsageError
from kb.model import Finding, encode
from kb.model.knowledge import Severity

if TYPE_CHECKING:
    from kb.check.digests import DigestReport


class Instead(TypedDict):
    """The options that ask for another check than that of the knowledge base."""

    originals: Path | None
    corpus: Path
    site: bool


SEVERITIES: dict[Severity, str] = {"error": "error(s)", "warning": "warning(s)", "info": "note(s)"}


@click.command("check")
@click.option("--kb", "directory", type=NamedPath(), default=Path("build"), show_default=True, help="what kb build made")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="keep this code, or those that begin so; may be repeated")
@click.option(
    "--digests",
    "originals",
    type=NamedPath(is_folder=True),
    help="folder of originals: compare our summaries with them instead",
)
@click.option("--corpus", type=NamedPath(), default=Path("corpus"), show_default=True, help="with --digests: the corpus")
@click.option("--site", is_flag=True, help="follow the links of the built site instead")
@click.option("--strict", is_flag=True, help="end with exit code 4 when there are errors or warnings")
@click.option("--json", "as_json", is_flag=True, help="write one finding a line as JSON")
def command(directory: Path, codes: tuple[str, ...], strict: bool, as_json: bool, **instead: Unpack[Instead]) -> None:
    """List what does not add up: words that were lost, citations without references, quotations that differ.

    A finding says nothing about who is right. Its code begins with E (error), W (warning) or I (information); the pages list
    all codes and what to do about each.
    """
    from kb.check import meanings  # noqa: PLC0415 - kb --help imports every verb's neighbours otherwise

    known = meanings()
    unknown = [code for code in codes if not any(one.startswith(code.upper()) for one in known)]
    if unknown:
        raise UsageError(f"no finding has a code like {unknown[0]!r}: the codes are {', '.join(known)}")
    findings = _found(directory, instead)
    kept = [finding for finding in findings if not codes or finding.code.startswith(tuple(code.upper() for code in codes))]
    if as_json:
        click.echo("\n".join(encode(finding).decode() for finding in kept), nl=bool(kept))
    else:
        click.echo("\n".join(listed(kept)), nl=bool(kept))
        click.echo("\n".join(summary(kept, known)), err=True)
    grave = [finding for finding in kept if finding.severity != "info"]
    if strict and grave:
        raise FindingsError(f"{len(grave)} error(s) or warning(s), and --strict: see above")


def _found(directory: Path, instead: Instead) -> Sequence[Finding]:
    originals = instead["originals"]
    if originals and instead["site"]:
        raise UsageError("--site and --digests are two checks: run one after the other")
    if originals:
        return _of_digests(instead["corpus"], originals)
    return _of_site(directory) if instead["site"] else _of_knowledge(directory)


def _of_knowledge(directory: Path) -> Sequence[Finding]:
    from kb.check import run_checks  # noqa: PLC0415 - as above
    from kb.store import open_generation  # noqa: PLC0415 - as above

    return run_checks(open_generation(directory))


def _of_site(directory: Path) -> Sequence[Finding]:
    from kb.check.site import check_site  # noqa: PLC0415 - as above
    from kb.store import SITE, whole_generation  # noqa: PLC0415 - as above

    whole_generation(directory)
    return list(check_site(directory / SITE))


def _of_digests(corpus: Path, originals: Path) -> Sequence[Finding]:
    from kb.check.digests import check_digests  # noqa: PLC0415 - as above

    report = check_digests(corpus, originals)
    click.echo(proportion(report), err=True)
    return report.findings


def proportion(report: DigestReport) -> str:
    """How much of our summaries rests on places that were compared."""
    return f"{report.proved} of {report.statements} statements are proved by their places in the originals"


def listed(findings: Sequence[Finding]) -> Iterator[str]:
    """Findings one a line: code, place, words, and what it is about."""
    for finding in findings:
        place = f" {finding.span.start}-{finding.span.end}" if finding.span else ""
        subject = f" [{finding.subject}]" if finding.subject else ""
        yield f"{finding.code} {finding.source_id or '(corpus)'}{place}: {finding.message}{subject}"


def summary(findings: Sequence[Finding], known: dict[str, str]) -> Iterator[str]:
    """How many of each code there are, in words, errors first."""
    if not findings:
        yield "nothing found"
        return
    severities = Counter(finding.severity for finding in findings)
    codes = Counter(finding.code for finding in findings)
    yield ", ".join(f"{severities[severity]} {words}" for severity, words in SEVERITIES.items() if severities[severity])
    for code in sorted(codes, key=lambda code: ("EWI".index(code[0]), code)):
        yield f"  {codes[code]:4} x {code}  {known.get(code, '')}"
