"""
One module per command of ``touchmark``, listed in ``ops.cli``.

Each has ``add_arguments(parser)`` and ``run(options) -> int``, the exit code: 0 done, 1 done with refused rows or a
failed check, 2 unusable input or arguments (raise a ``TouchmarkError`` for that; its text is the one line people see).
Heavy imports happen in ``run``; a command that needs Django calls ``ops.django_setup.setup()`` there first, and imports
what needs Django after that.
"""
