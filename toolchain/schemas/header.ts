import { posix } from 'node:path';
import { kindOf } from '../../compiler/schema/kinds.ts';
import { schemaFile, schemaFolder } from './files.ts';

const modeline = /^#[ \t]*yaml-language-server[ \t]*:[ \t]*\$schema=(\S+)/;

/** The comment by which editors find the schema of the file at `path`, which is relative to the root. */
export function schemaHeader(path: string): string | undefined {
  const kind = kindOf(path);
  if (kind === undefined) return undefined;
  const schema = posix.relative(posix.dirname(path), `${schemaFolder}/${schemaFile(kind)}`);
  return `# yaml-language-server: $schema=${schema}`;
}

/**
 * `text` with the right schema in its header comment. A file without one stays without; a schema of the right name
 * behind a URL is somebody's choice.
 */
export function withOwnSchema(path: string, text: string): string {
  const header = schemaHeader(path);
  if (header === undefined) return text;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() !== '' && !line.startsWith('#')) break;
    const schema = modeline.exec(line)?.[1];
    if (schema === undefined) continue;
    const published = /^https?:/.test(schema) && posix.basename(schema) === posix.basename(header);
    return published ? text : lines.with(index, header).join('\n');
  }
  return text;
}
