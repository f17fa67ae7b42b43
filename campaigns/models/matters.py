"""The names of what people and units are reminded of."""

from django.utils.translation import gettext_lazy as _

from campaigns.reminding import Matter

# The names of matters, in the order of the year.
MATTERS = [
    (Matter.STUDY, _("Study")),
    (Matter.PROGRAMME, _("Action programme")),
    (Matter.CRITERIA, _("Criteria for the pledges")),
    (Matter.PLEDGE, _("Pledge")),
    (Matter.PEAK, _("Peaks")),
    (Matter.MEETING, _("Meeting of the month")),
    (Matter.SELF_REVIEW, _("Self-review")),
    (Matter.RESULTS, _("File with the results")),
]
