"""The fake is as strict as Telegram: PTB is told what Telegram would tell it."""
