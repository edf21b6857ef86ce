"""Runs the encoder over a text: one vector a word, the same whatever other texts are read before or after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from dragoman.encode.pieces import LINE_GAP, PADDING_SHAPE, Pieces, Row, cut_windows, lay_out
from dragoman.errors import ModelError

Floats = NDArray[np.float32]
NETWORK, VOCABULARY = "encoder.onnx", "vocab.txt"
_MOST_AT_ONCE = 1_024  # pieces in one run; more takes memory and saves no time


class Session:
    """The encoder in int8, read from the files of a pipeline.

    Weights are quantized ahead, activations while it runs, over all that is run together: so one text's windows
    are never run with another's, and a text's vectors depend on nothing but the text.
    """

    def __init__(self, network: bytes, vocabulary: bytes, *, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = ort.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises classes of its own that it does not export
            raise ModelError(f"the encoder does not load: {error}", where=NETWORK) from error
        self.run = session.run
        self.width = int(session.get_outputs()[0].shape[-1])  # of a vector
        self.pieces = Pieces(vocabulary)

    def encode(self, words: Sequence[str], gaps: Sequence[int]) -> Floats:
        """The vectors of a text's words, (words, width). gaps: what stands before each, an index into GAPS."""
        if not words:
            return np.zeros((0, self.width), np.float32)
        cut = [self.pieces.of(word) for word in words]
        lengths = [len(ids) for ids, _ in cut]
        windows = cut_windows(lengths, [gap == LINE_GAP for gap in gaps])
        rows = [lay_out(cut[first:end], gaps[first:end]) for first, end, _, _ in windows]
        vectors: list[Floats | None] = [None] * len(windows)
        for chosen in _share_runs([len(row.ids) for row in rows]):
            for number, found in zip(chosen, self._run_rows([rows[number] for number in chosen]), strict=True):
                first, _, keep, keep_to = windows[number]
                vectors[number] = found[keep - first : keep_to - first]
        return np.concatenate([found for found in vectors if found is not None])

    def _run_rows(self, rows: Sequence[Row]) -> list[Floats]:
        width = max(len(row.ids) for row in rows)
        size = (len(rows), width)
        ids, shapes = np.zeros(size, np.int64), np.full(size, PADDING_SHAPE, np.int64)
        gaps, mask = np.zeros(size, np.int64), np.zeros(size, np.int64)
        for number, row in enumerate(rows):
            length = len(row.ids)
            ids[number, :length], shapes[number, :length], gaps[number, :length] = row.ids, row.shapes, row.gaps
            mask[number, :length] = 1
        hidden = self.run(None, {"ids": ids, "mask": mask, "shapes": shapes, "gaps": gaps})[0]
        found: list[Floats] = [
            (hidden[number, row.first] + hidden[number, row.last]) * np.float32(0.5)
            for number, row in enumerate(rows)
        ]
        return found


def _share_runs(lengths: Sequence[int]) -> list[list[int]]:
    """Which windows are run together: those of like length, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    runs: list[list[int]] = []
    for number in order:
        longest = lengths[runs[-1][0]] if runs else 0
        if runs and longest * (len(runs[-1]) + 1) <= _MOST_AT_ONCE and lengths[number] >= 0.75 * longest:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
