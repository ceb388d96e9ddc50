"""A file's way in: received, its columns matched, its rows read, judged and brought in by a job, and taken back."""
