package dev.ade.cli;

import picocli.CommandLine.Command;

@Command(
        name = "env",
        description = {
            "Environments: sets of datasets to work in without touching what others read. Making one copies no data."
        },
        footer = {
            "",
            "Examples:",
            "  ade env create dev            read what prod reads",
            "  ade run -e dev                build what your change makes different, in dev only",
            "  ade env diff dev              what that did to columns and rows",
            "  ade env promote dev           publish it in prod; nothing is computed again",
            "  ade env rollback prod --to 41",
            "  ade env list",
            "  ade env drop dev"
        })
final class EnvCommand extends Group {}
