"""Speed, memory and start-up, measured by ``python -m benchmarks.run``."""
