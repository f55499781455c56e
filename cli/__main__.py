"""``python -m bingdi.cli`` is ``bingdi``."""

from .main import main

main()
