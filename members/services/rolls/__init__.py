"""The roll as a workbook: compared with the registry, written into it, given out.

`comparing` says row by row what a file would do, `writing` does it, `telling` keeps it
for the page, `exporting` writes a workbook that can be sent again. That open campaigns
follow is seen to above, in `campaigns.services.rolls`.

Source: docs/rules/rolls.md § 7.
"""
