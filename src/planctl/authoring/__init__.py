"""YAML that planctl writes for authors to go on with. In: the portfolio. Out: texts; nothing here writes a file."""
