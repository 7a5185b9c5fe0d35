"""Receiving updates by polling or webhook, and the queue in which they wait."""
