"""For those who run Limber: what is kept safe, what is forgotten, and what may be counted.

Nothing here prints a chat id, an answer or a key.  Commands work beside a Limber that runs, unless
they say that it must be stopped.
"""
