"""Which spellings may name one person."""

from __future__ import annotations

import pytest

from dragoman.link.names import agree, block_keys, is_full, parts

ONE = {
    "transliteration": ("Volodymyr Zelenskyy", "Vladimir Zelensky"),
    "Cyrillic": ("Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"),
    "accents": ("Nguyễn Xuân Phúc", "Nguyen Xuan Phuc"),
    "order": ("Wei Fenghe", "Fenghe Wei"),
    "order, Japanese": ("Kishida Fumio", "Fumio Kishida"),
    "Arabic spelling": ("Abdulla bin Zayed", "Abdullah bin Zayed Al Nahyan"),
    "initial": ("K. Tokayev", "Kassym-Jomart Tokayev"),
    "middle initial left out": ("George Bush", "George W. Bush"),
    "glued initial": ("George W.Bush", "George W. Bush"),
    "short form": ("Joe Biden", "Joseph R. Biden, Jr."),
    "short form, Tony": ("Tony Blinken", "Antony J. Blinken"),
    "patronymic": ("Vladimir Vladimirovich Putin", "Vladimir Putin"),
    "Muhammad": ("Mohammed bin Salman", "Muhammad bin Salman Al Saud"),
    "last vowel": ("Alexander Lukashenko", "Aliaksandr Lukashenka"),
    "Shoigu": ("Sergei Shoigu", "Sergey Shoygu"),
}
TWO = {
    "middle initials differ": ("George W. Bush", "George H. W. Bush"),
    "family name": ("Vladimir Putin", "Vladimir Zelensky"),
    "given name": ("Joe Biden", "Jill Biden"),
    "father and son": ("Mohammed bin Salman Al Saud", "Salman bin Abdulaziz Al Saud"),
    "namesakes of the Gulf": ("Mohammed bin Salman", "Mohammed bin Zayed"),
    "numerals": ("Elizabeth II", "Elizabeth I"),
    "kings": ("Abdullah II", "Mohammed VI"),
    "initial and given name only": ("Joseph R.", "Joseph Biden"),
    "brothers": ("Raul Castro", "Fidel Castro"),
    "short names": ("Li Qiang", "Li Keqiang"),
}


@pytest.mark.parametrize(("a", "b"), ONE.values(), ids=ONE)
def test_spellings_of_one_name_agree(a: str, b: str) -> None:
    assert agree(parts(a), parts(b)) > 0.7
    assert agree(parts(a), parts(b)) == agree(parts(b), parts(a))


@pytest.mark.parametrize(("a", "b"), TWO.values(), ids=TWO)
def test_names_of_two_people_do_not(a: str, b: str) -> None:
    assert agree(parts(a), parts(b)) == 0
    assert agree(parts(b), parts(a)) == 0


@pytest.mark.parametrize(("a", "b"), ONE.values(), ids=ONE)
def test_full_names_that_agree_are_compared(a: str, b: str) -> None:
    if is_full(parts(a)) and is_full(parts(b)):
        assert block_keys(parts(a)) & block_keys(parts(b))
