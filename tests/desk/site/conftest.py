"""What tests of a site's files are given."""

from tests.desk.copies import paths

__all__ = ["paths"]
