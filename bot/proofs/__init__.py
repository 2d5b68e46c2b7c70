"""What is proved of the content before it may be used, over the whole space of answers.

Nothing here judges anybody: the same condition trees that the core judges by are given to a solver,
or walked to the end.  Only `certificate` is needed by a running bot; the rest wants the solver,
which belongs to the development tools, and is imported when somebody proves.
"""
