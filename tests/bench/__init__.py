"""The promises of speed and memory, measured: `make bench`, or one of them: `python -m tests.bench P5`.

Nothing here is a test: figures depend on the machine and on what else it does, so they are printed
beside both, and ratios are taken against the same conversation written the library's own way.
"""
