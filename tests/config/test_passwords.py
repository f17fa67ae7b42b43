"""Passwords that cannot be chosen are refused in the language of the page."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories import AccountFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("hoa sen", "Mật khẩu quá ngắn: cần ít nhất 12 ký tự."),
        ("nguyenvanan1", "Mật khẩu quá giống với tên đăng nhập."),
        ("password1234", "Mật khẩu này quá phổ biến."),
    ],
)
def test_each_refusal_is_in_vietnamese(password, why):
    account = AccountFactory(login="nguyenvanan", display_name="Nguyễn Văn An")

    with translation.override("vi"), pytest.raises(ValidationError) as refusal:
        validate_password(password, account)

    assert refusal.value.messages == [why]
