"""What leaves the program: the only room that writes files, and the one that fetches the office's templates."""
