"""Pain and own activities over time, as a picture or a part of a page; and the same in words."""

from bot.render.chart.axes import Area
from bot.render.chart.chart import activities, chart_png, panels
from bot.render.chart.words import chart_told

__all__ = ["Area", "activities", "chart_png", "chart_told", "panels"]
