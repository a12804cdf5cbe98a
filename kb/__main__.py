"""`python -m kb` is `kb`."""

from kb.cli.main import main

main()
