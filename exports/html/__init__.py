"""The interactive page: one file that opens from disk and asks the network for nothing."""

from __future__ import annotations

from .page import render_html, write_html

__all__ = ["render_html", "write_html"]
