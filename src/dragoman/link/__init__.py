"""Many documents, one story: who is who, which reports tell of the same thing, and what became of it."""

from __future__ import annotations

from dragoman.link.claims import Claim, Source
from dragoman.link.run import Linked, link_store
from dragoman.link.stories import Link, Reason, Step, Story, Value

__all__ = ["Claim", "Link", "Linked", "Reason", "Source", "Step", "Story", "Value", "link_store"]
