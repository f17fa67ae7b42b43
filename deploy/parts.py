"""Write the list of parts (SBOM) of a site, as CycloneDX; `make parts` calls it.

It is made of the lock file alone, so that it is the same wherever it is made and names
no host; the licences are those that the installed packages state.
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from importlib import metadata
from pathlib import Path

from deploy.locked import ROOT, RUNTIME, Part, parts_of

SPECIFICATION = "1.5"
_NAMESPACE = uuid.UUID("8f6f3c3a-0d0e-4b53-9f0c-6f3f8f0a5a11")


def main() -> int:
    """Write the list to where the argument says, `var/parts.cdx.json` else."""
    parser = argparse.ArgumentParser(prog="make parts", description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?", default=ROOT / "var/parts.cdx.json"
    )
    file = parser.parse_args().file
    lock = RUNTIME.read_text(encoding="utf-8")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(list_of(lock), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(parts_of(lock))} parts: {file}\n")
    return 0


def list_of(lock: str) -> dict[str, object]:
    """Return the list of parts of the text of a lock file, equal for equal locks."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, lock)}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": "tusoi", "name": "tusoi"}
        },
        "components": [_component(part) for part in parts_of(lock)],
    }


def _component(part: Part) -> dict[str, object]:
    address = f"pkg:pypi/{part.name}@{part.version}"
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": address,
        "name": part.name,
        "version": part.version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": each} for each in part.hashes],
    }
    if licence := _licence(part.name):
        component["licenses"] = [{"license": {"name": licence}}]
    return component


def _licence(name: str) -> str:
    """Return what the installed package says of its licence, in one line at most."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    stated = said.get_all("License-Expression") or said.get_all("License") or [""]
    lines = str(stated[0]).strip().splitlines()
    return lines[0] if len(lines) == 1 else ""


if __name__ == "__main__":
    sys.exit(main())
