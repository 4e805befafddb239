"""Build the documentation site: one folder for each language, which opens offline.

    uv run --group docs python scripts/build_docs.py --out build/docs
    uv run --group docs python scripts/build_docs.py --package

The second puts the site into the package, where `pingan docs` opens it; a wheel built afterwards carries it. Nothing of
it is committed. Any warning of Sphinx fails the build.
"""

import argparse
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docs_pages import LANGUAGES, ROOT, Stage
from docs_reference import reference_pages

from pingan_abm.texts.bilingual import Bilingual

PACKAGE_SITE = ROOT / "pingan_abm" / "site"
TITLE = Bilingual("Ping'an 365: co-governance in a city district", "“平安365”城区协同治理仿真")
#: The notebooks, in the order in which one climbs them.
LADDER = tuple(
    f"learn/{name}"
    for name in (
        "1-one-year",
        "2-over-whom",
        "3-one-lever",
        "4-a-study",
        "5-your-district",
        "6-what-nobody-knows",
    )
)
#: Sections of the site and their pages, in the order of the contents.
SECTIONS: tuple[tuple[Bilingual, tuple[str, ...]], ...] = (
    (Bilingual("Workshop", "研讨"), ("deciding", "workshop", "what-if")),
    (Bilingual("Learn", "学习"), ("learn/ten-minutes", *LADDER, "student", "teaching", "glossary")),
    (
        Bilingual("Research", "研究"),
        (
            "ODD",
            "central-study",
            "patterns",
            "validation",
            "experiments",
            "studies",
            "inference",
            "district",
            "records",
            "clusters",
        ),
    ),
    (
        Bilingual("Reference", "参考"),
        tuple(f"reference/{name}" for name in ("commands", "outcomes", "parameters", "columns", "files", "python")),
    ),
    (Bilingual("Explanation", "说明"), ("status", "decisions", "architecture", "faq")),
    (
        Bilingual("Cite and contribute", "引用和参与"),
        ("cite", "contributing", "extending", "changelog", "dependencies", "benchmarks", "readme"),
    ),
)
#: Sphinx's settings. Nothing is fetched from elsewhere: no fonts, scripts or badges.
SETTINGS = {
    "extensions": ["myst_parser"],
    "html_theme": "furo",
    "root_doc": "index",
    "author": "The pingan_abm authors",
    "myst_heading_anchors": 6,
    "highlight_language": "none",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_use_index": False,
    "smartquotes": False,
}


def contents(names: Sequence[str], language: str) -> str:
    """The site's contents as Sphinx reads them, for the end of the home page. Raises ValueError for a page that stands
    in no section."""
    listed = [name for _, members in SECTIONS for name in members]
    if lost := sorted(set(names) - {*listed, "index"}):
        raise ValueError(f"pages in no section of scripts/build_docs.py: {', '.join(lost)}")
    blocks = []
    for title, members in SECTIONS:
        lines = "\n".join(members)
        blocks.append(f"```{{toctree}}\n:hidden:\n:caption: {title.text(language)}\n\n{lines}\n```\n")
    reference = "\n".join(f"- [](<{name}.md>)" for name in SECTIONS[3][1])
    return f"\n## {SECTIONS[3][0].text(language)}\n\n{reference}\n\n" + "\n".join(blocks)


def build(out: Path, languages: Sequence[str] = LANGUAGES) -> None:
    """The site in these languages. Raises RuntimeError on any warning."""
    out.mkdir(parents=True, exist_ok=True)
    for language in languages:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Path(folder) / "source", language, both=len(languages) > 1)
            stage.write()
            names = [page.name for page in stage.pages]
            for name, text in reference_pages(language):
                stage.put(name, text)
                names.append(name)
            home = stage.folder / "index.md"
            home.write_text(home.read_text("utf-8") + contents(names, language), encoding="utf-8")
            shutil.rmtree(out / language, ignore_errors=True)
            run_sphinx(stage.folder, out / language, Path(folder) / "kept", language)
    (out / "index.html").write_text(choice(languages), encoding="utf-8")


def run_sphinx(source: Path, out: Path, kept: Path, language: str) -> None:
    """Turn the sources into pages, in a process of its own, for Sphinx cannot run twice in one. Raises RuntimeError on
    any warning."""
    title = TITLE.text(language)
    named = {"project": title, "html_title": title, "language": "zh_CN" if language == "zh" else "en"}
    lines = [f"{name} = {value!r}\n" for name, value in (SETTINGS | named).items()]
    (source / "conf.py").write_text("".join(lines), encoding="utf-8")
    words = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-d", str(kept)]
    done = subprocess.run([*words, str(source), str(out)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def choice(languages: Sequence[str]) -> str:
    """The first page, which asks for the language."""
    names = {"en": "English", "zh": "中文"}
    links = "\n".join(f'<p><a href="{one}/index.html">{names[one]}</a></p>' for one in languages)
    title = html.escape(TITLE.text(languages[0]))
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>{title}</title>\n<h1>{title}</h1>\n{links}\n'


def main() -> None:
    """Read the command line and build."""
    reader = argparse.ArgumentParser(description="Build the documentation site.")
    reader.add_argument("--out", type=Path, default=ROOT / "build" / "docs", help="folder to write")
    reader.add_argument("--lang", choices=LANGUAGES, help="one language only")
    reader.add_argument("--package", action="store_true", help="write into the package, for a wheel")
    given = reader.parse_args()
    out = PACKAGE_SITE if given.package else given.out
    build(out, [given.lang] if given.lang else LANGUAGES)
    sys.stdout.write(f"{out / 'index.html'}\n")


if __name__ == "__main__":
    main()
