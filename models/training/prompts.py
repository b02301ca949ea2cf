"""The shipped prompts, read from the repository's own folder and rendered as the library renders them."""

import html
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "prompts"
MESSAGE = re.compile(r'<message role="(\w+)">(.*?)</message>', re.S)
# Where a fixed text is cut: at tags, and so that no piece stands inside another (the runtime's tokenizer would miss the inner one).
CUT = re.compile(r"</?[a-z]+>|(?<=^A:)(?= )|(?<=Let's think step by step\.)(?= )|(?<=Better response:)(?= )")
SUPPORTED = (
    "Reasoning/Direct", "Reasoning/ZeroShotCot", "Reasoning/ZeroShotCotReason", "Reasoning/ZeroShotCotAnswer", "Reasoning/SupervisedCot",
    "Reasoning/SupervisedCotChinese", "Verify/Solution", "Verify/Answer", "Verify/Step", "Verify/FormYesNo", "Verify/AskAgain",
    "Refine/Revise", "Refine/Critique", "Refine/Compare",
)  # fmt: skip


def template(name: str) -> str:
    """Inside its message tags a prompt is XML text; none of the shipped ones spells a message tag there."""
    return html.unescape((ROOT / name / "skprompt.txt").read_text(encoding="utf-8"))


TEMPLATES = {name: template(name) for name in SUPPORTED}


def render(name: str, **values) -> list[tuple[str, str]]:
    """(role, text) of each message. Values are put in after the text is split, so that they cannot open a message."""
    text = TEMPLATES[name]
    sections, at = [], 0
    for m in MESSAGE.finditer(text):
        sections.append(("user", text[at : m.start()]))
        sections.append((m.group(1), m.group(2)))
        at = m.end()
    sections.append(("user", text[at:]))
    return [(role, fill(part.strip("\n"), values)) for role, part in sections if part.strip()]


def fill(text: str, values: dict) -> str:
    return re.sub(r"\{\{\$(\w+)\}\}", lambda m: str(values[m.group(1)]), text)


def sentences() -> list[str]:
    """The fixed pieces of the prompts, cut at variables, line ends and tags; each is worth a token of its own."""
    pieces = {}
    for text in TEMPLATES.values():
        text = re.sub(r"</?message[^>]*>", "\n", text)
        text = re.sub(r"</?(?:question|candidate|before|reference)-\{\{\$nonce\}\}>", "\n", text)
        for piece in re.split(r"\{\{\$\w+\}\}|\n", text):
            for part in CUT.split(piece):
                part = part.strip(" ")
                if len(part) >= 10 or any(ord(c) > 0x2E7F for c in part) and len(part) > 2:
                    pieces[part] = None
    return list(pieces)
