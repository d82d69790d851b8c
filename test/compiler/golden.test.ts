import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { artifactNames } from '../../contract/artifacts/artifacts.ts';
import { minimal, overlay, releaseOf, sections } from './project.ts';

/** Every byte of every artifact of one small project. `UPDATE=1` writes them: read the difference before you commit it. */
const folder = join(import.meta.dirname, 'golden/expected');
const project = readFileSync(join(import.meta.dirname, 'golden/project.txt'), 'utf8');
const { artifacts, id } = releaseOf(overlay(minimal, sections(project)), 'dev');

if (process.env['UPDATE'] === '1') {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of artifactNames) writeFileSync(join(folder, name), artifacts[name]);
  writeFileSync(join(folder, 'release-id.txt'), `${id}\n`);
}

describe('golden artifacts', () => {
  it.each(artifactNames)('%s', (name) => {
    expect(artifacts[name]).toBe(readFileSync(join(folder, name), 'utf8'));
  });

  it('are all there is, and the release id is as it was', () => {
    expect(readdirSync(folder).sort()).toEqual([...artifactNames, 'release-id.txt'].sort());
    expect(`${id}\n`).toBe(readFileSync(join(folder, 'release-id.txt'), 'utf8'));
  });
});
