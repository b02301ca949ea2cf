"""Trains a model folder further on conversations in the format trl-messages, as `agents distill` writes it.

    python3 finetune.py --data trl-messages.train.jsonl --start ../embedded --out STUDENT --tokens 1000000

The user's text is put into the prompt under which the student will be asked.
"""

import argparse
import json
from pathlib import Path

import torch

import batches
import export
import model
import prompts
import shipped
import train


def rows(file: Path, tok, context: int, prompt: str) -> list:
    """The conversations as training rows; only the model's turn is learnt."""
    encoded = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            turns = [(m["role"], m["content"]) for m in json.loads(line)["messages"]]
            if [role for role, _ in turns] != ["user", "assistant"]:
                raise SystemExit(f"{file} line {number}: a question and an answer are expected, not {[role for role, _ in turns]}")
            row = batches.encode(tok, [*prompts.render(prompt, input=turns[0][1]), turns[1]])
            if len(row[0]) <= context:
                encoded.append(row)
    if not encoded:
        raise SystemExit(f"{file} holds no conversation that fits in {context} tokens")
    return encoded


def finetune(start: Path, data: Path, out: Path, tokens: int, seed: int, prompt: str = "Reasoning/ZeroShotCot", rate: float = 0.1, batch: int = 6144) -> int:
    """Writes the student's folder; returns how many conversations it was trained on."""
    out.mkdir(parents=True, exist_ok=True)
    train.keep_freed_memory()
    torch.manual_seed(seed)
    model.set_compute_type(torch.bfloat16)
    net, tok = shipped.load(start)
    encoded = rows(data, tok, net.c.context, prompt)
    # Batches draws without end; going through a shuffled order instead of drawing with replacement shows each row equally often.
    queue = []

    def draw(rng, _):
        if not queue:
            queue.extend(encoded)
            rng.shuffle(queue)
        return queue.pop()

    train.run(net, tok, draw, out, tokens, seed, 0.02 * rate, 0.004 * rate, batch, train.decay, check_every=tokens + 1)
    model.set_compute_type(torch.float32)
    export.write(net, tok, out, "int8")
    return len(encoded)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--start", type=Path, default=Path(__file__).parents[1] / "embedded", help="the model folder to start from")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--tokens", type=int, default=1_000_000, help="tokens to train on, padding included")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--rate", type=float, default=0.1, help="learning rate, as a share of the first training's")
    p.add_argument("--prompt", choices=prompts.SUPPORTED, default="Reasoning/ZeroShotCot")
    a = p.parse_args()
    print(json.dumps({"conversations": finetune(a.start, a.data, a.out, a.tokens, a.seed, a.prompt, a.rate)}))


if __name__ == "__main__":
    main()
