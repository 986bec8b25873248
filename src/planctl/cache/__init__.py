"""What is kept between runs so that nothing is done twice: results under keys, and the digests of files.

Whatever stands here can be deleted at any time: it is made again. Nothing that is to be trusted rests on it.
"""
