"""What tasks do, one module for each job: bytes in, bytes out, in any process that has this version of planctl."""
