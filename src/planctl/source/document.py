"""The plain tree of one file, with the place of every value.

In: what `reader.read` built. Out: `Document`, whose `span_of` leads from a path of keys and indexes back to the file.
"""
