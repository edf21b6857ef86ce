"""What tests share: the English pipeline, one text's way through the house, and the data beside the checkout."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# a property is true or false however busy the machine is
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

if TYPE_CHECKING:
    from dragoman.records import Records

ROOT = Path(__file__).resolve().parent.parent


def _find_shared() -> Path | None:
    """The nearest folder named "shared" above the checkout: ../shared, or higher up from a worktree."""
    candidates = (parent / "shared" for parent in ROOT.parents)
    return next((folder for folder in candidates if (folder / "RECORDS.md").is_file()), None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample readouts."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data beside the checkout. Without it a test is skipped; in CI its absence is a failure."""
    folder = _find_shared()
    if folder is not None:
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("CI must have the shared data at ../shared beside the checkout")
    pytest.skip("needs the shared data at ../shared beside the checkout")


@pytest.fixture(scope="session")
def nlp() -> Any:
    """The shipped English pipeline, or the one that DRAGOMAN_MODEL names, loaded once."""
    from dragoman.annotate import load_pipeline

    return load_pipeline(os.environ.get("DRAGOMAN_MODEL"))


@pytest.fixture(scope="session")
def process_text(nlp: Any) -> Callable[..., Records]:
    """``process_text(text, published=…, title=…)``: the records of one text, with the document they point into."""
    from dragoman.process import process
    from dragoman.read import parse_text
    from dragoman.records import Records

    def run(text: str, **known: Any) -> Records:
        document = parse_text(text, **known)
        [(read, records)] = process([document], nlp=nlp)
        return Records(list(records), [read])

    return run
