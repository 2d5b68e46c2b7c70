"""The library's own way, made durable its own way: written down before each answer.

By default it writes every minute, and what was told since then is gone with the process.
"""

from __future__ import annotations

from tests.bench.library import main

if __name__ == "__main__":
    main(durable=True)
