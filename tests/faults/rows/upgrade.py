"""`luoshi migrate` killed at any moment: run again, it ends as if nothing had happened."""

import subprocess
import time
from random import Random

from django.db import connections

from tests.faults.ground import LUOSHI, TEMPLATE, Ground
from tests.faults.table import Row
from tools import private_postgres

SHAPE = """
SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_schema = 'public' UNION ALL
SELECT tgrelid::regclass::text, tgname, '', '' FROM pg_trigger WHERE NOT tgisinternal UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '' FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3, 4
"""


def shape(ground: Ground, name: str) -> list[tuple[str, ...]]:
    """Columns, triggers and constraints of a database."""
    link = connections["default"]
    link.close()
    link.settings_dict["NAME"] = name
    with link.cursor() as cursor:
        cursor.execute(SHAPE)
        found = cursor.fetchall()
    link.close()
    return found


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Kill it after a random while, run it again, compare with a database never killed."""
    wanted = shape(ground, TEMPLATE)
    for number in range(1 if scale == "sample" else 20):
        ground.name = "faults_upgrade"
        ground.sql(f"DROP DATABASE IF EXISTS {ground.name} WITH (FORCE)")
        ground.sql(f"CREATE DATABASE {ground.name} OWNER {private_postgres.OWNER}")
        environment = ground.environment(private_postgres.OWNER)
        command = [LUOSHI, "migrate", "-v0"]
        first = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(1.0, 5.0))
        first.kill()
        first.wait()
        again = subprocess.run(command, env=environment, check=False, capture_output=True)
        row.check(again.returncode == 0, f"{number}: {again.stderr.decode()[-300:]}")
        row.check(shape(ground, ground.name) == wanted, f"{number}: another shape")
