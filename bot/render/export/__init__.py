"""Everything that is held of one user, as files in a zip: tables, all of it, and FHIR."""

from bot.render.export.zipped import zipped

__all__ = ["zipped"]
