import { fileURLToPath } from 'node:url';
import { capture } from '../capture.ts';
import { day } from '../day.ts';

/** A command in a ```console block of a document, with the output that the document shows. */
export interface Example {
  readonly line: number;
  readonly command: string;
  readonly expected: readonly string[];
}

/** Lines `$ command`, here-documents included, and what follows them, from every console block. */
export function examplesOf(markdown: string): Example[] {
  const examples: { line: number; command: string; expected: string[] }[] = [];
  let inside = false;
  let hereDocument: string | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const current = examples.at(-1);
    if (line.startsWith('```')) inside = line === '```console';
    else if (!inside) continue;
    else if (current !== undefined && hereDocument !== undefined) {
      current.command += `\n${line}`;
      if (line === hereDocument) hereDocument = undefined;
    } else if (line.startsWith('$ ')) {
      examples.push({ line: index + 1, command: line.slice(2), expected: [] });
      hereDocument = /<<'(\w+)'$/.exec(line)?.[1];
    } else current?.expected.push(line);
  }
  return examples;
}

const main = fileURLToPath(new URL('../../build/cli/main.js', import.meta.url));

/**
 * Runs a documented command in `folder` as a reader would, and gives what the reader would see. The example's prices have
 * their days: documents leave the date out, and stay true.
 */
export async function run(command: string, folder: string): Promise<string[]> {
  const script = command
    .replace(/^npm start$/, 'npx gatewright deploy --env local')
    .replace(
      /npx gatewright (validate|compile|explain|timeline|test|diff|plan|deploy)/g,
      `npx gatewright $1 --at ${day}`,
    )
    .replaceAll('npx gatewright', `"${process.execPath}" "${main}"`);
  const { stdout, stderr } = await capture('bash', ['-c', script], folder);
  return (stderr + stdout).trimEnd().split('\n');
}

/** `…` alone on a line stands for any lines, within a line for any characters; times differ from run to run. */
export function matches(expected: readonly string[], actual: readonly string[]): boolean {
  const pattern = expected.map((line) => (line === '…' ? '(?:.*\n)*?' : `${quoted(line)}\n`)).join('');
  return new RegExp(`^${pattern}$`).test(`${actual.join('\n')}\n`);
}

function quoted(line: string): string {
  return line
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('…', '.*')
    .replace(/in \d+\\\.\d s/g, 'in \\d+\\.\\d s');
}
