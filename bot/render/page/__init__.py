"""One page for a professional: as a PDF to print, and as text to copy.

It repeats what its user told and was told, and draws no conclusion from it.
"""

from bot.render.page.telling import Covered, Section, page_told, sections

__all__ = ["Covered", "Section", "page_told", "sections"]
