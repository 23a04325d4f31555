"""The commands of `kindblad`, one file per subject; each imports what it needs when it runs."""
