"""Writes texts with their token ids, by which the managed reader is held to this one.

    python3 fixtures.py --folder ../embedded --out ../../tests/Agents.Models.Embedded.Tests/Shipped/tokens.jsonl
"""

import argparse
import json
import random
from pathlib import Path

import tokenizer
import traces

ODD = (
    "", " ", "  two  spaces  ", "\n\n", "\ttab", "<step", "<step></step>", "< step >", "Tom's 3 apples.", "don't", "1,234.5", "12x34", "a=-5", "((3+4)*2)-1",
    "ünïcödé", "七乘八", "😀 smile", "e\u0301", "<|end|>", "<|system|>x", "A bad bee", "ADD ADD", "  Tom", "Tom  ", "x\u00a0y", "Verdict 0a1b: yes",
)  # fmt: skip


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--folder", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--count", type=int, default=60, help="conversations drawn")
    a = p.parse_args()
    tok, rng, texts = tokenizer.load(a.folder), random.Random(11), dict.fromkeys(ODD)
    for _ in range(a.count):
        texts |= dict.fromkeys(text for _, text in traces.sample(rng))
    with a.out.open("w", encoding="utf-8") as out:
        for text in texts:
            print(json.dumps({"text": text, "ids": tok.encode(text)}, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
