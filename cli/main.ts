#!/usr/bin/env node
// The `launchbook` command as a process.
import { outliveReaders } from './closed-pipe.js';
import { launchbook, report } from './launchbook.js';
import { Terminal } from './terminal.js';

const terminal = new Terminal(process.stdout, process.stderr);
outliveReaders([process.stdout, process.stderr]);
// What no command has awaited: without this Node prints its stack, and a reader of the terminal nothing.
process.on('uncaughtException', error => process.exit(report(error, terminal)));
process.exitCode = await launchbook(process.argv.slice(2), terminal);
