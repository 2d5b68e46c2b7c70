"""What is typed behind `limber`: each command parses its arguments, and others do the work.

Whatever a command does not need is imported where it is used: a start waits for nothing else.
"""
