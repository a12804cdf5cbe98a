"""`python -m kb` and the command `kb`."""

import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line; stopped from the keyboard while it still loads, it ends without a word and with 130."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from kb.cli.main import main as run  # noqa: PLC0415 - nearly all of the time to start goes into this

    try:
        if signal.getsignal(signal.SIGINT) is _end:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(130)


if __name__ == "__main__":
    main()
