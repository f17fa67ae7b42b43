"""A results workbook on its way: uploaded, read, shown, confirmed, written.

`receiving` is what people do with an upload, `working` what a worker does; `reading`
takes a file apart, `telling` keeps what was found for the page: `notes` on the results,
`differences` to the registry; `ceilings` counts for the notes.
"""
