"""The study of the twelve output formats: `python -m bioner_training.study --help`."""
