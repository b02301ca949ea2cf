"""The command line of this repository, as the training scripts call it: samples, distillation and rewards are the library's own.

It is built once. The environment variable AGENTS may name another one, for example "dotnet PUBLISHED/agents.dll".
"""

import os
import shlex
import subprocess
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = REPOSITORY / "hosts/Agents.Cli"


@cache
def words() -> tuple[str, ...]:
    given = os.environ.get("AGENTS")
    if given:
        return tuple(shlex.split(given))
    subprocess.run(["dotnet", "build", "-c", "Release", str(PROJECT), "--nologo", "-v", "quiet"], cwd=REPOSITORY, check=True)
    return ("dotnet", "run", "-c", "Release", "--no-build", "--project", str(PROJECT), "--")


def agents(*arguments, quiet: bool = False) -> None:
    """Runs `agents ARGUMENTS`; a failure says what the command said."""
    made = subprocess.run([*words(), *map(str, arguments)], cwd=REPOSITORY, stderr=subprocess.PIPE if quiet else None, text=True)
    if made.returncode:
        raise SystemExit(f"agents {arguments[0]} ended with {made.returncode}\n{made.stderr or ''}")


def sample(questions: Path, folder: Path, samples: int, out: Path, temperature: float = 1.0, seed: int = 0) -> None:
    agents("sample", questions.resolve(), "--model", f"embedded:{folder.resolve()}", "--samples", samples, "--temperature", temperature, "--seed", seed, "--parallel", 16, "--out", out.resolve(), quiet=True)
