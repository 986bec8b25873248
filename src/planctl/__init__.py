"""planctl: a compiler from plans in YAML to implementation reports in Word, Excel and HTML."""

__version__ = "0.1.0"
