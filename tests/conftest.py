"""Makes the shared builders of small and random graphs (tests/graphs.py) importable as ``graphs``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
