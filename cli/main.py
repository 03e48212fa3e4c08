"""Every command and where it lives; a command's module is imported only when it is called, so that help is quick."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "demo": ("cli.demo", "Set up, start, bring sample papers in as two stations, show coverage."),
    "test": ("cli.testing", "Run every check and every test."),
    "serve": ("cli.serving", "Run the service: API, screens and, on embedded defaults, the workers."),
    "worker": ("cli.serving", "Read pages for a service that runs elsewhere."),
    "sweep": ("cli.serving", "Ask again for whatever is unfinished, once or for ever."),
    "migrate": ("cli.serving", "Bring the database up to date."),
    "ocr": ("cli.reading", "Read files without the service: text, PDF/A, JSON and ALTO."),
    "ingest": ("cli.sending", "Send files to the service as a station does."),
    "station": ("cli.scanning", "Bring what a scanner writes into a folder to the service."),
    "import-dossiers": ("cli.dossiers", "Take in the office's case list."),
    "import-components": ("cli.components", "Take in which components of procedures must be digitized."),
    "coverage": ("cli.coverage", "Show how far each unit or procedure is from 100 % digitized."),
    "report": ("cli.report", "Make the statutory forms, or prove that a report's file is true."),
    "worklist": ("cli.worklist", "Show what is missing, poor, unsigned, late or exempt, the urgent first."),
    "reconcile": ("cli.reconcile", "Hold a day's batches against what was declared."),
    "backup": ("cli.backups", "Back the office up into a folder, while it runs."),
    "restore": ("cli.backups", "Bring a backup back into an empty office, or only check it."),
    "policy": ("cli.policy", "Show or fit which values are accepted without a look."),
    "export": ("cli.exporting", "Write dossiers or papers under the sync names, as JSON or XLSX."),
    "package": ("cli.exporting", "Write a dossier as a bag for the archive."),
    "audit": ("cli.keeping", "Prove that nothing was changed behind sohoa's back."),
    "train": ("cli.training", "Train the model that tells the types of papers, or roll it back."),
    "bench": ("cli.measuring", "Measure sohoa, side by side with what could be used instead."),
}


class Lazy(click.Group):
    """A group that knows its commands by name and loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name][0])
        command = getattr(module, cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0", prog_name="sohoa")
def sohoa() -> None:
    """Turns the paper of a Vietnamese one-stop office into data, and shows how far it is from 100 % digitized."""


def main() -> None:
    sohoa(prog_name="sohoa")
