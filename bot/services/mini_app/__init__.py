"""An answer in Telegram's Mini App: who opened it, whether they may see it, and what there is."""
