"""The same consignment under other signatures: manifest and files byte for byte, so that number,
digest and every receipt upon it stay what they are."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import IO

from luoshi.foundation.exchange.envelopes import container
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.envelopes.packing import IN_MEMORY, signatures
from luoshi.foundation.exchange.envelopes.policy import SigningKey


def resign(opened: Opened, target: IO[bytes], keys: Sequence[SigningKey]) -> None:
    """Write the envelope anew, signed with these keys."""
    with ExitStack() as stack:
        texts = (
            (container.MANIFEST, opened.signed),
            (container.SIGNATURES, signatures(opened.signed, keys)),
        )
        contents = [(name, container.memory(text)) for name, text in texts]
        for place in range(1, len(opened.manifest.files) + 1):
            file = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
            for block in opened.blocks(place):
                file.write(block)
            contents.append((container.expected_name(place + 1), file))  # type: ignore[arg-type]
        container.write(target, contents)
