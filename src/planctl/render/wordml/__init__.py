"""The steps of a Word file: open the office's template, fill it, tidy what came out, check that nothing is lost."""
