"""What the readers of forum pages share: posts, their bodies and facts, the thread they make."""
