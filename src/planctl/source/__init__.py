"""From the files of a project to plain trees in which every value knows its place."""
