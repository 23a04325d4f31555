"""The studiewijzer: a week as parents read it, as the teacher writes it, and the message about it."""
