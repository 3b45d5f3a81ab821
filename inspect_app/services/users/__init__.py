"""Deeds on accounts: signing in and out, one's own account, and administration."""

from inspect_app.services.users.administration import (
    add_user,
    change_user,
    close_user,
    create_user,
    invite_again,
    open_from_console,
    reopen_user,
    reset_second_factor,
    unlock_user,
)
from inspect_app.services.users.entry import (
    count_failure,
    end_session,
    is_locked,
    note_sign_in,
    refuse_stranger,
    take_counter,
)
from inspect_app.services.users.kept import discard_kept_form, keep_form
from inspect_app.services.users.own import (
    choose_language,
    make_recovery_codes,
    note_email_change,
    note_password_change,
    note_password_reset,
    note_recovery_code_used,
    note_reset_asked,
    note_second_factor_removed,
    note_second_factor_set,
    sign_out_everywhere,
)

__all__ = [
    "add_user",
    "change_user",
    "choose_language",
    "close_user",
    "count_failure",
    "create_user",
    "discard_kept_form",
    "end_session",
    "invite_again",
    "is_locked",
    "keep_form",
    "make_recovery_codes",
    "note_email_change",
    "note_password_change",
    "note_password_reset",
    "note_recovery_code_used",
    "note_reset_asked",
    "note_second_factor_removed",
    "note_second_factor_set",
    "note_sign_in",
    "open_from_console",
    "refuse_stranger",
    "reopen_user",
    "reset_second_factor",
    "sign_out_everywhere",
    "take_counter",
    "unlock_user",
]
