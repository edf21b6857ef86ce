"""Print a table of what a pipeline reaches: tags, parse, sentence bounds, names, speed, size.

usage: python -m training.measure [PIPELINE] [--data ../shared/data] [--against PIPELINE] [--json FILE]

--against: another pipeline, whose figures stand beside (the same one in full precision, say).
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language

from dragoman.annotate.pipeline import open_pipeline
from dragoman.evaluate.measure_model import measure_data, measure_names
from training import annotated

PACKAGED = Path("src/dragoman/models/en")


def real_texts(folder: Path, *, each: int) -> list[str]:
    """Read the first documents of each collection."""
    texts = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(each), lines, strict=False):
                texts.append(json.loads(line)["text"])
    return texts


def measure_speed(nlp: Language, texts: Iterable[str]) -> float:
    """Return tokens a second of the whole pipeline, by processor time: neighbours do not count."""
    texts = list(texts)
    for _ in nlp.pipe(texts[:5]):  # fill caches
        pass
    started = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return tokens / (time.process_time() - started)


def measure_bare_encoder(nlp: Language, texts: Iterable[str]) -> float | None:
    """Return tokens a second of the encoder's network alone, on the windows that the pipeline gives it.

    None where the pipeline is of another kind.
    """
    if "encoder" not in nlp.pipe_names:
        return None
    session = nlp.get_pipe("encoder").session
    run, inputs = session.run, []

    def keep(outputs: None, feed: dict[str, Any]) -> Any:
        inputs.append(feed)
        return run(outputs, feed)

    session.run = keep
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    session.run = run
    started = time.process_time()
    for feed in inputs:
        run(None, feed)
    return tokens / (time.process_time() - started)


def measure_read_names(nlp: Language, data: Path) -> dict[str, float]:
    """Return the F1 of each label on the sentences of real documents kept out of training, in per cent."""
    texts, _ = annotated.load_documents(data)
    examples = []
    for sentence in annotated.load(annotated.FOLDER / "names_eval.jsonl"):
        text = texts[sentence.doc][sentence.start : sentence.end]
        spans = {(start - sentence.start, end - sentence.start, label) for start, end, label in sentence.names}
        examples.append((text, spans))
    found = measure_names(nlp, examples, {label: label for label in annotated.LABELS})
    return {f"real sentences {label} F1": 100 * matches.f1 for label, matches in found.items()}


def size_of(folder: Path) -> float:
    """Return megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure(pipeline: Path, data: Path) -> dict[str, float]:
    """Return all figures by name."""
    started = time.process_time()
    nlp = open_pipeline(str(pipeline))
    nlp("It loads what it needs.")
    figures = {"load time, s": time.process_time() - started, "size, MB": size_of(pipeline)}
    figures |= measure_data(nlp, data)
    figures |= measure_read_names(nlp, data)
    texts = real_texts(data / "docs", each=60)
    figures["tokens a second, one core"] = measure_speed(nlp, texts)
    bare = measure_bare_encoder(nlp, texts)
    if bare is not None:
        figures["tokens a second, encoder alone"] = bare
        figures["whole pipeline to encoder alone"] = figures["tokens a second, one core"] / bare
    return figures


def show(figures: dict[str, float], others: dict[str, float] | None = None) -> None:
    """Print figures as a table, those of another pipeline beside."""
    for name, value in figures.items():
        other = f" {_figure(others[name]):>9}" if others and name in others else ""
        print(f"{name:<32} {_figure(value):>9}{other}")


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", type=Path, nargs="?", default=PACKAGED)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--against", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    figures = measure(options.pipeline, options.data)
    show(figures, measure(options.against, options.data) if options.against else None)
    if options.json:
        options.json.write_text(json.dumps({k: round(v, 2) for k, v in figures.items()}, indent=2) + "\n")


if __name__ == "__main__":
    main()
