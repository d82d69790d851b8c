import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Replacement, replaceFiles } from '../../toolchain/replace-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatewright-replace-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function replacement(file: string, before: string | undefined, after: string): Replacement {
  return { file, before: before === undefined ? undefined : Buffer.from(before), after: Buffer.from(after) };
}

function contents(): Record<string, string> {
  return Object.fromEntries(readdirSync(root).map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

describe('replacing files', () => {
  it('writes new ones as any program would, and leaves old ones their mode', () => {
    writeFileSync(join(root, 'old'), 'a');
    writeFileSync(join(root, 'usual'), '');
    chmodSync(join(root, 'old'), 0o604);
    expect(replaceFiles(root, [replacement('old', 'a', 'b'), replacement('new', undefined, 'c')])).toBeUndefined();
    expect(contents()).toEqual({ old: 'b', new: 'c', usual: '' });
    expect(statSync(join(root, 'old')).mode & 0o777).toBe(0o604);
    expect(statSync(join(root, 'new')).mode).toBe(statSync(join(root, 'usual')).mode);
  });

  it.each([
    ['changed', (path: string) => writeFileSync(path, 'x')],
    ['went', (path: string) => rmSync(path)],
  ])('replaces none where one %s since it was read', (_, disturb) => {
    for (const name of ['first', 'second']) writeFileSync(join(root, name), 'a');
    disturb(join(root, 'second'));
    const before = contents();
    const refused = replaceFiles(root, [replacement('first', 'a', 'b'), replacement('second', 'a', 'b')]);
    expect(refused).toBe('second changed meanwhile');
    expect(contents()).toEqual(before);
  });

  it('writes through no link, also where it leads to the same text', () => {
    for (const name of ['first', 'elsewhere']) writeFileSync(join(root, name), 'a');
    symlinkSync(join(root, 'elsewhere'), join(root, 'second'));
    const before = contents();
    const refused = replaceFiles(root, [replacement('first', 'a', 'b'), replacement('second', 'a', 'b')]);
    expect(refused).toBe('second changed meanwhile');
    expect(contents()).toEqual(before);
  });

  it('does not replace what appeared since nothing was there', () => {
    writeFileSync(join(root, 'new'), 'of somebody else');
    expect(replaceFiles(root, [replacement('new', undefined, 'ours')])).toBe('new is there already');
    expect(contents()).toEqual({ new: 'of somebody else' });
  });
});

describe('a link on the way', () => {
  it.each(['link/new', 'link/sub/new', 'link'])('is refused before anything is made: %s', (file) => {
    const outside = mkdtempSync(join(tmpdir(), 'gatewright-outside-'));
    symlinkSync(outside, join(root, 'link'));
    const all = [replacement('before', undefined, 'x'), replacement(file, undefined, 'x')];
    expect(() => replaceFiles(root, all)).toThrow('nothing is written through a link, and link is one');
    expect([readdirSync(outside), readdirSync(root)]).toEqual([[], ['link']]);
    rmSync(outside, { recursive: true });
  });
});
