"""What single views of the page ask for, below /page-api."""
