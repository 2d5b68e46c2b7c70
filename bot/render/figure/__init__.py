"""Figures: every exercise drawn by code from its poses, as a still picture and as a loop.

Exercises in, bytes out; the same content gives the same bytes.  Import this only when a picture is
wanted: it brings NumPy, resvg and PyAV with it.
"""
