"""Commands of an operator: judge a file, and look whether all is well."""
