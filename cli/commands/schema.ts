import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../toolchain/format/replace-file.ts';
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
  const files = [...schemaFiles()].map(([path, text]) => ({ path, text, before: textOf(join(root, path)) }));
  const stale = files.filter(({ text, before }) => text !== before);
  if (options.check === true) {
    for (const { path, before } of stale)
      console.print(`${path} ${before === undefined ? 'is missing' : 'is stale'}\n`);
    if (stale.length > 0) console.print('gatewright schema writes them\n');
    return stale.length > 0 ? exitCodes.findings : exitCodes.fine;
  }
  mkdirSync(join(root, schemaFolder), { recursive: true });
  for (const { path, text } of stale) replaceFile(join(root, path), text);
  const written = stale.length === 0 ? 'all as they should be' : `${stale.length} written`;
  console.print(`${files.length} schemas in ${schemaFolder}/, ${written}\n`);
  return exitCodes.fine;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
