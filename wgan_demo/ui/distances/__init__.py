"""The views of the Distances page: one question each about the same P, Q and theta.

A view is a module with `QUESTION`, a sentence, and `show(at)`, which draws all that stands below the numbers, from the
pictures to the code that ran and what to take away. parallel_lines has a P and Q of its own, and so `show()`. Controls
are bound to the link under keys that begin with "d_".
"""
