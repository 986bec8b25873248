"""Building: the sheets of a project's plans and periods, in files, of which only those are made that have to be.

In: a project's folder and what is asked for. Out: files in the build folder, and what was written, kept, refused and
found. What a file was made from is recorded; a file stands as long as all of that, and itself, are as they were.
"""
