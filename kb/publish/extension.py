"""The Sphinx extension: reads the public view, adds the record pages, and puts our frame around every page."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from kb.errors import KbError
from kb.publish.catalogue import LISTS, Catalogue
from kb.publish.domain import KnowledgeDomain, domain_of, note_labels
from kb.publish.finding import write_pieces
from kb.publish.pages import all_pages, evaluation
from kb.publish.pages.page import Page, root_of
from kb.version import __version__

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from kb.evaluate.summary import Summary
    from kb.public import PublicView

HERE = Path(__file__).resolve().parent
BELONGS_TO = {
    "source": "sources",
    "passage": "sources",
    "condition": "conditions",
    "definition": "definitions",
    "claim": "claims",
    "work": "works",
}
"""The list each kind of record page belongs to."""
BEFORE_THEME = 400
"""Event priority: the theme adds its own values to a page at 500."""
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
COLLECTED = "kb_page"
_injected: ContextVar[PublicView | None] = ContextVar("kb_public_view", default=None)


@contextmanager
def injected(view: PublicView) -> Iterator[None]:
    """Sphinx applications made inside use `view` instead of reading the store."""
    token = _injected.set(view)
    try:
        yield
    finally:
        _injected.reset(token)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; called by Sphinx for `extensions = ["kb.publish.extension"]`."""
    app.add_config_value("kb_store", "build/kb.sqlite", "env", types=(str,))
    app.add_domain(KnowledgeDomain)
    app.connect("config-inited", settle_config)
    app.connect("builder-inited", load_catalogue)
    app.connect("env-get-outdated", reread_all)
    app.connect("html-collect-pages", collect_pages)
    app.connect("html-page-context", frame, priority=BEFORE_THEME)
    app.connect("build-finished", write_find_data)
    return {"version": __version__, "parallel_read_safe": False, "parallel_write_safe": True}


def settle_config(_app: Sphinx, config: Config) -> None:
    """What every site of ours has in common, so that a project's conf.py can stay short."""
    config.templates_path = [*config.templates_path, str(HERE / "theme")]
    config.html_static_path = [*config.html_static_path, str(HERE / "static")]
    config.html_css_files = ["kb.css", *config.html_css_files]
    config.html_sidebars = {
        "**": ["sidebar/brand.html", "sidebar/scroll-start.html", "sidebar/kb.html", "sidebar/scroll-end.html"]
    }
    config.html_theme_options = THEME_OPTIONS | config.html_theme_options
    config.smartquotes = False
    config.html_copy_source = False
    config.html_use_index = False
    config.html_domain_indices = False
    config.html_last_updated_fmt = None


THEME_OPTIONS: dict[str, Any] = {
    "light_css_variables": {
        "font-stack": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
        "color-brand-primary": "#0b5560",
        "color-brand-content": "#0b5560",
        "kb-quiet": "#5a6168",
        "kb-tint": "#eef5f5",
        "kb-ours": "#f6f1e4",
        "kb-mark": "#fff0b3",
        "kb-line": "#d8dee0",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7fd0d8",
        "color-brand-content": "#7fd0d8",
        "kb-quiet": "#a7b0b6",
        "kb-tint": "#1a2628",
        "kb-ours": "#2a261b",
        "kb-mark": "#5c4a00",
        "kb-line": "#3a4346",
    },
}


def load_catalogue(app: Sphinx) -> None:
    """Give the domain its catalogue (of the injected view, else of the store named in conf.py) and what kb eval kept."""
    view = _injected.get() or stored_view(Path(app.confdir) / app.config.kb_store)
    catalogue = Catalogue(view, app.config.html_baseurl)
    domain = domain_of(app.env)
    domain.catalogue, domain.evaluation = catalogue, kept_evaluation(app)
    note_labels(app.env, catalogue)
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False
        # Jinja would ask for every template, on every page, whether its file has changed.
        app.builder.templates.environment.auto_reload = False


def stored_view(path: Path) -> PublicView:
    """The public view of a built store.

    Without one the command ends with one line: `SystemExit`, because Sphinx wraps every other exception in a report of its own
    of twenty lines.
    """
    from kb.public import public_view  # noqa: PLC0415 - a build that injects its view has no need of it
    from kb.store import read_knowledge  # noqa: PLC0415 - as above

    if not path.exists():
        raise SystemExit(f"no knowledge base at {path}: run kb build, or set kb_store in conf.py")
    try:
        return public_view(read_knowledge(path))
    except KbError as error:
        raise SystemExit(f"{path}: {error}") from error


def reread_all(_app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]) -> list[str]:
    """Hand-written pages show titles and counts of records, so they are read again whenever anything is built."""
    return sorted(env.found_docs)


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The record pages, each with its finished body."""
    domain = domain_of(app.env)
    for page in (*evaluation.evaluation_pages(domain.catalogue, domain.evaluation), *all_pages(domain.catalogue)):
        yield page.name, page_context(page), "page.html"


def kept_evaluation(app: Sphinx) -> Summary | None:
    """What kb eval kept beside the pages; a damaged file ends the command with one line."""
    try:
        return evaluation.read_evaluation(Path(app.srcdir))
    except KbError as error:
        raise SystemExit(str(error)) from error


def write_find_data(app: Sphinx, failure: Exception | None) -> None:
    """What the find page searches, beside the pages."""
    if failure is None and isinstance(app.builder, StandaloneHTMLBuilder):
        write_pieces(domain_of(app.env).catalogue, Path(app.outdir))


def page_context(page: Page) -> dict[str, Any]:
    """What the theme needs for a page it has no document of. The theme escapes nothing, so the title is escaped here."""
    return {
        COLLECTED: page,
        "title": html.escape(page.title),
        "body": page.body,
        "toc": "",
        "display_toc": False,
        "meta": {"hide-toc": ""},
        "parents": [],
        "prev": None,
        "next": None,
        "sourcename": None,
        "page_source_suffix": "",
        "rellinks": [],
        "metatags": "",
    }


def frame(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None) -> None:
    """Navigation, head tags and footer, the same on hand-written and record pages."""
    domain = domain_of(app.env)
    catalogue = domain.catalogue
    page: Page | None = context.get(COLLECTED)
    context["metatags"] = head_tags(page, is_private=catalogue.view.is_private) + context.get("metatags", "")
    current = pagename if page is None else BELONGS_TO.get(pagename.partition("/")[0], pagename.partition("-")[0])
    lists = LISTS | ({evaluation.NAME: evaluation.TITLE} if domain.evaluation else {})
    context["kb_navigation"] = [(name, label, name == current) for name, label in lists.items()]
    context["kb_guides"] = guides(app) if page is not None else []
    context["kb_is_private"] = catalogue.view.is_private
    context["kb_documents"] = catalogue.document_count
    if page is not None:
        # Record pages stand outside every toctree: walking it for each of them would cost more than the page.
        context["toctree"] = lambda **_options: ""


def guides(app: Sphinx) -> list[tuple[str, str]]:
    """The top level of the hand-written pages: name and title."""
    root = app.config.root_doc
    titles = app.env.titles
    return [(name, titles[name].astext()) for name in app.env.toctree_includes.get(root, []) if name in titles]


def head_tags(page: Page | None, *, is_private: bool) -> str:
    """The tags for a page's head: policy, robots, description, and where a moved page went."""
    tags = [f'<meta http-equiv="Content-Security-Policy" content="{content_policy()}">']
    if is_private or (page is not None and not page.is_indexed):
        tags.append('<meta name="robots" content="noindex">')
    if page is not None and page.description:
        tags.append(f'<meta name="description" content="{html.escape(page.description)}">')
    if page is not None and page.moved_to:
        target = html.escape(root_of(page.name) + page.moved_to)
        tags.append(f'<meta http-equiv="refresh" content="0; url={target}">')
    return "\n    ".join(["", *tags, ""])


@cache
def content_policy() -> str:
    """A policy that lets a page load only what lies beside it, and run only the theme's one inline script."""
    base = (resources.files("furo") / "theme" / "furo" / "base.html").read_text(encoding="utf-8")
    hashes = "".join(f" 'sha256-{_digest(script)}'" for script in INLINE_SCRIPT.findall(base))
    return (
        f"default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; form-action 'self'; base-uri 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
