import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree } from '../../compiler/source/read.ts';
import { treeFindings } from '../../compiler/source/refused.ts';
import { maxFileBytes, maxFiles } from '../../compiler/source/tree.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatewright-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text = 'a: 1\n'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const listed = (): string[] =>
  readTree(root).files.map(({ path, content }) => ('refused' in content ? `${path} ${content.refused}` : path));

describe('readTree', () => {
  it('takes configuration, also with a wrong ending, and nothing else', () => {
    for (const path of ['tenants/b.yaml', 'tenants/a/c.yml', 'tenants/B.yaml', 'gatewright.yaml', 'pricing/p.json'])
      write(path);
    for (const path of [
      'tenants/README.md',
      'tenants/.hidden.yaml',
      'tenants/.git/x.yaml',
      'infra/main.yaml',
      'x.yaml',
    ])
      write(path);
    write('infra/environments/dev.yaml');
    expect(listed()).toEqual([
      'gatewright.yaml',
      'infra/environments/dev.yaml',
      'pricing/p.json',
      'tenants/B.yaml',
      'tenants/a/c.yml',
      'tenants/b.yaml',
    ]);
  });

  it('never follows links', () => {
    write('elsewhere/secret.yaml');
    write('tenants/a.yaml');
    symlinkSync(join(root, 'elsewhere/secret.yaml'), join(root, 'tenants/link.yaml'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'tenants/folder'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'pricing'));
    symlinkSync(join(root, 'elsewhere/secret.yaml'), join(root, 'gatewright.yaml'));
    expect(listed()).toEqual([
      'gatewright.yaml symlink',
      'pricing symlink',
      'tenants/a.yaml',
      'tenants/folder symlink',
      'tenants/link.yaml symlink',
    ]);
  });

  it('keeps what it cannot take with the reason', () => {
    write('tenants/big.yaml', 'x'.repeat(maxFileBytes + 1));
    write('tenants/fits.yaml', 'x'.repeat(maxFileBytes));
    mkdirSync(join(root, 'tenants/folder.yaml'));
    expect(listed()).toEqual(['tenants/big.yaml too-large', 'tenants/fits.yaml']);
  });

  it('says when there are too many files', () => {
    const files = Array.from({ length: maxFiles + 1 }, (_, index) => ({ path: `${index}`, content: new Uint8Array() }));
    expect(treeFindings({ files })).toMatchObject([{ code: 'source/too-many-files' }]);
    expect(treeFindings({ files: files.slice(1) })).toEqual([]);
  });
});
