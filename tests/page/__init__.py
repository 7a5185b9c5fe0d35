"""The page as people meet it: headless Chromium with the real service behind it."""
