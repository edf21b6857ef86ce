"""From a checkpoint to a pipeline that needs no PyTorch: encoder in ONNX with int8 weights, heads as arrays.

usage: python -m training.export CHECKPOINT --output FOLDER [--full-precision]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from spacy.language import Language

import dragoman.encode.components  # noqa: F401  (registers the components)
from dragoman.encode.labels import NAME_LABELS
from dragoman.encode.session import NETWORK, VOCABULARY
from dragoman.encode.tokenizer import make_tokenizer
from training.assemble import META, lemma_tables, write
from training.base import find_base
from training.network import Encoder, Labels, Network

Arrays = dict[str, NDArray[np.float32]]


def export_encoder(encoder: Encoder, target: Path, *, full_precision: bool) -> None:
    """Write the encoder as ONNX; weights in int8 by channel, but for what `_stays`; activations as it runs."""
    encoder.eval()
    ids = torch.randint(1000, 20000, (3, 17))
    inputs = (ids, torch.ones_like(ids), torch.ones_like(ids), torch.ones_like(ids))
    names = ["ids", "mask", "shapes", "gaps"]
    axes = {name: {0: "windows", 1: "pieces"} for name in [*names, "vectors"]}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            encoder, inputs, str(full), input_names=names, output_names=["vectors"], dynamic_axes=axes,
            dynamo=False, opset_version=17,
        )  # fmt: skip
        if full_precision:
            target.write_bytes(full.read_bytes())
        else:
            quantize_dynamic(
                str(full),
                str(target),
                weight_type=QuantType.QInt8,
                per_channel=True,
                nodes_to_exclude=[node.name for node in onnx.load(full).graph.node if _stays(node.name)],
            )


def _stays(name: str) -> bool:
    """Whether a product keeps its precision: what leaves the rectifier holds outliers that eight bits lose."""
    return "/output/dense/" in name and "/attention/" not in name


def head_arrays(network: Network, labels: Labels) -> dict[str, tuple[Arrays, dict[str, list[str]]]]:
    """The weights and labels of each head, as the components take them."""
    state = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    rows = np.split(state["tags.weight"].T, np.cumsum(network.sizes)[:-1], axis=1)
    biases = np.split(state["tags.bias"], np.cumsum(network.sizes)[:-1])
    tags = {
        kind: (rows[number], biases[number])
        for number, kind in enumerate(("upos", "xpos", "feats", "starts", "names"))
    }

    def of_tags(*kinds: str) -> Arrays:
        return {k: tags[k][0] for k in kinds} | {f"{k}_bias": tags[k][1] for k in kinds}

    def of_layers(*layers: str) -> Arrays:
        return {k: state[f"{k}.weight"].T for k in layers} | {f"{k}_bias": state[f"{k}.bias"] for k in layers}

    folded = state["labels"].transpose(1, 0, 2)  # [dependent, relation, head]
    parser = of_layers("arc_dependent", "arc_head", "arcs", "label_dependent", "label_head") | of_tags("starts")
    parser |= {"labels": folded.reshape(folded.shape[0], -1)}
    parser |= {"root_arc": state["root_arc"], "root_label": state["root_label"]}
    return {
        "tagger": (
            of_tags("upos", "xpos", "feats"),
            {"upos": list(labels.upos), "xpos": list(labels.xpos), "feats": list(labels.feats)},
        ),
        "ner": (of_tags("names"), {"names": list(NAME_LABELS)}),
        "parser": (parser, {"deps": list(labels.deps)}),
    }


def assemble(checkpoint: Path, base: Path, version: str, *, full_precision: bool = False) -> Language:
    """A pipeline of the encoder, the heads and lemmas from tables."""
    state = torch.load(checkpoint, weights_only=False)
    labels: Labels = state["labels"]
    network = Network(Encoder(base), labels)
    network.load_state_dict(state["network"])
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    encoder = nlp.add_pipe("dragoman_encoder", name="encoder")
    with tempfile.TemporaryDirectory() as folder:
        export_encoder(network.encoder, Path(folder) / NETWORK, full_precision=full_precision)
        (Path(folder) / VOCABULARY).write_bytes((base / "vocab.txt").read_bytes())
        encoder.from_disk(Path(folder))
    for name, factory in (("ner", "dragoman_names"), ("tagger", "dragoman_tagger"), ("parser", "dragoman_parser")):
        component = nlp.add_pipe(factory, name=name)
        component.weights, component.labels_of = head_arrays(network, labels)[name]
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=lemma_tables())
    for section in ("training", "corpora", "initialize", "pretraining", "paths", "system"):
        nlp.config.pop(section, None)
    nlp.meta.update(META | {"version": version})
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--full-precision", action="store_true")
    options = parser.parse_args()
    write(
        assemble(options.checkpoint, find_base(), "trial", full_precision=options.full_precision), options.output
    )


if __name__ == "__main__":
    main()
