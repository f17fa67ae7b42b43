"""Search the tree for keys, tokens and passwords; `make check` calls it.

It says where, and never what: the answer goes into logs. What only looks like a secret
says so in its line by the mark, with a reason.
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.locked import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "no-secret:"
LARGEST_BYTES = 2 * 2**20

# What each looks like wherever it stands.
SHAPES = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a key of Amazon": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token of GitHub": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    "a token of GitLab": re.compile(r"\bglpat-[\w-]{20,}"),
    "a token of Slack": re.compile(r"\bxox[abprs]-[\w-]{10,}"),
    "a token of PyPI": re.compile(r"\bpypi-[\w-]{50,}"),
    "a key of Google": re.compile(r"\bAIza[\w-]{35}\b"),
    "a signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a password in an address": re.compile(
        r"\b[a-z][a-z0-9+]*://[^\s/:@'\"]+:(?!…|change-me|password@|\{|\.\.\.)[^\s/:@'\"]{6,}@"
    ),
}
# What is given to a name like a secret's, if it is random enough to be one.
GIVEN = re.compile(
    r"(?i)(?:secret|password|passwd|token|api_?key|field_keys?)\w*[\"']?\s*[:=]\s*"
    r"[\"']?([^\s\"'#,;]{16,})"
)
LEAST_BITS = 3.5  # a letter; a word has fewer
OF_CODE = re.compile(r"[(\[{<$]|\.\w+\.|^\w+\.\w+$|^[a-z_]+$|change-me|example")


@dataclass(frozen=True)
class Finding:
    """Where something stands that looks like a secret."""

    path: str
    line: int
    kind: str


def main() -> int:
    """Say what was found; 1 if there is anything."""
    found = list(findings_in(ROOT))
    for finding in found:
        sys.stdout.write(f"{finding.path}:{finding.line}: {finding.kind}\n")
    if found:
        sys.stdout.write(f"If it is none, say so in its line: {MARK} and why.\n")
    return 1 if found else 0


def findings_in(root: Path) -> Iterator[Finding]:
    """Give what looks like a secret in the files that git has or would take."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=root, capture_output=True, check=True)
    for name in sorted(set(done.stdout.decode().split("\0")) - {""}):
        path = root / name
        if path.is_file() and path.stat().st_size <= LARGEST_BYTES:
            text = path.read_bytes().decode("utf-8", errors="replace")
            yield from findings_of(name, text)


def findings_of(name: str, text: str) -> Iterator[Finding]:
    """Give what looks like a secret in a text, line by line."""
    for number, line in enumerate(text.splitlines(), start=1):
        if MARK in line:
            continue
        for kind in kinds_in(line):
            yield Finding(name, number, kind)


def kinds_in(line: str) -> list[str]:
    """Return as what a line looks like a secret."""
    kinds = [kind for kind, shape in SHAPES.items() if shape.search(line)]
    if any(is_random(each) for each in GIVEN.findall(line)):
        kinds.append("something given to the name of a secret")
    return kinds


def is_random(text: str) -> bool:
    """Tell whether a text is too mixed for words or code."""
    if OF_CODE.search(text):
        return False
    counts = Counter(text)
    bits = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    return bits >= LEAST_BITS and any(map(str.isdigit, text))


if __name__ == "__main__":
    sys.exit(main())
