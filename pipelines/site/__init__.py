"""The site: static pages in Chinese and English from a release's database, for any web server or none.

Belongs here: pages, their words, what they load. Does not belong here: any number that the warehouse does not have, or
where the site stands in a release (`pipelines.publish`).
"""

from pipelines.site.write_site import DATABASE, build

__all__ = ["DATABASE", "build"]
