"""The catalogue: compiled from what is committed, complete, and chosen by the environment."""

import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pingan_abm.texts.i18n import DOMAIN, LOCALE, default_language, language_of, translator

FOLDER = LOCALE / "zh_CN" / "LC_MESSAGES"


def test_the_compiled_catalogue_is_fresh_and_complete() -> None:
    with (FOLDER / f"{DOMAIN}.po").open("rb") as opened:
        catalogue = read_po(opened, locale="zh_CN")
    for message in catalogue:
        assert message.string or not message.id, f"{message.id} has no Chinese"
        assert not message.fuzzy or not message.id, f"{message.id} is marked as doubtful"
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == (FOLDER / f"{DOMAIN}.mo").read_bytes()


def test_words_in_both_languages() -> None:
    text = "preparing the model, about 30 s, once per version"
    assert translator("en")(text) == text
    assert translator("zh_CN.UTF-8")(text).startswith("正在准备模型")
    assert translator("zh")("not in the catalogue") == "not in the catalogue"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "PINGAN_LANG": "zh"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_environment_chooses(variables: dict[str, str], language: str) -> None:
    assert default_language(variables) == language


def test_tags() -> None:
    assert [language_of(tag) for tag in ("zh-Hans", "ZH", "en_GB", "")] == ["zh", "zh", "en", "en"]
