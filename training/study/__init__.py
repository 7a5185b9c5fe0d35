"""The study's trainings, repeated: clips become pictures, networks, curves and a report."""
