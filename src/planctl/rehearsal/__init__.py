"""Trying the office's templates on a sample, before anything hangs on them."""
