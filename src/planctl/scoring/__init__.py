"""Scores: what the actuals and the scale make of each item, and of all of them. In: the portfolio. Out: scorecards."""
