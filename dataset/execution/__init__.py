"""Long steps on several processes or machines, resumable."""
