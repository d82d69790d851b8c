import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFiles } from '../../toolchain/replace-files.ts';
import { schemaFiles, schemaFolder } from '../../toolchain/schemas/files.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type RootOptions, rootOf } from '../options.ts';
import { readConfiguration } from '../tree.ts';

interface SchemaOptions extends RootOptions {
  readonly check?: true;
}

/** The JSON Schemas that editors find through the first line of each file. */
export function schema(options: SchemaOptions, console: Console): ExitCode {
  readConfiguration(options);
  const root = rootOf(options);
  const files = [...schemaFiles()].map(([file, text]) => {
    return { file, before: bytesOf(join(root, file)), after: Buffer.from(text) };
  });
  const stale = files.filter(({ before, after }) => before?.equals(after) !== true);
  if (options.check === true) {
    for (const { file, before } of stale)
      console.print(`${file} ${before === undefined ? 'is missing' : 'is stale'}\n`);
    if (stale.length > 0) console.print('gatewright schema writes them\n');
    return stale.length > 0 ? exitCodes.findings : exitCodes.fine;
  }
  const problem = replaceFiles(root, stale);
  if (problem !== undefined) {
    console.progress(`nothing was written: ${problem}`);
    return exitCodes.findings;
  }
  const written = stale.length === 0 ? 'all as they should be' : `${stale.length} written`;
  console.print(`${files.length} schemas in ${schemaFolder}/, ${written}\n`);
  return exitCodes.fine;
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
