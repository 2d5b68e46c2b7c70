"""A guided session: what is in it (plan), and how it runs."""
