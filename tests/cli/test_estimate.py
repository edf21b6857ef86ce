"""Counting documents ahead, for the time left."""

from __future__ import annotations

import gzip
from pathlib import Path

from dragoman.cli.estimate import documents_in


def test_documents_in(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\nfile\n")
    (tmp_path / "b.jsonl").write_text("{}\n" * 5)
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 7))
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 9000)[:40])
    (tmp_path / ".hidden").write_text("x")
    inner = tmp_path / "deeper"
    inner.mkdir()
    (inner / "d.html").write_text("<p>x")
    assert documents_in([str(tmp_path / "b.jsonl")]) == 5
    assert documents_in([str(tmp_path / "c.jsonl.gz"), str(tmp_path / "a.txt")]) == 8
    assert documents_in([str(tmp_path / "*.txt"), str(tmp_path / "nothing*")]) == 1
    assert documents_in([str(tmp_path / "absent.jsonl")]) == 1
    whole = documents_in([str(tmp_path)])
    assert whole is not None
    assert whole >= 1 + 5 + 7 + 1 + 1
    assert documents_in([str(tmp_path), "-"]) is None
