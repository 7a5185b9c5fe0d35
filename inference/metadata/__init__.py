"""What a file tells of itself, apart from its sound."""
