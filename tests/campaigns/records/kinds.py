"""Records of each kind, as a form sends them."""


def discipline(**changes):
    return {
        "form": "WARNING",
        "ground": "RETALIATION",
        "body": "STANDING_COMMITTEE",
        "document": "Quyết định số 21-QĐ/HU",
        "on": "06/05/2024",
        **changes,
    }
