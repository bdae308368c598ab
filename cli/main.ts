#!/usr/bin/env node
// The `launchbook` command as a process. What it is made of comes after V8's compiled code, so that it is compiled once.
import { keepCompiled } from '../kernel/host/process/compile-cache.js';

keepCompiled(process.env);
const { outliveReaders } = await import('./closed-pipe.js');
const { launchbook, report } = await import('./launchbook.js');
const { Terminal } = await import('./terminal.js');

const terminal = new Terminal(process.stdout, process.stderr);
outliveReaders([process.stdout, process.stderr]);
// What no command has awaited: without this Node prints its stack, and a reader of the terminal nothing.
process.on('uncaughtException', error => process.exit(report(error, terminal)));
process.exitCode = await launchbook(process.argv.slice(2), terminal);
