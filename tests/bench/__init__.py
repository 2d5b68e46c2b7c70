"""The promises of speed and memory, measured: `make bench`, or `python -m tests.bench P5` alone.

Nothing here is a test: figures depend on the machine and on what else it does, so they are printed
beside both, and ratios are taken against the same conversation written the library's own way.
"""
