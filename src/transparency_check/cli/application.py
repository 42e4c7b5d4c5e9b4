"""The command group: every mistake ends as one line on stderr and an exit code, never as a traceback."""

from __future__ import annotations

import difflib
import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..errors import ConfigurationError, TransparencyCheckError, UsageError
from ..harmless import plain
from ..messages import language, system, text
from ..report import EXIT_INTERRUPTED, EXIT_PIPE, EXIT_RULE_FAILED, EXIT_USAGE
from ..terminal import say, speak_utf8, tell
from . import completing
from .worded import Group

_DEBUG = "TRANSPARENCY_CHECK_DEBUG"
# What the database raises, which is not imported for this; and what it says where Ctrl-C ends a statement.
_OUT_OF_MEMORY = "OutOfMemoryException"
_STATEMENT_INTERRUPTED = "Query interrupted"
# What the system says of an output that takes no more.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class CommandGroup(Group):
    """A group that names the nearest command for a wrong one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            message = text("error.command", name=args[0])
            if near := difflib.get_close_matches(
                args[0].casefold(), self.list_commands(ctx), n=1, cutoff=0.5
            ):
                message = text("nearest", message=message, name=near[0])
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


def _language(args: Sequence[str]) -> str | None:
    """The tag of the language that is asked for, if one is. Raises ``UsageError`` for a name of none."""
    if (found := language.asked(args)) is None:
        return None
    where, name = found
    if (tag := language.tag(name)) is not None:
        return tag
    message = text("error.language", where=where, name=name, names=", ".join(language.LANGUAGES))
    near = language.nearest(name)
    raise UsageError(text("nearest", message=message, name=near) if near else message)


class Application(CommandGroup):
    """The whole program as one group."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run in the language that is asked for, and leave with the exit code of the command.
        ``standalone_mode=False`` returns it instead.
        """
        speak_utf8()
        with language.speaking(language.ENGLISH):
            code = self._run(args, prog_name, complete_var, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self, args: Sequence[str] | None, prog_name: str | None, complete_var: str | None, **extra: Any
    ) -> int:
        """Run, and give the exit code."""
        code: Any
        if (instruction := completing.asked()) is not None:
            return completing.answered(self, instruction)
        try:
            if (tag := _language(sys.argv[1:] if args is None else args)) is not None:
                language.speak(tag)
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            # What is still in the buffer may fail, too.
            try:
                sys.stdout.flush()
            except BrokenPipeError:
                discard_rest()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.UsageError as error:
            code = _usage(error)
        except click.ClickException as error:
            say(plain(error.format_message()))
            code = error.exit_code
        except TransparencyCheckError as error:
            # The defects of a pack or configuration stand on lines of their own; else a line break can only
            # come from a name.
            say(str(error) if isinstance(error, ConfigurationError) else plain(str(error)))
            code = error.exit_code
        except (KeyboardInterrupt, click.Abort):
            tell(text("error.interrupted"), aside=True)
            code = EXIT_INTERRUPTED
        except (BrokenPipeError, SystemExit):
            # click leaves so where a pipe was closed. What a command had still to say is not known.
            discard_rest()
            code = EXIT_PIPE
        except Exception as error:
            if isinstance(error, RuntimeError) and str(error) == _STATEMENT_INTERRUPTED:
                tell(text("error.interrupted"), aside=True)
                code = EXIT_INTERRUPTED
            elif isinstance(error, OSError) and error.errno in _FULL:
                code = _no_room(error)
            elif isinstance(error, MemoryError) or type(error).__name__ == _OUT_OF_MEMORY:
                say(text("error.out_of_memory"))
                code = EXIT_USAGE
            elif os.environ.get(_DEBUG):
                raise
            else:
                say(text("error.internal", kind=type(error).__name__, message=" ".join(str(error).split())))
                code = EXIT_RULE_FAILED
        return code if isinstance(code, int) else 0


def _usage(error: click.UsageError) -> int:
    message = plain(error.format_message())
    if error.ctx is not None:
        message = text("error.try", message=message, command=error.ctx.command_path)
    if (variable := _variable(error)) is not None:
        message = text("error.variable", message=message, name=variable)
    say(message)
    return EXIT_USAGE


def _variable(error: click.UsageError) -> str | None:
    """The variable of the environment that holds what is wrong; None where it is in the command."""
    if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None:
        return None
    source = error.ctx.get_parameter_source(error.param.name or "")
    if source is not click.core.ParameterSource.ENVIRONMENT or not isinstance(error.param.envvar, str):
        return None
    return error.param.envvar


def _no_room(error: OSError) -> int:
    say(text("error.output.standard", reason=system.reason(error)))
    discard_rest()
    return EXIT_USAGE


def discard_rest() -> None:
    """Send what is still in the buffer of standard output nowhere: Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
