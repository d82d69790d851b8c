import { mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { name as resourceName } from '../../compiler/schema/common.ts';
import { bedrockResidencies, type Starter } from '../../toolchain/scaffold/catalogue.ts';
import { repositoryFiles } from '../../toolchain/scaffold/repository.ts';
import { isFree, writeNew } from '../../toolchain/scaffold/write-new.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
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
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw new UsageError(`--region ${region}: an AWS region looks like us-east-1`);
  const residency = bedrockResidencies.find((label) => region.startsWith(`${label}-`));
  if (starter === 'bedrock' && residency === undefined) {
    throw new UsageError(
      `--region ${region}: prices of Bedrock are known for regions in us and eu; start there or with another provider`,
    );
  }
  if (!isFree(root)) throw new UsageError(`${dir} is not empty: nothing is written among files of somebody else`);
  mkdirSync(root, { recursive: true });
  const files = repositoryFiles({ name, starter, region, residency: residency ?? 'us' });
  for (const [path, text] of files) writeNew(root, path, text);
  console.print(`${files.size} files in ${dir}: README.md says what is where\n`);
  const into = root === process.cwd() ? '' : `cd ${dir}, then `;
  console.progress(`next: ${into}gatewright validate, gatewright test, gatewright deploy --env local`);
  return exitCodes.fine;
}

/** Of the project: what was asked for, or what the folder is called. */
function nameFor(root: string, options: InitOptions): string {
  const name = options.name ?? basename(root).toLowerCase();
  const { error } = resourceName.safeParse(name);
  if (error === undefined) return name;
  const which = options.name === undefined ? `the folder is called ${name}` : `--name ${name}`;
  throw new UsageError(
    `${which}: ${error.issues[0]?.message ?? 'no name'}${options.name === undefined ? '; give --name' : ''}`,
  );
}
