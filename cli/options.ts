import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Format } from '../compiler/diagnostics/renderers.ts';
import { UsageError } from './usage-error.ts';

/** Options that several commands share; a command adds those that it reads, so that none is accepted without effect. */
export const options = {
  root: () => new Option('--root <dir>', 'folder that holds gatewright.yaml').default('.'),
  at: () =>
    new Option('--at <date>', 'the day whose prices and dates hold, YYYY-MM-DD (default: today)').argParser(
      isoDate('--at'),
    ),
  until: () => new Option('--until <date>', 'the last day, YYYY-MM-DD (default: no end)').argParser(isoDate('--until')),
  format: (...choices: [string, ...string[]]) =>
    new Option('--format <format>', 'output format').choices(choices).default(choices[0]),
  environment: () => new Option('--env <name>', 'environment').default('local'),
  environments: () => new Option('--env <name>', 'one environment (default: all)'),
  exitCode: () => new Option('--exit-code', 'exit 2 when there is something to change'),
};

export interface RootOptions {
  readonly root: string;
  readonly at?: string;
}

export interface FormatOptions {
  readonly format: Format;
}

export function rootOf({ root }: RootOptions): string {
  return resolve(root);
}

/** The shell's only look at the clock that decides anything: everything below gets the day as an argument. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function dateOf({ at }: RootOptions): string {
  return at ?? today();
}

const isoDate =
  (option: string) =>
  (text: string): string => {
    const date = new Date(`${text}T00:00:00Z`);
    const valid =
      /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
    if (!valid) throw new UsageError(`${option} ${text}: a date is written 2026-01-31`);
    return text;
  };
