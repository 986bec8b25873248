"""The history of a project in git: what was said of an item, when, and by whom."""
