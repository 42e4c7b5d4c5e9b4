"""The page on which somebody gives their token, and what is said where a page cannot be shown."""

from __future__ import annotations

from ...messages import text
from ...messages.language import LANGUAGES, current
from ...pages.blocks import Drawable, Line, Prose
from ...pages.page import InLanguage, Surroundings
from ..drawing import ServedPage
from ..frame import SIGN_IN, STYLESHEET
from ..parts import Faults, Field, FieldGroup, Form


def _bare(path: str) -> Surroundings:
    """What stands around a page that shows nothing of the record."""
    language = current()
    return Surroundings(
        name=text("serve.name"),
        home=f"/{language}/",
        stylesheet=STYLESHEET,
        languages=tuple(InLanguage(tag, f"/{tag}/{path}", tag == language) for tag in LANGUAGES),
        footer=(Line(text("serve.footer")),),
    )


def sign_in_page(next_: str, wrong: str = "") -> ServedPage:
    """The form for the token; ``next_`` is where it leads to then, ``wrong`` what was wrong with the last
    one.
    """
    language = current()
    problems = (wrong,) if wrong else ()
    field = Field(
        "token", text("serve.sign_in.token"), "secret", hint=text("serve.sign_in.hint"), required=True,
        problems=problems, autocomplete="current-password",
    )  # fmt: skip
    opening: list[Drawable] = []
    if wrong:
        opening.append(Faults(text("serve.sign_in.refused"), (Line(wrong, f"#{field.id}"),)))
    opening.append(
        Form(
            f"/{language}/{SIGN_IN}",
            (FieldGroup("", (field,)),),
            text("serve.sign_in.submit"),
            post=True,
            hidden=(("next", next_),) if next_ else (),
        )
    )
    opening.append(Prose.of([text("serve.sign_in.lost")]))
    return ServedPage(
        title=text("serve.sign_in"),
        surroundings=_bare(SIGN_IN),
        lead=(Line(text("serve.sign_in.lead")),),
        opening=tuple(opening),
    )


def trouble_page(status: int, said: str) -> ServedPage:
    """What cannot be shown, and where to go on."""
    back = Line(text("serve.trouble.back"), f"/{current()}/")
    return ServedPage(
        title=text(f"serve.trouble.{status}")
        if status in (403, 404, 409, 413, 429, 503)
        else text("serve.trouble"),
        surroundings=_bare(""),
        kicker=str(status),
        lead=(Line(said),),
        opening=(Prose((back,)),),
    )
