"""Records of each kind, as a form sends them."""


def departure(**changes):
    return {
        "kind": "RELIEVED",
        "post": "Bí thư chi bộ",
        "ground": "NOT_COMPLETED_TWO_YEARS",
        "body": "STANDING_COMMITTEE",
        "document": "Quyết định số 22-QĐ/HU",
        "on": "06/05/2024",
        **changes,
    }


def discipline(**changes):
    return {
        "form": "WARNING",
        "ground": "RETALIATION",
        "body": "STANDING_COMMITTEE",
        "document": "Quyết định số 21-QĐ/HU",
        "on": "06/05/2024",
        **changes,
    }
