"""What is asked of findings once all of them are there: where they belong, which are the same, which are accepted."""
