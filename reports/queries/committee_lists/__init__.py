"""Lists of a committee, each from what its reader sees.

Source: docs/rules/documents.md § 14.
"""

from reports.queries.committee_lists.catalogue import KINDS as KINDS
from reports.queries.committee_lists.catalogue import list_of as list_of
from reports.queries.committee_lists.catalogue import request_of as request_of
