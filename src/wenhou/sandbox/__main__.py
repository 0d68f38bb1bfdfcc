"""`python -m wenhou.sandbox build DIR …` without the rest of the house."""

import argparse
import json
import sys

from wenhou.base.errors import WenhouError
from wenhou.sandbox.cli import add_commands


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--json"]
    parser = argparse.ArgumentParser(prog="wenhou")
    add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["sandbox", *words] if words[:1] != ["sandbox"] else words)
    try:
        print(json.dumps(arguments.handler(arguments), ensure_ascii=False, indent=1))
    except WenhouError as refusal:
        print(refusal.message, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
