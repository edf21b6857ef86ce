"""PLOVER, CAMEO and sectors: codes that exist, values in range, types that agree with each other."""

import pytest

from dragoman.errors import VocabularyError
from dragoman.vocabulary import cameo, offices, organizations, plover, sectors
from dragoman.vocabulary.coding import QUAD_CLASSES, _code

SIXTEEN = [
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
]


def test_the_sixteen_types_in_four_quad_classes() -> None:
    assert list(plover().types) == SIXTEEN
    assert {kind.quad for kind in plover().types.values()} == set(QUAD_CLASSES)


def test_every_code_of_a_type_or_mode_exists_and_its_parent_too() -> None:
    for kind in plover().types.values():
        for code in (kind.cameo, *(mode.cameo for mode in kind.modes.values())):
            assert code in cameo()
    for code in cameo():
        assert len(code) == 2 or code[:-1] in cameo(), code


def test_every_code_maps_to_a_known_type_and_mode() -> None:
    for code in cameo().values():
        kind = plover()[code.plover_type]
        assert code.plover_mode is None or code.plover_mode in kind.modes, code


def test_conflict_is_negative_and_cooperation_positive() -> None:
    for name, kind in plover().types.items():
        if name == "REQUEST":
            continue  # CAMEO counts appeals as cooperation, PLOVER as verbal conflict
        for mode in (None, *kind.modes):
            assert (plover().goldstein(name, mode) > 0) == ("cooperation" in kind.quad), (name, mode)


@pytest.mark.parametrize(
    ("name", "mode", "code", "goldstein"),
    [
        ("CONSULT", "phone", "041", 1.0),
        ("CONSULT", "visit", "042", 1.9),
        ("AGREE", None, "030", 4.0),
        ("COERCE", "arrest", "173", -5.0),
        ("ASSAULT", "aerial", "195", -10.0),
        ("SUPPORT", "no such mode", "051", 3.4),
    ],
)
def test_type_and_mode_give_code_and_goldstein_value(
    name: str, mode: str | None, code: str, goldstein: float
) -> None:
    assert plover().code(name, mode) == code
    assert plover().goldstein(name, mode) == goldstein


@pytest.mark.parametrize(
    ("code", "row", "what"),
    [
        ("4x", ["a", 1.0, "AGREE"], "no CAMEO code"),
        ("040", ["a", 11.0, "AGREE"], "outside"),
        ("040", ["a", 1.0], r"must be \["),
        ("040", [3, 1.0, "AGREE"], "'name' must be text"),
    ],
)
def test_broken_code_names_the_entry(code: str, row: list[object], what: str) -> None:
    with pytest.raises(VocabularyError, match=f"cameo.yaml, entry '{code}'.*{what}"):
        _code(code, row)


def test_sectors_of_posts_and_bodies_exist_and_examples_hold_their_words() -> None:
    used = {post.sector for post in offices().posts.values()}
    used |= {field.sector for field in offices().portfolios.values()}
    used |= {body.sector for body in organizations()} | {pattern.sector for pattern in organizations().patterns}
    assert used <= set(sectors())
    for sector in sectors().values():
        stems = [word.removesuffix("y") for word in sector.words]
        assert not stems or any(stem in sector.example.lower() for stem in stems), sector
