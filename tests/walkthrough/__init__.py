"""What people see, as pictures: `python -m tests.walkthrough OUT` talks with the real bot in all
languages and draws the phones of the three side by side, one PNG a step."""
