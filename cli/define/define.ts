import type { Command } from 'commander';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-codes.ts';

/** Adds commands to the command line. What a command does is imported only when it is called: most runs need one of them. */
export type Define = (program: Command, console: Console, done: (code: ExitCode) => void) => void;
