"""The recipe that makes the shipped English pipeline from data. Never imported by the package."""
