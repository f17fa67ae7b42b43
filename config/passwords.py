"""How passwords are hashed, and how long they are."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum: many people log in within the same ten minutes."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1


class LengthValidator(MinimumLengthValidator):
    """Django's, with a sentence that is also there in Vietnamese."""

    def get_error_message(self) -> str:
        return _("The password is too short: it needs at least %d characters.") % (
            self.min_length
        )
