"""What leaves the program: the only room that writes files, has them printed, and fetches the office's templates."""
