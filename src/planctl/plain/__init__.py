"""Files of an office as plain text, for git to compare. In: the bytes of a file. Out: lines; never an error."""
