"""How Telegram's updates arrive, wait and are kept until they were dealt with."""
