"""What can be carried out anywhere: a module for each job, from the bytes of a task to those of its result.

Each has its line in `work.JOBS`. A job sees nothing but its content: no folder, no clock, no environment.
"""
