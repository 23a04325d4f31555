"""The tests: real databases, a real browser, official schemas; nothing of our own is mocked."""
