"""Draw the sentences of the real documents that people annotate with names: a fixed seed gives the same ones.

usage: python -m training.sample_sentences eval|train [--data ../shared/data] [--gold ../shared/gold]
                                           [--seed 3] [--number N] [--apart-from FILE …] --output FILE

"eval" takes equal shares of the three agencies, years in turn, one sentence a document, a tenth of them without a
capital past the first word. "train" takes sentences dense with names and posts, each kind of line in turn, from
documents apart from those of the files named. Neither touches a document of the gold. The output holds offsets.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.annotated import load_documents

AGENCIES = ("kremlin", "state", "wh")
WITHOUT_NAMES = 10  # one sentence in so many has no capital past its first word
SHORTEST, LONGEST = 4, 60  # words

_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Sen|Rep|Reps|Sens|Gov|Amb|St|Jr|Sr|No|Nos|vs|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|etc|cf|e\.g|i\.e|a\.m|p\.m)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9])")
_CAPITAL_INSIDE = re.compile(r"(?<=[^\W_])[^\n]*?[ \u00a0(“\"«-](?!I\b)[A-Z]")

# What a line must show to count as one of a kind; a kind that is rare in the documents gets its turn all the same.
KINDS: dict[str, re.Pattern[str]] = {
    "speaker": re.compile(r"^(?:[A-Z][A-Z.’'-]+ ){1,3}[A-Z][A-Z’'-]+: |^[A-Z][\w ,’-]{8,70}: "),
    "capitals": re.compile(r"^[^a-z]*[A-Z]{4,}[^a-z]*$|^[A-Z][A-Z ,.()-]{8,}[—–-]"),
    "byline": re.compile(r"^[A-Z][\w.’-]+(?: [A-Z][\w.’-]*){1,4}, [A-Z][^.:;]{4,80}$"),
    "place line": re.compile(r"^[A-Z][\w’-]+(?: [A-Z][\w’-]+)*, [A-Z][\w.’-]+(?: [A-Z][\w’-]+)*$"),
    "list": re.compile(r"(?:[A-Z][\w’-]+ [A-Z][\w’-]+(?:,|;| and) .*){4,}"),
    "foreign letters": re.compile(r"[À-ÖØ-öø-ÿĀ-žƏəẠ-ỹ]"),
    "hyphenated": re.compile(
        r"\b(?:[A-Z]\w+-[A-Z]\w+|[Aa]l-[A-Z]\w+|bin [A-Z]\w+|[Aa]l [A-Z]\w+|von [A-Z]|van [A-Z])"
    ),
    "lower-case post": re.compile(
        r"\b(?:president|minister|ministers|chairman|governor|ambassador|director|secretary|head of|chief of|envoy"
        r"|commissioner|spokesman|chancellor|premier|mayor|speaker of)\b"
    ),
    "post and name": re.compile(
        r"\b(?:President|Minister|Secretary|Ambassador|Chairman|Governor|Chancellor|Director|Senator|Envoy|Advisor|Chief"
        r"|King|Emir|General|Representative|Commissioner)\b[^.]{0,60}[A-Z]\w+ [A-Z]\w+"
    ),
    "accord or event": re.compile(
        r"\b(?:[A-Z]\w+ )+(?:Treaty|Agreements?|Convention|Declaration|Protocol|Charter|Accords?|Memorandum|Summit"
        r"|Conference|Forum|Games|War|Day|Dialogue)\b"
    ),
}

# Kinds whose labels are rare: drawn by themselves with --seldom.
SELDOM: dict[str, re.Pattern[str]] = {
    "accord": re.compile(
        r"\b(?:[A-Z]\w+ )+(?:Treaty|Agreements?|Convention|Declaration|Protocol|Charter|Accords?|Compact|Pact"
        r"|Act)\b(?! of)"
    ),
    "event": re.compile(
        r"\b(?:[A-Z]\w+ )+(?:Summit|Conference|Forum|Games|War|Day|Dialogue|Congress|Festival|Championships?"
        r"|Assembly)\b"
    ),
    "place": re.compile(
        r"\b(?:Sea|Ocean|River|Lake|Islands?|Peninsula|Gulf|Straits?|Asia|Africa|Caucasus|Balkans|Arctic|Mountains?|Airport"
        r"|Palace|Square|Cathedral|Monastery|Church|Street|Air Base|Hall|Museum|Hemisphere|Siberia)\b"
    ),
    "faith or people": re.compile(
        r"\b(?:Muslim|Christian|Jew|Orthodox|Catholic|Buddhist|Hindu|Sikh|Arab|Kurd|Uyghur|Tibetan|Rohingya|Slav)\w*\b"
    ),
    "date": re.compile(
        r"\b(?:last|next|this|past|coming|recent|previous|early|late|mid)[ -](?:\w+ )?"
        r"(?:year|month|week|decade|centur)"
    ),
}


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into sentences by lines and closing marks; good enough to choose from, people read the result."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for mark in _END.finditer(text, line.start(), line.end()):
            if mark[0] == "." and _ABBREVIATED.search(text, start, mark.end()):
                continue
            yield _strip(text, start, mark.end())
            start = mark.end()
        yield _strip(text, start, line.end())


def sample_eval(
    documents: dict[str, str], *, years: dict[str, str], number: int, seed: int
) -> list[tuple[str, int, int]]:
    """Draw sentences for evaluation: agencies in equal shares, years in turn, one a document."""
    rng = random.Random(seed)
    chosen: list[tuple[str, int, int]] = []
    seen: set[str] = set()
    for place, agency in enumerate(AGENCIES):
        share = len(range(place, number, len(AGENCIES)))
        docs = _by_year_in_turn({doc: years[doc] for doc in documents if doc.startswith(f"{agency}-")}, rng)
        drawn = 0
        while drawn < share and (doc := next(docs, None)):
            text = documents[doc]
            named = drawn % WITHOUT_NAMES != 0
            free = [(s, e) for s, e in split_sentences(text) if _fits(text[s:e]) and text[s:e] not in seen]
            fitting = [(s, e) for s, e in free if bool(_CAPITAL_INSIDE.search(text[s:e])) == named]
            if fitting or free:
                start, end = rng.choice(fitting or free)
                seen.add(text[start:end])
                chosen.append((doc, start, end))
                drawn += 1
    return chosen


def sample_train(
    documents: dict[str, str],
    *,
    number: int,
    seed: int,
    texts_to_avoid: set[str],
    patterns: dict[str, re.Pattern[str]] = KINDS,
) -> list[tuple[str, int, int]]:
    """Draw sentences dense with names, each kind of line in turn, at most two from a document."""
    rng = random.Random(seed)
    by_kind: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    ids = sorted(documents)
    rng.shuffle(ids)
    for doc in ids[: len(ids) // 2]:  # half of the documents give far more than enough
        text = documents[doc]
        for start, end in split_sentences(text):
            sentence = text[start:end]
            if not _fits(sentence) or sentence in texts_to_avoid:
                continue
            kinds = [kind for kind, pattern in patterns.items() if pattern.search(sentence)]
            short = kinds and kinds[0] in ("capitals", "byline", "place line", "speaker")
            if kinds and (short or len(kinds) > 1 or rng.random() < 0.05):
                by_kind[rng.choice(kinds[:2])].append((doc, start, end))
    for found in by_kind.values():
        rng.shuffle(found)
    chosen: list[tuple[str, int, int]] = []
    taken: dict[str, int] = defaultdict(int)
    seen = set(texts_to_avoid)
    while len(chosen) < number and any(by_kind.values()):
        for kind in patterns:
            while by_kind[kind]:
                doc, start, end = by_kind[kind].pop()
                sentence = documents[doc][start:end]
                if taken[doc] < 2 and sentence not in seen:
                    taken[doc] += 1
                    seen.add(sentence)
                    chosen.append((doc, start, end))
                    break
    rng.shuffle(chosen)
    return chosen[:number]


def _by_year_in_turn(years: dict[str, str], rng: random.Random) -> Iterator[str]:
    """The documents, one of each year in turn."""
    by_year: dict[str, list[str]] = defaultdict(list)
    for doc in sorted(years):
        by_year[years[doc]].append(doc)
    for docs in by_year.values():
        rng.shuffle(docs)
    while any(by_year.values()):
        for year in sorted(by_year):
            if by_year[year]:
                yield by_year[year].pop()


def _fits(sentence: str) -> bool:
    return SHORTEST <= len(sentence.split()) <= LONGEST or bool(
        2 <= len(sentence.split()) < SHORTEST and KINDS["place line"].search(sentence)
    )


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def main() -> None:
    """Write the chosen sentences as lines of {"doc", "start", "end", "names": []}."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("use", choices=("eval", "train"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--apart-from", type=Path, nargs="*", default=[])
    parser.add_argument("--seldom", action="store_true", help="for train: kinds whose labels are rare")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    documents, years = load_documents(options.data)
    avoid_docs: set[str] = set()
    avoid_texts: set[str] = set()
    for path in options.apart_from:
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            avoid_docs.add(row["doc"])
            avoid_texts.add(documents[row["doc"]][row["start"] : row["end"]])
    for name in ("dev.jsonl", "train.jsonl", "seed.jsonl"):
        for row in map(json.loads, (options.gold / name).read_text(encoding="utf-8").splitlines()):
            avoid_docs.add(row["id"])
    free = {doc: text for doc, text in documents.items() if doc not in avoid_docs}
    if options.use == "eval":
        chosen = sample_eval(free, years=years, number=options.number, seed=options.seed)
    else:
        patterns = SELDOM if options.seldom else KINDS
        chosen = sample_train(
            free, number=options.number, seed=options.seed, texts_to_avoid=avoid_texts, patterns=patterns
        )
    with options.output.open("w", encoding="utf-8") as out:
        for doc, start, end in chosen:
            out.write(json.dumps({"doc": doc, "start": start, "end": end, "names": []}) + "\n")
    print(f"{len(chosen)} sentences from {len(free)} documents", file=sys.stderr)


if __name__ == "__main__":
    main()
