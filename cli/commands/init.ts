import { mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { awsRegion, name as resourceName } from '../../compiler/schema/common.ts';
import { newFile, replaceFiles } from '../../toolchain/replace-files.ts';
import { bedrockResidencies, type Starter } from '../../toolchain/scaffold/catalogue.ts';
import { isFree } from '../../toolchain/scaffold/free.ts';
import { repositoryFiles } from '../../toolchain/scaffold/repository.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { commandName } from '../invocation.ts';
import { UsageError } from '../usage-error.ts';

interface InitOptions {
  readonly name?: string;
  readonly provider: Starter;
  readonly region: string;
}

export function init(dir: string, options: InitOptions, console: Console): ExitCode {
  const root = resolve(dir);
  const name = nameFor(root, options);
  const { provider: starter, region } = options;
  requireFit(awsRegion, region, `--region ${region}`);
  const residency = bedrockResidencies.find((label) => region.startsWith(`${label}-`));
  if (starter === 'bedrock' && residency === undefined) {
    throw new UsageError(
      `--region ${region}: prices of Bedrock are known for regions in us and eu; start there or with another provider`,
    );
  }
  if (!isFree(root)) throw new UsageError(`${dir} is not empty: nothing is written among files of somebody else`);
  mkdirSync(root, { recursive: true });
  const files = repositoryFiles({ name, starter, region, residency: residency ?? 'us' });
  const problem = replaceFiles(
    root,
    [...files].map(([path, text]) => newFile(path, text)),
  );
  if (problem !== undefined) throw new UsageError(`nothing was written: ${problem}`);
  console.print(`${files.size} files in ${dir}: README.md says what is where\n`);
  const into = root === process.cwd() ? '' : `cd ${dir}, then `;
  const again = commandName();
  console.progress(`next: ${into}${again} validate, ${again} test, ${again} deploy --env local`);
  return exitCodes.fine;
}

/** Of the project: what was asked for, or what the folder is called. */
function nameFor(root: string, options: InitOptions): string {
  if (options.name !== undefined) return requireFit(resourceName, options.name, `--name ${options.name}`);
  const name = basename(root).toLowerCase();
  return requireFit(resourceName, name, `the folder is called ${name}`, '; give --name');
}

function requireFit(schema: typeof resourceName, value: string, which: string, wayOut = ''): string {
  const { error } = schema.safeParse(value);
  if (error === undefined) return value;
  throw new UsageError(`${which}: ${error.issues[0]?.message ?? 'cannot be used'}${wayOut}`);
}
