"""Two states of a project: what changed in the plans, and what that did to the scores."""
