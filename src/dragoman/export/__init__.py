"""Records and documents as people and programs want them: JSON lines, CSV, a terminal table, one HTML page.

Every writer takes (document, records) pairs and streams where its format allows: only the page, which opens with
an index, holds all of them.
"""

from __future__ import annotations

__all__: list[str] = []
