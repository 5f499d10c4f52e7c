"""Binary Word files: read by the real antiword and catdoc, refused with what to do without them."""

import io
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.reading.drafting import read
from tests.databases import LUOSHI
from tests.foundation.reading.old_word import old_word
from tests.foundation.reading.papers import read_bytes, sentence
from tests.story import make_world

AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
LINES = ["关于分解2026年重点任务的通知", *(sentence(k) for k in range(6))]


@pytest.mark.old_word
@pytest.mark.parametrize("program", ["antiword", "catdoc"])
def test_either_program_gives_one_paragraph_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """stack.md, reading uploads: a Word 97 file of Chinese text, every paragraph a line."""
    found = shutil.which(program)
    assert found is not None
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / program).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))
    source = read_bytes(tmp_path, "通知.doc", old_word(LINES))
    assert (source.text.split("\n"), source.kind) == (LINES, "doc")
    assert [draft.text for draft in read(source.text).drafts] == LINES[1:]


@pytest.mark.old_word
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["通知.doc", "通知.wps"])
def test_an_old_word_file_is_drafted_from_through_the_sandbox(name: str) -> None:
    """Issue 4.8: uploaded as any other source; the reader runs under the limits of the child."""
    world = make_world()
    raw = io.BytesIO(old_word(LINES))
    document = upload(raw, name=name, about=About(), actor=world.officer, at=AT)
    assert document.text.split("\n") == LINES
    assert document.title == LINES[0]
    assert document.items.count() == 6
    kept = Attachment.objects.get(pk=document.attachment_id)
    assert (kept.text, kept.text_state) == (document.text, TextState.READY)


@pytest.mark.old_word
@pytest.mark.django_db
def test_a_cut_word_file_is_damaged_and_not_kept() -> None:
    """Neither program reads half a file: it is refused, and not as a missing program."""
    world = make_world()
    with pytest.raises(Invalid) as refused:
        raw = io.BytesIO(old_word(LINES)[:1000])
        upload(raw, name="通知.doc", about=About(), actor=world.officer, at=AT)
    assert refused.value.code == "damaged"
    assert not Attachment.objects.exists()


def test_the_command_line_names_what_installs_a_reader(tmp_path: Path) -> None:
    """Without a reader: what, why, and the one command that installs one; exit code 2."""
    file = tmp_path / "notice.doc"
    file.write_bytes(old_word(LINES))
    done = subprocess.run(
        [LUOSHI, "read", str(file)],
        env=os.environ | {"PATH": str(tmp_path), "LUOSHI_LANGUAGE": "en"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"luoshi: {file} cannot be read: Old Word and WPS files")
    assert done.stderr.endswith("apt-get install antiword\n")
