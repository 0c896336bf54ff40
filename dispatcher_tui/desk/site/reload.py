"""A site's folder while the desk runs: edits are taken over, a broken file changes nothing."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.problems import SiteError, SiteProblem

_READ = ("*.toml", "*/*.toml")
_Stamps = dict[str, tuple[int, int]]


def _stamps(folder: Path) -> _Stamps:
    """When each file was last written, and how long it is."""
    found: _Stamps = {}
    for pattern in _READ:
        for path in folder.glob(pattern):
            try:
                stat = path.stat()
            except OSError:
                found[str(path)] = (0, 0)  # Gone since it was listed: that is a change too.
            else:
                found[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return found


def _texts(site: SiteData) -> dict[str, str]:
    """The hash of every text of a site."""
    return {name: source.sha256 for name, source in site.sources.items()}


class SiteWatch:
    """Looks whether a site's files changed; ``problems`` is what keeps the last good data."""

    def __init__(self, site: SiteData) -> None:
        self._folder = site.folder
        # Nothing is taken for seen: what was edited while the desk started is found as well.
        self._seen: _Stamps = {}
        self._texts = _texts(site)
        self.problems: tuple[SiteProblem, ...] = ()

    def look(self) -> SiteData | None:
        """The site as edited, None where nothing changed or what is there cannot be used.

        It touches files alone, not the record, so any thread may call it.
        """
        now = _stamps(self._folder)
        if now == self._seen:
            return None
        self._seen = now
        try:
            found = load(self._folder)
        except SiteError as error:
            self.problems = error.problems
            return None
        self.problems = ()
        before, self._texts = self._texts, _texts(found)
        return found if self._texts != before else None
