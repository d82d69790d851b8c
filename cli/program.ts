import { Command, CommanderError, Option } from 'commander';
import { type Console, processConsole } from './console.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { options } from './options.ts';
import { UnavailableError, UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

/** One command line to its exit code. Commands are loaded when they are called: most runs need few of them. */
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

type Done = (code: ExitCode) => void;

function build(console: Console, done: Done): Command {
  const program = new Command('gatewright')
    .description('GitOps for an AI gateway: validate, preview and deploy its configuration.')
    .version(toolVersion())
    .showHelpAfterError('(gatewright --help lists commands and options)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.print(text), writeErr: (text) => console.progress(text.trimEnd()) });
  addAuthoring(program, console, done);
  addConfigTests(program, console, done);
  addDelivery(program, console, done);
  program.addHelpText('after', '\nStart: gatewright validate, then gatewright deploy (to the local environment).');
  return program;
}

function addAuthoring(program: Command, console: Console, done: Done): void {
  program
    .command('validate')
    .description('check the configuration and say everything that is wrong with it')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done((await import('./commands/validate.ts')).validate(given, console)));
  program
    .command('compile')
    .description('validate, then write the artifacts of each environment to <out>/<env>/')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .option('--out <dir>', 'where artifacts go, relative to the root', 'dist')
    .option('--gateway-schema <file>', "agentgateway's own JSON Schema, to validate its config against")
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('./commands/compile.ts')).compile(given, console)));
  program
    .command('diff')
    .description('say in sentences what changed since a commit, with its risk')
    .requiredOption('--base <ref>', 'commit, branch or tag to compare the working tree with')
    .option('--head <ref>', 'commit, branch or tag instead of the working tree')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(options.exitCode())
    .addOption(options.format('text', 'json', 'markdown'))
    .action(async (given) => done(await (await import('./commands/diff.ts')).diff(given, console)));
}

function addConfigTests(program: Command, console: Console, done: Done): void {
  program
    .command('test')
    .description('send the requests of routing/tests to the compiled configuration and compare the answers')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(
      new Option('--engine <engine>', 'what answers: model, binary or all (default: what is at hand)').choices([
        'model',
        'binary',
        'all',
      ]),
    )
    .option('--file <text>', 'only cases of test files whose path has this text')
    .option('--case <text>', 'only cases whose name has this text')
    .option('--coverage', 'say which rules, targets, guardrails, limits and budgets no case exercises')
    .addOption(options.format('text', 'json', 'junit'))
    .action(async (given) => done(await (await import('./commands/test.ts')).test(given, console)));
}

function addDelivery(program: Command, console: Console, done: Done): void {
  program
    .command('plan')
    .description('show what a deploy would do, and do nothing')
    .addOption(options.root())
    .addOption(options.environment())
    .addOption(options.at())
    .addOption(options.exitCode())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('./commands/plan.ts')).plan(given, console)));
  program
    .command('deploy')
    .description('validate, compile, plan and roll out one environment')
    .addOption(options.root())
    .addOption(options.environment())
    .addOption(options.at())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('./commands/deploy.ts')).deploy(given, console)));
  program
    .command('status')
    .description('what runs in an environment')
    .addOption(options.root())
    .addOption(options.environment())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('./commands/status.ts')).status(given, console)));
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
  const known = ['EACCES', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];
  return error instanceof Error && path !== undefined && known.includes(code ?? '');
}
