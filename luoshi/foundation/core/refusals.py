"""A refusal says what did not happen, why (with its source), and what to do next.

Raised by verbs and by edges; one handler renders each as page, htmx toast or JSON problem
(ui.md rule 9). Texts are lazy translations, so one object serves both languages.
"""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise

Text = str | Promise


class Refusal(Exception):
    """Base of every refusal; `code` is the machine-readable name, stable across languages."""

    status = 409

    def __init__(
        self,
        what: Text,
        why: Text = "",
        *,
        next_steps: Sequence[Text] = (),
        source: Text = "",
        code: str = "refused",
    ) -> None:
        super().__init__(code)
        self.what = what
        self.why = why
        self.next_steps = tuple(next_steps)
        self.source = source
        self.code = code

    def __str__(self) -> str:
        parts = [str(self.what), str(self.why), *(str(step) for step in self.next_steps)]
        return " ".join(part for part in parts if part)


class Refused(Refusal):
    """The act is not possible in this state; nothing was written."""

    status = 409


class Forbidden(Refusal):
    """The object is visible, but this actor may not do this to it."""

    status = 403


class NotVisible(Refusal):
    """No such object within the actor's sight; existence is not revealed."""

    status = 404


class Invalid(Refusal):
    """The input cannot be used; `errors` maps field names to sentences ("" = the whole form)."""

    status = 422

    def __init__(
        self,
        what: Text,
        errors: Mapping[str, Sequence[Text]],
        *,
        next_steps: Sequence[Text] = (),
        code: str = "invalid",
    ) -> None:
        super().__init__(what, next_steps=next_steps, code=code)
        self.errors = {field: tuple(texts) for field, texts in errors.items()}

    @property
    def told(self) -> int:
        """How many sentences the summary lists."""
        return sum(len(texts) for texts in self.errors.values())

    def __str__(self) -> str:
        texts = [str(text) for texts in self.errors.values() for text in texts]
        return " ".join([str(self.what), *texts])


class TooMany(Refusal):
    """Too many tries in a window; `wait_seconds` says when the next one is possible."""

    status = 429

    def __init__(self, what: Text, wait_seconds: int, *, code: str = "too-many") -> None:
        super().__init__(what, code=code)
        self.wait_seconds = wait_seconds


class Unavailable(Refusal):
    """Not possible for now through no fault of the request; `retry_seconds` says when to try
    again. Nothing was written."""

    status = 503

    def __init__(
        self,
        what: Text,
        why: Text = "",
        *,
        next_steps: Sequence[Text] = (),
        code: str = "unavailable",
        retry_seconds: int = 10,
    ) -> None:
        super().__init__(what, why, next_steps=next_steps, code=code)
        self.retry_seconds = retry_seconds
