"""Receipts: what was asked, judged and advised at one moment, whole in itself."""

from flows.receipt.drafting import code_of, drafted
from flows.receipt.telling import code_in, told_whole, told_why, unknown
from flows.receipt.vocabulary import Question, Reason, Receipt

__all__ = [
    "Question", "Reason", "Receipt", "code_in", "code_of", "drafted", "told_whole", "told_why",
    "unknown",
]  # fmt: skip
