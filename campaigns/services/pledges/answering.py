"""What the cell does with a pledge that came: confirms, returns, keeps the paper.

Source: docs/rules/pledges.md § 5.
"""

from functools import partial

from campaigns.models import PLEDGES
from campaigns.services.written import answering

confirm = partial(answering.confirm, PLEDGES)
give_back = partial(answering.give_back, PLEDGES)
acknowledge = partial(answering.acknowledge, PLEDGES)
record_paper = partial(answering.record_paper, PLEDGES)
