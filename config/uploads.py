"""How much of what a browser sends is kept on the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from members.spreadsheets.cells import ROLL_LIMITS

MOST_BYTES = ROLL_LIMITS.max_bytes  # nothing larger is read anywhere


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Store no more of a file than can be read; count the rest and drop it.

    Its size is the true one, so that the form can tell it beside the field.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data[: max(0, MOST_BYTES - start)])
