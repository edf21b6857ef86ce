"""Train the encoder and its heads together on syntax and names; resumes from its last checkpoint.

usage: python -m training.fit --work FOLDER --name TRIAL [--encoder FILE] [--passes 10] [--no-case] …

`python -m training` trains the pipeline that is shipped; this command tries another configuration.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dragoman.encode.pieces import NO_GAP, PADDING_SHAPE, Pieces, lay_out
from dragoman.evaluate import treebank
from training import examples
from training.adapt import save
from training.base import find_base
from training.examples import IGNORED, Stretch
from training.gmb import Labelled
from training.network import Encoder, Labels, Network
from training.precision import autocast

SEED = 20220425
ENCODER_RATE, HEADS_RATE = 1.5e-4, 1e-3
PASSES, BATCH = 8, 1100  # over the treebank; pieces a step, with padding


@dataclass(frozen=True)
class Plan:
    """One configuration."""

    name: str
    encoder: Path | None = None
    passes: int = PASSES
    rate: float = ENCODER_RATE
    threads: int = 2
    case: bool = True


def collect_labels(path: Path) -> Labels:
    """What the treebank tells apart, in the order of the alphabet."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    feats: Counter[str] = Counter()
    deps: Counter[str] = Counter()
    for sentence in treebank.read_conllu(path):
        upos.update(sentence.upos)
        xpos.update(sentence.xpos)
        feats.update(sentence.feats)
        deps.update(sentence.deps)
    return Labels(*(tuple(sorted(counts)) for counts in (upos, xpos, feats, deps)))


class Batcher:
    """Turns stretches into tensors."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces = pieces
        self.numbers = [
            {label: number for number, label in enumerate(names)}
            for names in (labels.upos, labels.xpos, labels.feats, labels.deps)
        ]

    def inputs(self, stretches: Sequence[Stretch]) -> tuple[Tensor, ...]:
        """Pad stretches: ids, mask, shapes, gaps, first, last."""
        rows = [lay_out(map(self.pieces.of, stretch.words), stretch.gaps) for stretch in stretches]
        width = max(len(row.ids) for row in rows)
        columns = [
            torch.tensor([row[k] + [fill] * (width - len(row[k])) for row in rows])
            for k, fill in enumerate((0, PADDING_SHAPE, NO_GAP))
        ]
        mask = torch.tensor([[1] * len(row.ids) + [0] * (width - len(row.ids)) for row in rows])
        first = torch.tensor([number * width + at for number, row in enumerate(rows) for at in row.first])
        last = torch.tensor([number * width + at for number, row in enumerate(rows) for at in row.last])
        return columns[0], mask, columns[1], columns[2], first, last

    def numbered(self, stretches: Sequence[Stretch], kind: int) -> Tensor:
        """Labels as numbers, words in one row; kind: 0 upos, 1 xpos, 2 feats, 3 deps."""
        table = self.numbers[kind]
        lists = [(s.upos, s.xpos, s.feats, s.deps)[kind] for s in stretches]
        return torch.tensor([table.get(label, IGNORED) for labels in lists for label in labels])


def syntax_loss(network: Network, batcher: Batcher, stretches: Sequence[Stretch]) -> Tensor:
    """Tags, sentence starts, arcs among the words of a sentence, relations of the true arcs."""
    upos, xpos, feats, starts, _, *arcs = (t.float() for t in network(*batcher.inputs(stretches)))
    loss = 0.5 * sum(
        F.cross_entropy(scores, batcher.numbered(stretches, kind), ignore_index=IGNORED)
        for kind, scores in enumerate((upos, xpos, feats))
    )
    begins = torch.tensor(
        [float(k == 0 or s.sentence[k] != s.sentence[k - 1]) for s in stretches for k in range(len(s.words))]
    )
    loss = loss + F.binary_cross_entropy_with_logits(starts, begins)
    with torch.autocast("cpu", enabled=False):
        scores, wanted = arc_scores(network, stretches, arcs[0], arcs[1])
        loss = loss + F.cross_entropy(scores, wanted)
        heads = head_vectors(network, stretches, arcs[3])
        relations = network.label_scores(arcs[2], heads)
        return loss + F.cross_entropy(relations, batcher.numbered(stretches, 3), ignore_index=IGNORED)


def arc_scores(
    network: Network, stretches: Sequence[Stretch], dependents: Tensor, heads: Tensor
) -> tuple[Tensor, Tensor]:
    """Scores of each word's possible heads (the root first), words in one row; and the true ones."""
    width = max(len(s.words) for s in stretches)
    sizes = [len(s.words) for s in stretches]
    d = nn.utils.rnn.pad_sequence(list(dependents.split(sizes)), batch_first=True)
    h = nn.utils.rnn.pad_sequence(list(heads.split(sizes)), batch_first=True)
    h = torch.cat([network.root_arc.expand(len(sizes), 1, -1), h], 1)
    scores = d @ h.transpose(1, 2)
    numbers = torch.tensor([s.sentence + [-1] * (width - len(s.sentence)) for s in stretches])
    same = numbers.unsqueeze(2) == numbers.unsqueeze(1)
    same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    scores = scores.masked_fill(~same, -1e4)
    real = numbers >= 0
    wanted = torch.tensor([head + 1 for s in stretches for head in s.heads])
    return scores[real], wanted


def head_vectors(network: Network, stretches: Sequence[Stretch], heads: Tensor) -> Tensor:
    """The vector of each word's true head."""
    offsets, total = [], 0
    for stretch in stretches:
        offsets += [0 if head < 0 else total + head + 1 for head in stretch.heads]
        total += len(stretch.words)
    return torch.cat([network.root_label.unsqueeze(0), heads])[torch.tensor(offsets)]


def names_loss(network: Network, batcher: Batcher, stretches: Sequence[Stretch]) -> Tensor:
    """Name tags where they are known."""
    scores = network(*batcher.inputs(stretches))[4].float()
    wanted = torch.tensor([number for s in stretches for number in s.names])
    return F.cross_entropy(scores, wanted, ignore_index=IGNORED)


def group(stretches: list[Stretch], pieces: Pieces, rng: random.Random, *, size: int) -> list[list[Stretch]]:
    """Stretches of like length together, about `size` pieces a batch with padding."""
    lengths = [examples.count_pieces(stretch, pieces) + 2 for stretch in stretches]
    order = sorted(range(len(stretches)), key=lambda n: lengths[n] * (1 + 0.15 * rng.random()))
    batches: list[list[Stretch]] = [[]]
    longest = 0
    for number in order:
        longest = max(longest, lengths[number])
        if batches[-1] and longest * (len(batches[-1]) + 1) > size:
            batches.append([])
            longest = lengths[number]
        batches[-1].append(stretches[number])
    batches = [batch for batch in batches if batch]
    rng.shuffle(batches)
    return batches


def plan_pass(
    number: int, passes: int, treebank_path: Path, sources: dict[str, list[Labelled]], pieces: Pieces
) -> Iterator[list[Stretch]]:
    """The batches of one pass: the treebank, what people annotated, and a share of the other names.

    In the last third of the passes there is less of those: what is right is read last.
    """
    rng = random.Random(SEED + number)
    syntactic = [examples.restyle(s, rng) for s in examples.syntax(treebank_path, rng=rng)]
    batches = group(syntactic, pieces, rng, size=BATCH)
    late = number >= passes * 2 / 3
    for source, sentences in sources.items():
        by_people = source.startswith("read")
        if by_people:
            chosen = sentences
        else:
            share = min(1.0, (0.35 if late else 1.0) * SHARES[source] / passes)
            blocks = [sentences[i : i + 20] for i in range(0, len(sentences), 20)]
            rng.shuffle(blocks)
            chosen = [s for block in blocks[: round(share * len(blocks))] for s in block]
        stretches = [examples.restyle(s, rng) for s in examples.names(chosen, rng=rng)]
        batches += group(stretches, pieces, rng, size=BATCH)
    rng.shuffle(batches)
    return iter(batches)


# How often a source is read in the whole training.
SHARES = {"newswire": 0.6, "gum": 1.0, "plain": 0.6, "silver": 0.4, "templates": 0.4}


def fit(plan: Plan, *, base: Path, treebank: Path, sources: dict[str, list[Labelled]], work: Path) -> Path:
    """Train and return the checkpoint, which holds all that packaging needs; goes on from where it stopped."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(SEED)
    labels = collect_labels(treebank)
    pieces = Pieces((base / "vocab.txt").read_bytes())
    batcher = Batcher(pieces, labels)
    encoder = Encoder(base, case=plan.case)
    if plan.encoder:
        encoder.load_state_dict(torch.load(plan.encoder))
    network = Network(encoder, labels)
    optimizer = make_optimizer(network)
    checkpoint = work / f"{plan.name}.pt"
    done, step, total = 0, 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        done, step, total = state["passes"], state["step"], state["total"]
    losses = Losses(time.time())
    for number in range(done, plan.passes):
        torch.manual_seed(SEED + number)
        batches = list(plan_pass(number, plan.passes, treebank, sources, pieces))
        total = total or round(len(batches) * plan.passes * (0.93 if sources else 1))
        print(f"pass {number + 1} of {plan.passes}: {len(batches)} batches", flush=True)
        for batch in batches:
            step += 1
            share = min(1.0, step / 300) * max(0.01, 1 - step / total)
            for group_, rate in zip(optimizer.param_groups, (plan.rate, HEADS_RATE), strict=True):
                group_["lr"] = rate * share
            kind = "syntax" if batch[0].parsed else "names"
            with autocast():
                loss = (syntax_loss if kind == "syntax" else names_loss)(network, batcher, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            losses.add(kind, loss.item(), step, total)
        save(
            {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "passes": number + 1,
                "step": step,
                "total": total,
                "labels": labels,
            },
            checkpoint,
        )
    return checkpoint


def make_optimizer(network: Network) -> torch.optim.Optimizer:
    """The pretrained weights in one group, those that begin from nothing in another.

    The vectors of the word pieces stay as they are: half of all weights, and rare words keep what they were.
    """
    network.encoder.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    old = list(network.encoder.bert.parameters())
    known = {id(parameter) for parameter in old}
    new = [parameter for parameter in network.parameters() if id(parameter) not in known]
    old = [parameter for parameter in old if parameter.requires_grad]
    return torch.optim.AdamW(
        [{"params": old, "lr": 0.0}, {"params": new, "lr": 0.0}], weight_decay=0.01, fused=True
    )


@dataclass
class Losses:
    """Prints the mean losses now and then."""

    started: float
    sums: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, loss: float, step: int, total: int) -> None:
        """Count one step."""
        self.sums[kind] += loss  # type: ignore[assignment]
        self.counts[kind] += 1
        if step % 200 == 0:
            told = " ".join(f"{k} {self.sums[k] / self.counts[k]:.3f}" for k in sorted(self.sums))
            print(f"{step}/{total} {time.time() - self.started:.0f} s {told}", flush=True)
            self.sums.clear()
            self.counts.clear()


def main() -> None:
    """Try one configuration."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the folder that holds names.pickle")
    parser.add_argument("--name", default="trial")
    parser.add_argument("--encoder", type=Path, help="weights of an adapted encoder")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--rate", type=float, default=ENCODER_RATE)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--read-only", action="store_true", help="names as people annotated them alone: quick")
    parser.add_argument("--no-case", action="store_true", help="do not tell the encoder how words are written")
    options = parser.parse_args()
    plan = Plan(options.name, options.encoder, options.passes, options.rate, options.threads, not options.no_case)
    sources = pickle.loads((options.work / "names.pickle").read_bytes())
    if options.read_only:
        sources = {name: held for name, held in sources.items() if name.startswith("read")}
    fit(plan, base=find_base(), treebank=options.data / "treebank" / "train.conllu.gz", sources=sources,
        work=options.work)  # fmt: skip


if __name__ == "__main__":
    main()
