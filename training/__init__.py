"""Arrays become a network, and the network becomes the file that the bot serves."""
