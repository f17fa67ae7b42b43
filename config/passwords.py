"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's minimum: many people log in within the same ten minutes."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
