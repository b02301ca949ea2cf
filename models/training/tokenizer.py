"""The tokenizer: bytes, whole words, and added tokens (control tokens, tags, sentences of the shipped prompts).

Written as a Hugging Face tokenizer.json that the stock runtime loads: BPE with an empty merge table, so that a piece is
either one word of the vocabulary or single bytes. Digits are single tokens in natural order. This file holds the twin used
for training data, which must agree with the stock readers on everything the generator writes.
"""

import json
import random
import re
from collections import Counter
from pathlib import Path

import prompts

CONTROL = ("<|pad|>", "<|bos|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>")
TAGS = (
    "<think>", "</think>", "<step>", "</step>", "<answer>", "</answer>",
    "<question-", "</question-", "<candidate-", "</candidate-", "<before-", "</before-", "Verdict ", "Wait, that is wrong.",
)  # fmt: skip
PIECE = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def byte_alphabet() -> list[str]:
    """GPT-2's printable stand-ins for the 256 bytes."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table, extra = {}, 0
    for b in range(256):
        if b in kept:
            table[b] = chr(b)
        else:
            table[b] = chr(256 + extra)
            extra += 1
    return [table[b] for b in range(256)]


ALPHABET = byte_alphabet()


def as_bytes(text: str) -> str:
    return "".join(ALPHABET[b] for b in text.encode("utf-8"))


class Tokenizer:
    def __init__(self, words: list[str], added: list[str]):
        self.words, self.added = words, added
        self.control = {t: i for i, t in enumerate(CONTROL)}
        base = len(CONTROL)
        self.byte_ids = [base + b for b in range(256)]
        self.vocab = {as_bytes(w): base + 256 + i for i, w in enumerate(words)}
        first = base + 256 + len(words)
        self.added_ids = {t: first + i for i, t in enumerate(added)}
        self.size = first + len(added)
        self.pad, self.bos, self.end = (self.control[t] for t in CONTROL[:3])
        self.match = re.compile("|".join(re.escape(t) for t in sorted(added, key=len, reverse=True)))
        # As the stock readers spell: a single byte that is also a word is that word.
        self.byte_ids = [self.vocab.get(ALPHABET[b], i) for b, i in enumerate(self.byte_ids)]
        self.cache: dict[str, tuple[int, ...]] = {}
        self.texts = {i: t.encode() for t, i in [*self.control.items(), *self.added_ids.items()]}
        self.texts |= {base + b: bytes([b]) for b in range(256)}
        self.texts |= {base + 256 + i: w.encode() for i, w in enumerate(words)}

    def encode(self, text: str) -> list[int]:
        ids, at = [], 0
        for m in self.match.finditer(text):
            self._plain(text[at : m.start()], ids)
            ids.append(self.added_ids[m[0]])
            at = m.end()
        self._plain(text[at:], ids)
        return ids

    def _plain(self, text: str, ids: list[int]) -> None:
        for piece in PIECE.findall(text):
            known = self.cache.get(piece)
            if known is None:
                whole = self.vocab.get(as_bytes(piece))
                known = (whole,) if whole is not None else tuple(self.byte_ids[b] for b in piece.encode("utf-8"))
                if len(self.cache) < 200_000:
                    self.cache[piece] = known
            ids.extend(known)

    def decode(self, ids) -> str:
        return b"".join(self.texts[i] for i in ids).decode("utf-8", errors="replace")

    def prompt(self, turns) -> list[int]:
        ids = [self.bos]
        for role, text in turns:
            ids += [self.control[f"<|{role}|>"], *self.encode(text), self.end]
        return [*ids, self.control["<|assistant|>"]]

    def save(self, folder: Path) -> None:
        base = len(CONTROL)
        vocab = {t: i for t, i in self.control.items()}
        vocab |= {ALPHABET[b]: base + b for b in range(256)}
        # A word of one byte takes the byte's place as text; the byte's own id then has no text that could be read.
        vocab |= {f"<|byte{b}|>": vocab[ALPHABET[b]] for b in range(256) if ALPHABET[b] in self.vocab}
        vocab |= self.vocab
        vocab |= self.added_ids
        added = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": t in self.control} for t, i in [*self.control.items(), *self.added_ids.items()]]
        level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
        document = {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
            "pre_tokenizer": level, "post_processor": None, "decoder": level,
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": True, "vocab": vocab, "merges": []},
        }  # fmt: skip
        (folder / "tokenizer.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        config = {
            "tokenizer_class": "GPT2Tokenizer", "add_bos_token": False, "add_prefix_space": False, "clean_up_tokenization_spaces": False,
            "bos_token": "<|bos|>", "eos_token": "<|end|>", "pad_token": "<|pad|>", "chat_template": CHAT_TEMPLATE,
        }  # fmt: skip
        (folder / "tokenizer_config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# A last assistant turn stays open when no generation prompt is asked for: that is how a partial answer is continued.
CHAT_TEMPLATE = (
    "<|bos|>{%- for m in messages -%}{{- '<|' + m['role'] + '|>' + m['content'] -}}"
    "{%- if not (loop.last and m['role'] == 'assistant' and not add_generation_prompt) -%}{{- '<|end|>' -}}{%- endif -%}{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|assistant|>' -}}{%- endif -%}"
)


def build(seed: int = 1, samples: int = 40_000) -> Tokenizer:
    """Words are what the generator writes: every piece of letters or signs that is not rare."""
    import traces

    added = [*TAGS, *prompts.sentences()]
    for a in added:
        for b in added:
            if a != b and a[:-1] in b:
                raise ValueError(f"added token {a!r} stands inside {b!r}")
    bare = Tokenizer([], added)
    rng, seen = random.Random(seed), Counter()
    for _ in range(samples):
        for _, text in traces.sample(rng):
            for part in bare.match.split(text):
                seen.update(PIECE.findall(part))
    words = [w for w, n in seen.items() if n >= 12 and not any(c.isdigit() for c in w) and len(w.encode()) > 1 and not (len(w) > 2 and not w.strip(" ").isalpha()) and not re.fullmatch(r" ?[a-f]+", w)]
    words += [w for w in (" be", "be", " bad", " a", " x", " +", " -", " *", " /", " =", " ×", " ÷", "×", "÷") if w not in words]
    return Tokenizer(sorted(set(words)), added)


def load(folder: Path) -> Tokenizer:
    """Reads back what save wrote."""
    document = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    added = [t["content"] for t in document["added_tokens"] if not t["special"]]
    base, vocab = len(CONTROL) + 256, document["model"]["vocab"]
    names = sorted((i, t) for t, i in vocab.items() if base <= i <= max(vocab.values()) - len(added))
    table = {c: b for b, c in enumerate(ALPHABET)}
    return Tokenizer([bytes(table[c] for c in t).decode() for _, t in names], added)
