import { Command, CommanderError } from 'commander';
import { type Console, processConsole } from './console.ts';
import { defineAsking } from './define/asking.ts';
import { defineAuthoring } from './define/authoring.ts';
import { defineChecking } from './define/checking.ts';
import { defineDelivery } from './define/delivery.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { UnavailableError, UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

/** One command line to its exit code. */
export async function run(args: readonly string[], console: Console = processConsole): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const program = build(console, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, console);
  }
}

function build(console: Console, done: (code: ExitCode) => void): Command {
  const program = new Command('gatewright')
    .description('GitOps for an AI gateway: validate, preview and deploy its configuration.')
    .version(toolVersion())
    .showHelpAfterError('(gatewright --help lists commands and options)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.print(text), writeErr: (text) => console.progress(text.trimEnd()) });
  for (const define of [defineAuthoring, defineChecking, defineAsking, defineDelivery]) define(program, console, done);
  program.addHelpText('after', '\nStart: gatewright validate, then gatewright deploy (to the local environment).');
  return program;
}

function report(error: unknown, console: Console): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  if (error instanceof UsageError) {
    console.progress(`gatewright: ${error.message}`);
    return exitCodes.usage;
  }
  if (error instanceof UnavailableError) {
    console.progress(`gatewright: ${error.message}`);
    return exitCodes.unavailable;
  }
  if (isFileProblem(error)) {
    console.progress(`gatewright: ${error.message}`);
    return exitCodes.usage;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.progress(`gatewright: this is a defect of gatewright, please report it\n${text}`);
  return exitCodes.internal;
}

/** A file or folder that was named cannot be read or written: nobody's defect. */
function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  const { code, path } = error as NodeJS.ErrnoException;
  const known = ['EACCES', 'EEXIST', 'EISDIR', 'ELOOP', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];
  return error instanceof Error && path !== undefined && known.includes(code ?? '');
}
