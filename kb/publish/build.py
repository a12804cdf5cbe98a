"""Builds the site of one public view: Sphinx in this process, on the project's pages or the packaged ones."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from kb.errors import StoreError
from kb.public import PublicView
from kb.store.generation import STAMP, stamp

SCAFFOLD = Path(__file__).resolve().parent / "scaffold"
LEFT_BY_SPHINX = (".buildinfo", ".buildinfo.bak", ".nojekyll")


def build_site(view: PublicView, project: Path | None, out: Path, generation: str) -> None:
    """Write the whole site to `out` and stamp it with `generation`.

    `project` holds `conf.py` and `site/`; None, or a folder without them, means the packaged scaffold. What a former build
    left in `out` goes first, and a build that fails leaves nothing there. Warnings of Sphinx are errors: `StoreError` with
    the first of them.
    """
    home = project if project and (project / "conf.py").is_file() and (project / "site").is_dir() else SCAFFOLD
    _clear(out)
    try:
        with tempfile.TemporaryDirectory(prefix="kb-doctrees-") as doctrees:
            _run_sphinx(view, home, out, Path(doctrees))
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise
    for name in LEFT_BY_SPHINX:
        (out / name).unlink(missing_ok=True)
    shutil.rmtree(out / "_sources", ignore_errors=True)
    stamp(out, generation)


def _clear(out: Path) -> None:
    if out.exists() and sorted(out.iterdir()) and not (out / STAMP).is_file():
        raise StoreError(f"{out} holds something that kb did not write: give another folder, or empty it")
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)


def _run_sphinx(view: PublicView, home: Path, out: Path, doctrees: Path) -> None:
    from sphinx.application import Sphinx  # noqa: PLC0415 - a second's worth of imports, for this step alone
    from sphinx.errors import SphinxError  # noqa: PLC0415 - as above
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: PLC0415 - as above

    from kb.publish.extension import injected  # noqa: PLC0415 - as above

    warnings = io.StringIO()
    try:
        with injected(view), patch_docutils(home), docutils_namespace():
            app = Sphinx(
                home / "site",
                home,
                out,
                doctrees,
                "html",
                confoverrides={"nitpicky": True},
                status=None,
                warning=warnings,
                freshenv=True,
            )
            app.build(force_all=True)
    except SphinxError as error:
        raise StoreError(f"the site was not written: {one_line(str(error))}") from error
    complaints = warnings.getvalue().strip()
    if complaints:
        raise StoreError(f"the site was not written: {one_line(complaints)}")


def one_line(complaints: str) -> str:
    """The first complaint, without colours and line breaks, and how many more there are."""
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    first = lines[0].replace("\x1b[31m", "").replace("\x1b[39;49;00m", "").replace("\x1b[91m", "") if lines else "no reason given"
    return f"{first} (and {len(lines) - 1} more lines)" if len(lines) > 1 else first
