"""The encoder and its heads, for training: PyTorch here, ONNX at run time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel

from dragoman.encode.components import SLOPE
from dragoman.encode.labels import NAME_TAGS
from dragoman.encode.pieces import GAPS, SHAPES

ARC_WIDTH, LABEL_WIDTH = 256, 64


class Encoder(nn.Module):
    """MiniLM, told how each word is written: what its lower-casing loses is added to the embeddings."""

    def __init__(self, base: Path, *, case: bool = True) -> None:
        super().__init__()
        # Eager attention: on processors its gradient is twice as fast as that of the fused one.
        self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        width = self.bert.config.hidden_size
        self.case = case
        self.shape = nn.Embedding(len(SHAPES), width)
        self.gap = nn.Embedding(len(GAPS), width)
        nn.init.zeros_(self.shape.weight)
        nn.init.zeros_(self.gap.weight)

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, gaps: Tensor) -> Tensor:
        vectors = self.bert.embeddings.word_embeddings(ids)
        if self.case:
            vectors = vectors + self.shape(shapes) + self.gap(gaps)
        hidden: Tensor = self.bert(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        return hidden


@dataclass(frozen=True)
class Labels:
    """What the heads tell apart."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    deps: tuple[str, ...]


@dataclass
class Reading:
    """What the network says of each word of a batch (words in one row)."""

    upos: Tensor
    xpos: Tensor
    feats: Tensor
    starts: Tensor
    names: Tensor
    arc_dependent: Tensor  # already times the arcs' matrix
    arc_head: Tensor
    label_dependent: Tensor
    label_head: Tensor


class Network(nn.Module):
    """One pass of the encoder, and a head for each thing that is read off it."""

    def __init__(self, encoder: Encoder, labels: Labels, *, drop: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.bert.config.hidden_size
        self.drop = nn.Dropout(drop)
        self.sizes = (len(labels.upos), len(labels.xpos), len(labels.feats), 1, len(NAME_TAGS))
        self.tags = nn.Linear(width, sum(self.sizes))  # one product for all that need no more
        self.arc_dependent = nn.Linear(width, ARC_WIDTH)
        self.arc_head = nn.Linear(width, ARC_WIDTH)
        self.arcs = nn.Linear(ARC_WIDTH, ARC_WIDTH)  # the matrix of the biaffine form, with its bias for heads
        self.label_dependent = nn.Linear(width, LABEL_WIDTH)
        self.label_head = nn.Linear(width, LABEL_WIDTH)
        self.labels = nn.Parameter(torch.randn(len(labels.deps), LABEL_WIDTH + 1, LABEL_WIDTH + 1) * 0.02)
        self.root_arc = nn.Parameter(torch.randn(ARC_WIDTH) * 0.02)
        self.root_label = nn.Parameter(torch.randn(LABEL_WIDTH) * 0.02)
        nn.init.xavier_uniform_(self.arcs.weight)

    def forward(
        self, ids: Tensor, mask: Tensor, shapes: Tensor, gaps: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, ...]:
        """first, last: where a word's first and last pieces lie in the batch laid out in one row."""
        hidden = self.encoder(ids, mask, shapes, gaps)
        row = hidden.reshape(-1, hidden.size(-1))
        words = self.drop((row[first] + row[last]) * 0.5)
        upos, xpos, feats, starts, names = self.tags(words).split(self.sizes, dim=-1)
        return (
            upos,
            xpos,
            feats,
            starts.squeeze(-1),
            names,
            self.arcs(self.drop(F.leaky_relu(self.arc_dependent(words), SLOPE))),
            self.drop(F.leaky_relu(self.arc_head(words), SLOPE)),
            self.drop(F.leaky_relu(self.label_dependent(words), SLOPE)),
            self.drop(F.leaky_relu(self.label_head(words), SLOPE)),
        )

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations of pairs of words: (pairs, relations)."""
        dependent = F.pad(dependent, (0, 1), value=1.0)
        head = F.pad(head, (0, 1), value=1.0)
        folded = torch.einsum("pd,rde->pre", dependent, self.labels)
        return torch.einsum("pre,pe->pr", folded, head)
