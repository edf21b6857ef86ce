"""States, bodies, posts, honorifics: what forms name, and which forms must not."""

import pytest

from dragoman.errors import VocabularyError
from dragoman.vocabulary import honorifics, names_about, offices, organizations, states
from dragoman.vocabulary.geography import State, StateIndex
from dragoman.vocabulary.surfaces import phrases


@pytest.mark.parametrize(
    ("words", "iso3", "kind"),
    [
        ("Kazakhstan", "KAZ", "name"),
        ("NUR-SULTAN", "KAZ", "capital"),
        ("Akorda", "KAZ", "metonym"),
        ("the Kremlin’s", "RUS", "metonym"),
        ("the US", "USA", "name"),
        ("U.S.’s", "USA", "name"),
        ("the State Department", "USA", "institution"),
        ("Côte d’Ivoire", "CIV", "name"),
        ("the Hague", "NLD", "capital"),
        ("Burma", "MMR", "name"),
        ("ROK", "KOR", "name"),
        ("Emirati", "ARE", "demonym"),
        ("Turkiye", "TUR", "name"),
        ("Soviet", "SUN", "demonym"),
        ("Nigerien", "NER", "demonym"),
        ("Nigerian", "NGA", "demonym"),
        ("Dominicans", "DOM", "demonym"),
    ],
)
def test_form_names_a_state(words: str, iso3: str, kind: str) -> None:
    found = states().lookup(words)
    assert found is not None
    assert (found.iso3, found.kind) == (iso3, kind)


@pytest.mark.parametrize("words", ["us", "States", "polish", "turkey", "New Jersey", "", "the", "Ministry"])
def test_form_names_no_state(words: str) -> None:
    assert states().lookup(words) is None


@pytest.mark.parametrize("words", ["Georgia", "Jordan", "Jersey", "Chad", "Washington", "Sofia", "Brussels"])
def test_form_that_often_means_something_else_is_marked(words: str) -> None:
    found = states().lookup(words)
    assert found is not None
    assert found.ambiguous


@pytest.mark.parametrize(
    ("words", "iso3"),
    [
        ("U.S.-Polish", ["USA", "POL"]),
        ("Russia‒Kazakhstan", ["RUS", "KAZ"]),
        ("Kazakh-Chinese", ["KAZ", "CHN"]),
        ("Sino-Russian", ["CHN", "RUS"]),
        ("Russian-US", ["RUS", "USA"]),
        ("the U.S.-Japan-Korea", ["USA", "JPN", "KOR"]),
        ("Guinea-Bissau", []),
        ("Indo-Pacific", []),
        ("long-term", []),
        ("Kazakhstan", []),
        ("", []),
    ],
)
def test_compound_names_its_states_in_order(words: str, iso3: list[str]) -> None:
    assert [name.iso3 for name in states().compound(words)] == iso3


def test_codes_are_iso_3166() -> None:
    from iso3166 import countries

    known = {country.alpha3 for country in countries}
    withdrawn = {"SUN", "YUG", "SCG", "CSK", "DDR"}
    assert {state.iso3 for state in states()} - known - withdrawn - {"XKX"} == set()
    assert all((state.until is not None) == (state.iso3 in withdrawn) for state in states())
    assert all(state.capital != state.name for state in states())


def test_surface_form_claimed_by_two_states_is_refused() -> None:
    def state(iso3: str) -> State:
        return State(iso3, iso3.title(), ("Twinland",), (), (), {}, {}, frozenset())

    with pytest.raises(VocabularyError, match=r"states.yaml, entry 'BBB': 'Twinland' belongs to AAA already"):
        StateIndex({"AAA": state("AAA"), "BBB": state("BBB")})


def test_examples_and_counterexamples_of_states() -> None:
    table = states().surfaces()
    for state in states():
        for text in filter(None, (state.example, state.counter)):
            found = [table[text[start:end]] for start, end in phrases(text, table, longest=8)]
            sure = {item.iso3 for item in found if not item.ambiguous}
            assert (state.iso3 in sure) == (text == state.example), text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the EU", "European Union"),
        ("OSCE’s", "Organization for Security and Co-operation in Europe"),
        ("Daesh/ISIS", "Islamic State"),
        ("UN World Food Program", "World Food Programme"),
        ("the Houthis", "Houthis"),
    ],
)
def test_form_names_a_body(words: str, name: str) -> None:
    found = organizations().lookup(words)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("Chilean Ministry of Health", "GOV"),
        ("Russian Defence Ministry", "MIL"),
        ("Internal Affairs Ministry of Pakistan", "GOV"),
        ("Supreme Court of Mexico", "JUD"),
        ("U.S. troops", "MIL"),
        ("National Deer Association", None),
    ],
)
def test_national_body_is_known_by_the_pattern_of_its_name(words: str, sector: str | None) -> None:
    found = organizations().pattern(words)
    assert (found.sector if found else None) == sector


def test_bodies_belong_to_known_states_and_examples_hold() -> None:
    table = organizations().surfaces()
    for body in organizations():
        assert body.country is None or body.country in states(), body
        if body.example:
            found = {table[body.example[start:end]] for start, end in phrases(body.example, table, longest=12)}
            assert body in found
    for pattern in organizations().patterns:
        assert any(words in pattern.example for words in (*pattern.starts, *pattern.ends)), pattern


def test_every_post_and_modifier_matches_its_example() -> None:
    for post in offices().posts.values():
        found = offices().lookup(post.example)
        assert found is not None
        assert found.post is post, post.example
    for modifier in offices().modifiers.values():
        found = offices().lookup(modifier.example)
        assert found is not None
        lesser = found.level.startswith("deputy")  # "Deputy Minister" is a post of its own
        assert modifier.kind in found.modifiers or lesser or modifier.kind == "rank", modifier.example


@pytest.mark.parametrize(
    ("words", "level", "sector", "modifiers", "portfolio"),
    [
        ("Acting Deputy Minister of Foreign Affairs of Serbia", "deputy_minister", "GOV", ("acting",), None),
        ("Minister of National Defense", "minister", "MIL", (), None),
        ("Finance Minister", "minister", "GOV", (), "economy"),
        ("Labour and Social Development Minister", "minister", "GOV", (), "labour"),
        ("President-elect", "head_of_state", "GOV", ("coming",), None),
        ("former President", "head_of_state", "GOV", ("former",), None),
        ("Aide to the President", "adviser", "GOV", (), None),
        ("Ambassador to Spain", "diplomat", "GOV", (), None),
        ("UN Special Envoy", "envoy", "GOV", (), None),
    ],
)
def test_post_is_read(
    words: str, level: str, sector: str, modifiers: tuple[str, ...], portfolio: str | None
) -> None:
    found = offices().lookup(words)
    assert found is not None
    assert (found.level, found.sector, found.modifiers, found.portfolio) == (level, sector, modifiers, portfolio)


@pytest.mark.parametrize("words", ["the delegation", "Kazakhstan", "", "presidency of the council"])
def test_words_without_a_post(words: str) -> None:
    assert offices().lookup(words) is None


def test_plural_posts_are_known() -> None:
    for words in ("Heads of State", "foreign ministers", "Attorneys General", "secretaries", "Presidents"):
        found = offices().lookup(words)
        assert found is not None, words
        assert found.plural, words


def test_honorifics_hold_titles_and_ranks_and_no_particle() -> None:
    assert {"Mr.", "H.E.", "Sheikh", "Rear Admiral"} <= honorifics()
    assert not {"bin", "von", "al-"} & honorifics()
    assert {"bin", "van der"} <= names_about().particles
