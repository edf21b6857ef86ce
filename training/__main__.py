"""Make the English pipeline: collect names, adapt the encoder, train it with its heads, package, measure.

usage: python -m training [--data ../shared/data] [--gold ../shared/gold] [--work training/work]
                          [--output src/dragoman/models/en] [--only STEP …] [--again STEP …] [--threads 2]

A step that has finished is not done again: name it with --again, which does the steps after it again too. A
training that was stopped goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from dragoman.encode.tokenizer import make_tokenizer
from training import adapt, assemble, card, export, fit, measure, names
from training.base import find_base

SEED = 20220425
VERSION = "0.2.0"


def collect_names(options: argparse.Namespace) -> None:
    """Mend, label, write and read sentences with names."""
    language = spacy.blank("en")
    language.tokenizer = make_tokenizer(language)
    sources = names.collect(options.data, options.gold, language, SEED)
    (options.work / "names.pickle").write_bytes(pickle.dumps(sources))


def adapt_encoder(options: argparse.Namespace) -> None:
    """The encoder, used to the language of diplomacy."""
    adapt.adapt(find_base(), options.data, options.gold, options.work / "adapted.pt", threads=options.threads)


def train(options: argparse.Namespace) -> None:
    """The encoder and its heads, together."""
    sources = pickle.loads((options.work / "names.pickle").read_bytes())
    plan = fit.Plan(name="joint", encoder=options.work / "adapted.pt", threads=options.threads)
    fit.fit(plan, base=find_base(), treebank=options.data / "treebank" / "train.conllu.gz", sources=sources,
            work=options.work)  # fmt: skip


def package(options: argparse.Namespace) -> None:
    """Checkpoint to pipeline: int8 for use, full precision to compare."""
    checkpoint = options.work / "joint.pt"
    assemble.write(export.assemble(checkpoint, find_base(), VERSION), options.output)
    assemble.write(export.assemble(checkpoint, find_base(), VERSION, full_precision=True), options.work / "full")


def measure_all(options: argparse.Namespace) -> None:
    """All figures of the packaged pipeline."""
    figures = measure.measure(options.output, options.data)
    (options.work / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    measure.show(figures)


def write_card(options: argparse.Namespace) -> None:
    """Write the model card beside the pipeline's files."""
    card.write(options.output, json.loads((options.work / "figures.json").read_text()), VERSION)


STEPS: dict[str, Callable[[argparse.Namespace], None]] = {
    "names": collect_names,
    "adapt": adapt_encoder,
    "train": train,
    "package": package,
    "measure": measure_all,
    "card": write_card,
}


def main() -> None:
    """Run the steps that are not done yet."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--work", type=Path, default=Path("training/work"))
    parser.add_argument("--output", type=Path, default=Path("src/dragoman/models/en"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", nargs="*", choices=STEPS, default=list(STEPS))
    parser.add_argument("--again", nargs="*", choices=STEPS, default=[])
    options = parser.parse_args()
    if not options.data.is_dir():
        raise SystemExit(f"There is no data at {options.data}: name the folder with --data.")
    options.work.mkdir(parents=True, exist_ok=True)
    stale = False
    for name, step in STEPS.items():
        mark = options.work / f"{name}.done"
        stale = stale or name in options.again
        if name not in options.only or (mark.exists() and not stale):
            continue
        print(f"{name} …", flush=True)
        started = time.time()
        step(options)
        minutes = (time.time() - started) / 60
        mark.write_text(f"{minutes:.1f} minutes\n")
        print(f"{name} done in {minutes:.1f} minutes", flush=True)


if __name__ == "__main__":
    main()
