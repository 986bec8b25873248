"""Office files into plans: the register of what can be read, by what a file holds and not by what its name ends with.

In: the bytes of a file. Out: `OfficeFile`, or `PlanctlError` with one line that says what to do.
"""
