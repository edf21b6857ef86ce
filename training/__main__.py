"""Make the English pipeline: convert, train syntax and names, assemble, measure, write the card.

usage: python -m training [--data ../shared/data] [--gold ../shared/gold] [--work training/work]
                          [--output src/dragoman/models/en] [--only STEP …] [--again STEP …]

A step that has finished is not done again: delete its mark in the work folder, or name it with --again, which does
the steps after it again too. The two trainings run beside each other, one core each.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.tokens import DocBin

import training.augment  # noqa: F401  (registers the augmenter that the configurations name)
from training import assemble, card, measure, names, treebank, vectors

SEED = 20220425
VERSION = "0.1.0"
CONFIGS = Path(__file__).parent / "configs"
SYNTAX_ATTRS = ["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
NAME_ATTRS = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]


def convert_syntax(options: argparse.Namespace) -> None:
    """Treebanks to documents of running text."""
    nlp = spacy.blank("en")
    folder: Path = options.data / "treebank"
    train = treebank.documents(nlp.vocab, folder / "train.conllu.gz", seed=1)
    DocBin(attrs=SYNTAX_ATTRS, docs=train).to_disk(options.work / "syntax-train.spacy")
    dev = [
        doc
        for part in ("ewt-dev", "gum-dev")
        for doc in treebank.documents(nlp.vocab, folder / f"{part}.conllu.gz", seed=1)
    ]
    DocBin(attrs=SYNTAX_ATTRS, docs=dev).to_disk(options.work / "syntax-dev.spacy")


def convert_names(options: argparse.Namespace) -> None:
    """Mend, label and write sentences with names."""
    train, dev = names.build(options.data, options.gold, spacy.blank("en"), SEED)
    DocBin(attrs=NAME_ATTRS, docs=train).to_disk(options.work / "names-train.spacy")
    DocBin(attrs=NAME_ATTRS, docs=dev).to_disk(options.work / "names-dev.spacy")


def make_vectors(options: argparse.Namespace) -> None:
    """Word vectors from raw text."""
    vectors.build(options.data, options.gold, options.work / "vectors", SEED)


def train_one(part: str, work: Path) -> None:
    """Train one part in this process."""
    from spacy.cli.train import train

    paths: dict[str, str] = {f"paths.{split}": str(work / f"{part}-{split}.spacy") for split in ("train", "dev")}
    if part == "names":
        paths["paths.vectors"] = str(work / "vectors")
    train(CONFIGS / f"{part}.cfg", work / part, overrides=paths)


def train_both(options: argparse.Namespace) -> None:
    """Train syntax and names side by side, one thread each, with a log file each."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    running = []
    for part in ("syntax", "names"):
        if (options.work / part / "finished").exists():
            continue
        command = [sys.executable, "-m", "training", "--work", str(options.work), "--train", part]
        with (options.work / f"{part}.log").open("w") as log:
            running.append(subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT))
    codes = [process.wait() for process in running]  # wait for both, whichever fails first
    if any(codes):
        raise SystemExit(f"A training failed: see {options.work}/syntax.log and names.log.")


def put_together(options: argparse.Namespace) -> None:
    """Assemble the best of both."""
    nlp = assemble.assemble(options.work / "syntax" / "model-best", options.work / "names" / "model-best", VERSION)
    assemble.write(nlp, options.output)


def measure_all(options: argparse.Namespace) -> None:
    """Measure what was assembled."""
    figures = measure.measure(options.output, options.data)
    (options.work / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    measure.show(figures)


def write_card(options: argparse.Namespace) -> None:
    """Write the model card beside the pipeline's files."""
    card.write(options.output, json.loads((options.work / "figures.json").read_text()), VERSION)


STEPS: dict[str, Callable[[argparse.Namespace], None]] = {
    "convert-syntax": convert_syntax,
    "convert-names": convert_names,
    "vectors": make_vectors,
    "train": train_both,
    "assemble": put_together,
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
    parser.add_argument("--only", nargs="*", choices=STEPS, default=list(STEPS))
    parser.add_argument("--again", nargs="*", choices=STEPS, default=[])
    parser.add_argument("--train", choices=("syntax", "names"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.train:
        train_one(options.train, options.work)
        (options.work / options.train / "finished").touch()
        return
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
