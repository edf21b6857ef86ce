"""What is read from files, folders, globs and streams, and how documents get their ids."""

from __future__ import annotations

from pathlib import Path

from dragoman.read import read

BODY = "The two foreign ministers met in the capital on Tuesday and agreed to reopen the border crossing."


def test_a_text_file_keeps_its_text_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(f"{BODY}\r\nThey will meet again.\r\n".encode())
    (document,) = read(path)
    assert document.text == f"{BODY}\nThey will meet again.\n"
    assert document.id == "note.txt"
    assert document.source == str(path)
    assert document.raw_sha256 is not None and len(document.raw_sha256) == 64
    assert document.language == "en"
    assert document.mended == ()
