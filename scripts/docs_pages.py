"""The pages of the documentation site, put together from the repository's own pages for one language.

A page keeps its place on GitHub; here it gets its place on the site, and its links are written anew. The Chinese site
shows a page's Chinese edition, and where there is none the English one, which then says so.
"""

import base64
import json
import os
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent
CHINESE = ".zh-CN"
LANGUAGES = ("en", "zh")
ENGLISH_ONLY = "> **本页目前只有英文。**"
#: Pages outside docs/ and their names on the site.
OTHERS = {
    "README.md": "readme",
    "experiments/README.md": "experiments",
    "benchmarks/README.md": "benchmarks",
    "CONTRIBUTING.md": "contributing",
    "CHANGELOG.md": "changelog",
}
#: A Markdown link or picture: what stands before the address, the address, an anchor, and what closes it.
LINK = re.compile(r"(?P<mark>!?)\[(?P<text>[^\]]*)\]\((?P<path>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)")
FENCE = re.compile(r"^(```|~~~)")

type Keep = Callable[[str, bytes], str]  # keeps a picture under a name and returns its place


@dataclass(frozen=True)
class Page:
    """One page of the site. name: on the site, without ending; english, chinese: its editions in the repository."""

    name: str
    english: Path
    chinese: Path | None

    def source(self, language: str) -> Path:
        """The edition shown in a language."""
        return self.chinese if language == "zh" and self.chinese is not None else self.english


def pages(root: Path = ROOT) -> list[Page]:
    """Every page of the repository that the site shows, by name."""
    found = {}
    paths = [path for kind in ("*.md", "*.ipynb") for path in (root / "docs").rglob(kind)]
    for path in [*paths, *(root / name for name in OTHERS)]:
        if not path.stem.endswith(CHINESE):
            chinese = path.with_name(f"{path.stem}{CHINESE}{path.suffix}")
            name = site_name(path.relative_to(root).as_posix())
            found[name] = Page(name, path, chinese if chinese.exists() else None)
    return [found[name] for name in sorted(found)]


def site_name(path: str) -> str:
    """A page's name on the site, from its path in the repository in either language."""
    plain = path.replace(f"{CHINESE}.md", ".md")
    return OTHERS.get(plain) or PurePosixPath(plain).relative_to("docs").with_suffix("").as_posix()


class Stage:
    """A folder with the sources of the site in one language. both: whether the other language is built too, so that
    pages may link to it."""

    def __init__(self, folder: Path, language: str, both: bool, root: Path = ROOT) -> None:
        self.folder, self.language, self.both, self.root = folder, language, both, root
        self.pages = pages(root)
        self._by_path = {
            edition.relative_to(root).as_posix(): page
            for page in self.pages
            for edition in (page.english, page.chinese)
            if edition is not None
        }

    def write(self) -> None:
        """Every page of the repository."""
        for page in self.pages:
            source = page.source(self.language)
            text = from_notebook(source, self._keep) if source.suffix == ".ipynb" else source.read_text("utf-8")
            if self.language == "zh" and page.chinese is None:
                text = with_note(text, ENGLISH_ONLY)
            self.put(page.name, self._linked(text, page, source))

    def put(self, name: str, text: str) -> None:
        """A page of the site, under a name."""
        path = self.folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _keep(self, name: str, content: bytes) -> str:
        path = self.folder / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return f"pictures/{name}"

    def _linked(self, text: str, page: Page, source: Path) -> str:
        """A page's text with its links as the site needs them."""
        lines = []
        for line, fenced in lines_of(text):
            shown_line = line.replace("```csv", "```text")  # Pygments does not know CSV
            lines.append(shown_line if fenced else LINK.sub(lambda one: self._link(one, page, source), line))
        return "".join(lines)

    def _link(self, found: re.Match[str], page: Page, source: Path) -> str:
        path, anchor = found["path"], found["anchor"] or ""
        if not path or "://" in path or path.startswith("mailto:"):
            return found[0]
        if path.startswith("pictures/"):  # of a notebook, which the stage keeps
            return f"{found['mark']}[{found['text']}]({relative(path, page.name)})"
        target = posixpath.normpath(posixpath.join(source.parent.relative_to(self.root).as_posix(), path))
        if (other := self._by_path.get(target)) is not None:
            return self._page_link(found["text"], other, target, page, anchor)
        if not found["mark"] or not (self.root / target).is_file():  # sources and folders have no page of their own
            return f"{found['text']} (`{target}`)"
        shutil.copyfile(self.root / target, self._place_of(target))
        return f"{found['mark']}[{found['text']}]({relative(f'files/{target}', page.name)})"

    def _page_link(self, text: str, other: Page, target: str, page: Page, anchor: str) -> str:
        """A link to a page of this site, or of the site in the other language."""
        shown = other.source(self.language)
        if shown.relative_to(self.root).as_posix() == target or (self.language == "zh" and other.name != page.name):
            return f"[{text}]({relative(other.name, page.name)}.md{anchor})"
        language = "zh" if CHINESE in target else "en"
        if not self.both:
            return text
        return f'<a href="{relative(f"../{language}/{other.name}", page.name)}.html">{text}</a>'

    def _place_of(self, target: str) -> Path:
        place = self.folder / "files" / target
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def relative(path: str, page: str) -> str:
    """A place of the site as seen from a page."""
    return os.path.relpath(path, posixpath.dirname(page) or ".").replace(os.sep, "/")


def lines_of(text: str) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it is within a fenced block or opens or closes one."""
    inside = False
    for line in text.splitlines(keepends=True):
        edge = FENCE.match(line) is not None
        yield line, inside or edge
        inside = inside != edge


def with_note(text: str, note: str) -> str:
    """A page with a note under its title."""
    title, _, rest = text.partition("\n")
    return f"{title}\n\n{note}\n{rest}"


def from_notebook(path: Path, keep: Keep) -> str:
    """A notebook as a page: its text, its code, and what its cells print and show."""
    parts = []
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        parts += [part for one in cell["outputs"] for part in shown(one, f"{path.stem}-{number}", keep)]
    return "\n\n".join(parts) + "\n"


def shown(output: dict[str, object], name: str, keep: Keep) -> Iterator[str]:
    """What one output of a cell shows."""
    data = output.get("data", {})
    assert isinstance(data, dict)
    if "image/png" in data:
        content = data["image/png"]
        yield f"![]({keep(f'{name}.png', base64.b64decode(content if isinstance(content, str) else ''.join(content)))})"
    elif "image/svg+xml" in data:
        yield f"![]({keep(f'{name}.svg', ''.join(data['image/svg+xml']).encode())})"
    else:
        text = "".join(data.get("text/plain", output.get("text", "")))  # type: ignore[call-overload]
        if text.strip():
            yield f"```text\n{text.rstrip()}\n```"
