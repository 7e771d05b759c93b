"""Writes the dashboards from source/, or with --check says which files are not as source/ would write them."""

import importlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
NAMES = ("overview", "server", "backend", "errors", "health", "exporter")

sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "source"))


def main():
    old = []
    for name in NAMES:
        text = json.dumps(importlib.import_module(name).DASHBOARD, indent=2, ensure_ascii=False) + "\n"
        path = HERE / f"{name}.json"
        if not path.exists() or path.read_text() != text:
            old.append(path.name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text)
    if old and "--check" in sys.argv[1:]:
        print(f"not as source/ makes it (python3 grafana-dashboards/make.py): {', '.join(old)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
