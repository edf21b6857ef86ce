"""Adapt the encoder to the language of diplomacy: masked words of the real documents, newswire and treebank.

Whole words are masked (15 %), their shape is not: the encoder learns to use it. What measures is left out.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
import torch.nn.functional as F
from torch import nn

from dragoman.encode.pieces import CLS, SEP, Pieces, cut_windows
from training.network import Encoder
from training.precision import autocast

MASK, VOCABULARY = 103, 30_522
SEED = 20220425
STEPS, BATCH = 750, 4096  # steps; pieces a step
RATES = (3e-4, 1e-3)  # of the pretrained weights, of the new ones

Word = tuple[tuple[int, ...], int, int]  # pieces, shape, gap


def read_texts(data: Path, gold: Path) -> Iterator[str]:
    """Yield texts: real documents but for those kept for measuring, newswire, treebank."""
    kept = {
        json.loads(line)["id"]
        for name in ("dev.jsonl", "seed.jsonl")
        for line in (gold / name).read_text(encoding="utf-8").splitlines()
    }
    measured = Path(__file__).parent / "annotations" / "names_eval.jsonl"
    kept |= {json.loads(line)["doc"] for line in measured.read_text(encoding="utf-8").splitlines()}
    for path in sorted((data / "docs").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                if document["id"] not in kept:
                    yield document["text"]
    with gzip.open(data / "treebank" / "train.conllu.gz", "rt", encoding="utf-8") as lines:
        held: list[str] = []
        for line in lines:
            if line.startswith("# text = "):
                held.append(line.removeprefix("# text = ").strip())
                if len(held) == 8:
                    yield " ".join(held)
                    held = []
    with gzip.open(data / "ner" / "gmb.conll.gz", "rt", encoding="utf-8") as lines:
        words: list[str] = []
        for line in lines:
            if line.strip():
                words.append(line.split()[0])
            elif len(words) > 80:
                yield " ".join(words)
                words = []


def make_windows(texts: Iterator[str], pieces: Pieces) -> list[list[Word]]:
    """Cut texts into windows of words: pieces, shape and gap of each."""
    tokenize = spacy.blank("en").tokenizer
    windows = []
    for text in texts:
        words: list[Word] = []
        gap = 2
        for token in tokenize(text[:60_000]):
            if token.is_space:
                gap = 2 if "\n" in token.text else max(gap, 1)
                continue
            ids, shape = pieces.of(token.text)
            words.append((ids, shape, gap))
            gap = 1 if token.whitespace_ else 0
        cuts = cut_windows([len(word[0]) for word in words], [word[2] == 2 for word in words])
        windows += [words[first:end] for first, end, _, _ in cuts if end - first > 8]
    return windows


def batches(windows: list[list[Word]], rng: random.Random, *, size: int) -> Iterator[tuple[torch.Tensor, ...]]:
    """Yield masked batches of about `size` pieces, windows of like length together; endless."""
    while True:
        order = sorted(range(len(windows)), key=lambda n: len(windows[n]) + rng.random() * 12)
        groups: list[list[int]] = [[]]
        held = 0
        for number in order:
            length = sum(len(word[0]) for word in windows[number]) + 2
            if held + length > size and groups[-1]:
                groups.append([])
                held = 0
            groups[-1].append(number)
            held += length
        rng.shuffle(groups)
        for group in groups:
            yield masked([windows[number] for number in group], rng)


def masked(windows: list[list[Word]], rng: random.Random) -> tuple[torch.Tensor, ...]:
    """Pad windows to one batch and mask 15 % of the words: ids, mask, shapes, gaps, targets (-100: not asked)."""
    rows: list[tuple[list[int], list[int], list[int], list[int]]] = []
    for words in windows:
        ids, shapes, gaps, targets = [CLS], [0], [2], [-100]
        for its_ids, shape, gap in words:
            drawn = rng.random()
            for place, number in enumerate(its_ids):
                shown = number
                if drawn < 0.12:
                    shown = MASK
                elif drawn < 0.135:
                    shown = rng.randrange(1000, VOCABULARY)
                ids.append(shown)
                shapes.append(shape)
                gaps.append(gap if place == 0 else 3)
                targets.append(number if drawn < 0.15 else -100)
        rows.append(([*ids, SEP], [*shapes, 0], [*gaps, 0], [*targets, -100]))
    longest = max(len(row[0]) for row in rows)
    columns = [
        torch.tensor([row[k] + [fill] * (longest - len(row[k])) for row in rows])
        for k, fill in enumerate((0, 11, 0, -100))
    ]
    mask = torch.tensor([[1] * len(row[0]) + [0] * (longest - len(row[0])) for row in rows])
    return columns[0], mask, columns[1], columns[2], columns[3]


class WordGuesser(nn.Module):
    """Guesses masked words: a transform, then the encoder's own word embeddings."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.bert.config.hidden_size
        self.transform = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))
        self.scale = nn.Parameter(torch.tensor(1.0))

    def forward(
        self,
        ids: torch.Tensor,
        mask: torch.Tensor,
        shapes: torch.Tensor,
        gaps: torch.Tensor,
        targets: torch.Tensor,
    ) -> torch.Tensor:
        hidden = self.encoder(ids, mask, shapes, gaps)
        asked = targets != -100
        guessed = self.transform(hidden[asked])
        logits = guessed @ self.encoder.bert.embeddings.word_embeddings.weight.T * self.scale + self.bias
        return F.cross_entropy(logits.float(), targets[asked])


def adapt(base: Path, data: Path, gold: Path, target: Path, *, steps: int = STEPS, threads: int = 2) -> None:
    """Train and write the encoder's weights to `target`; goes on from the checkpoint beside it if there is one."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    windows = make_windows(read_texts(data, gold), Pieces((base / "vocab.txt").read_bytes()))
    print(f"{len(windows):,} windows, {sum(map(len, windows)):,} words", flush=True)
    model = WordGuesser(Encoder(base))
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for n, p in model.named_parameters() if n.startswith("encoder.bert")], "lr": 0.0},
            {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder.bert")], "lr": 0.0},
        ],
        weight_decay=0.01,
        fused=True,
    )
    checkpoint = target.with_suffix(".checkpoint")
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["step"]
    started, lost = time.time(), 0.0
    rng = random.Random(SEED + done)
    for step, batch in enumerate(batches(windows, rng, size=BATCH), done + 1):
        if step > steps:
            break
        share = min(1.0, step / 100) * max(0.02, 1 - step / steps)
        for group, rate in zip(optimizer.param_groups, RATES, strict=True):
            group["lr"] = rate * share
        with autocast():
            loss = model(*batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        lost += loss.item()
        if step % 50 == 0:
            print(f"{step}/{steps} {time.time() - started:.0f} s loss {lost / 50:.3f}", flush=True)
            lost = 0.0
        if step % 200 == 0:
            save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, checkpoint)
    save(model.encoder.state_dict(), target)


def save(state: dict[str, object], target: Path) -> None:
    """Write beside the target, then put in its place at once: a stop in between loses nothing."""
    beside = target.with_suffix(target.suffix + ".new")
    torch.save(state, beside)
    beside.rename(target)
