"""Where the real sources are, what a golden file is, and no network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--real", metavar="DIR", help="folder with the real sources, as --real=DIR (default: ../shared when it is there)"
    )
    parser.addoption("--regen", action="store_true", help="rewrite golden files and pins, and fail, so that somebody reads them")


settings.register_profile("quick", max_examples=40)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("default" if "thorough" in (config.option.markexpr or "").replace("not thorough", "") else "quick")
    given = config.getoption("--real")
    if given and not (Path(given) / "corpus").is_dir():
        raise pytest.UsageError(f"--real {given}: no folder 'corpus' in it")


@pytest.fixture(scope="session")
def real(request: pytest.FixtureRequest) -> Path:
    """The folder with `corpus/`, `gold/` and `inputs/`; tests that need it skip where it is absent."""
    given = request.config.getoption("--real")
    folder = Path(given).resolve() if given else REPOSITORY.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the real sources are not here; say where with --real=DIR")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare text with a reviewed file; `--regen` rewrites the file and fails."""

    def check(path: Path, actual: str) -> None:
        if request.config.getoption("--regen"):
            path.write_text(actual, encoding="utf-8", newline="\n")
            pytest.fail(f"wrote {path}; read it, then run without --regen")
        assert actual == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may reach beyond this machine; loopback stays for the browser's pipe."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        assert host in {"local", "127.0.0.1", "::1", "localhost"}, f"a test tried to reach {host}"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
