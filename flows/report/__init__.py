"""What Limber gives back: today, progress, a page for a professional, everything as files."""

from flows.report.machine import MACHINE, advance, begin, odd, read, view
from flows.report.vocabulary import EVENTS, Opened, Report

__all__ = ["EVENTS", "MACHINE", "Opened", "Report", "advance", "begin", "odd", "read", "view"]
