"""Tools for whoever edits the content: check, preview, diff.

They hold conversations in memory, with a clock of their own; nothing of them is stored or sent.
"""
