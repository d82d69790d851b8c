import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settle } from '../../compiler/diagnostics/engine.ts';
import { renderers } from '../../compiler/diagnostics/renderers.ts';
import { parseFile } from '../../compiler/source/parse.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const update = process.env['UPDATE'] === '1';

function namesIn(folder: string): string[] {
  return readdirSync(join(fixtures, folder)).filter((name) => name.endsWith('.yaml'));
}

function rendered(folder: string, name: string): string {
  const bytes = readFileSync(join(fixtures, folder, name));
  const { findings } = parseFile({ path: name, content: bytes });
  const source = new TextDecoder().decode(bytes);
  return renderers.text(settle(findings, new Map()), { files: 1, sourceOf: () => source });
}

describe('YAML that is accepted', () => {
  it.each(namesIn('ok'))('%s is silent', (name) => {
    expect(rendered('ok', name)).toBe('no findings in 1 file\n');
  });
});

/** `UPDATE=1` writes the expectations; read the difference before you commit it. */
describe('YAML that is refused', () => {
  it.each(namesIn('err'))('%s', (name) => {
    const expected = join(fixtures, 'err', name.replace(/\.yaml$/, '.expected'));
    const actual = rendered('err', name);
    expect(actual).not.toContain('no findings');
    if (update) writeFileSync(expected, actual);
    expect(actual).toBe(readFileSync(expected, 'utf8'));
  });
});
