"""Every vocabulary file keeps the contract: a header, unique keys, nothing that YAML would misread."""

from pathlib import Path

import pytest
import yaml

from dragoman.errors import VocabularyError
from dragoman.vocabulary.load import FOLDER, load_entries, load_list, load_words, load_yaml

FILES = sorted(FOLDER.glob("*.yaml"))


def duplicate_keys(node: yaml.Node | None) -> list[str]:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        found = sorted({key for key in keys if keys.count(key) > 1})
        return found + [item for _, value in node.value for item in duplicate_keys(value)]
    if isinstance(node, yaml.SequenceNode):
        return [item for value in node.value for item in duplicate_keys(value)]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_says_what_it_is_and_repeats_no_key(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = [line for line in text.splitlines()[:4] if line.startswith("# ")]
    assert header, "no header comment"
    assert "written by hand" in text[:3000].lower() or "source" in text[:3000].lower(), "header names no source"
    assert duplicate_keys(yaml.compose(text, Loader=yaml.CSafeLoader)) == []
    assert load_yaml(path.stem)


def test_words_that_yaml_would_take_for_truth_values_numbers_or_dates_stay_text(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(
        "a: [on, no, yes, 030, 2022-04-25]\nb: [true, 5, -7.4, null]\n", encoding="utf-8"
    )
    assert load_yaml("words", folder=tmp_path) == {
        "a": ["on", "no", "yes", "030", "2022-04-25"],
        "b": [True, 5, -7.4, None],
    }


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("a: [1\n", "words.yaml, line 2", ""),
        ("- a\n- b\n", "words.yaml", "mapping"),
        ("", "words.yaml", "mapping"),
        ("5: {name: x}\n", "words.yaml", "key 5"),
        ("KAZ: Kazakhstan\n", "words.yaml, entry 'KAZ'", "mapping"),
        ("KAZ: {nmae: Kazakhstan}\n", "words.yaml, entry 'KAZ'", "unknown field nmae"),
    ],
    ids=["broken", "list", "empty", "number key", "scalar entry", "misspelt field"],
)
def test_broken_file_is_reported_with_file_and_entry(tmp_path: Path, text: str, where: str, what: str) -> None:
    (tmp_path / "words.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        load_entries("words", fields=("name",), folder=tmp_path)
    assert caught.value.where == where
    assert what in caught.value.what


def test_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"words\.yaml: cannot be read"):
        load_yaml("words", folder=tmp_path)


@pytest.mark.parametrize(
    ("field", "method", "value"),
    [("name", "text", 5), ("names", "texts", [1]), ("names", "texts", "x"), ("map", "mapping", {"a": 1}),
     ("n", "number", "x"), ("n", "number", True), ("flag", "flag", "yes")],
)  # fmt: skip
def test_value_of_the_wrong_type_names_its_field(tmp_path: Path, field: str, method: str, value: object) -> None:
    (tmp_path / "words.yaml").write_text(yaml.safe_dump({"entry": {field: value}}), encoding="utf-8")
    entry = load_entries("words", fields=(field,), folder=tmp_path)["entry"]
    with pytest.raises(VocabularyError, match=f"words.yaml, entry 'entry': '{field}' must be"):
        getattr(entry, method)(field)


def test_word_lists_are_sets_of_text_but_for_the_parts_left_out(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text('small: [of, on]\nexamples: ["He left."]\n', encoding="utf-8")
    assert load_words("words", folder=tmp_path, but=("examples",)) == {"small": frozenset({"of", "on"})}
    (tmp_path / "broken.yaml").write_text("small: {of: on}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"broken\.yaml, entry 'small': 'small' must be a list of text"):
        load_words("broken", folder=tmp_path)


def test_a_list_of_anything_but_entries_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.yaml").write_text("- {name: a}\n- {name: b}\n", encoding="utf-8")
    assert load_list("rows", folder=tmp_path) == [{"name": "a"}, {"name": "b"}]
    (tmp_path / "broken.yaml").write_text("- a\n- b\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"broken\.yaml: must be a list of mappings"):
        load_list("broken", folder=tmp_path)
