import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

  /** The superuser may read everything. */
  it.skipIf(process.getuid?.() === 0)('keeps a folder that it may not list', () => {
    write('tenants/a/x.yaml');
    write('tenants/b.yaml');
    write('infra/environments/dev.yaml');
    chmodSync(join(root, 'tenants/a'), 0o000);
    chmodSync(join(root, 'infra'), 0o000);
    const paths = listed();
    chmodSync(join(root, 'tenants/a'), 0o755);
    chmodSync(join(root, 'infra'), 0o755);
    expect(paths).toEqual(['infra unreadable', 'tenants/a unreadable', 'tenants/b.yaml']);
  });

  it('says when there are too many files', () => {
    const files = Array.from({ length: maxFiles + 1 }, (_, index) => ({ path: `${index}`, content: new Uint8Array() }));
    expect(treeFindings({ files })).toMatchObject([{ code: 'source/too-many-files' }]);
    expect(treeFindings({ files: files.slice(1) })).toEqual([]);
  });
});

const ours = '# yaml-language-server: $schema=x\napiVersion: gatewright/v1\nkind: Tenant\n';

describe('configuration under a name that nothing reads', () => {
  const misplaced = (): string[] => (readTree(root).misplaced ?? []).map(({ path, meant }) => `${path} -> ${meant}`);

  it.each([
    ['tenant/a.yaml', 'tenants'],
    ['Tenants/sub/a.yaml', 'tenants'],
    ['tennants/a.yml', 'tenants'],
    ['guardrail/a.yaml', 'guardrails'],
    ['guard-rails/a.yaml', 'guardrails'],
    ['prices/a.yaml', 'pricing'],
    ['routes/profiles/a.yaml', 'routing'],
    ['providers/a.yaml', 'routing/providers'],
    ['environments/dev.yaml', 'infra/environments'],
    ['infra/environment/dev.yaml', 'infra/environments'],
    ['infra/enviroments/dev.yaml', 'infra/environments'],
    ['gatewright.yml', 'gatewright.yaml'],
    ['Gatewright.yaml', 'gatewright.yaml'],
    ['gatewrite.yaml', 'gatewright.yaml'],
    ['tiers.yaml', 'tenants/tiers.yaml'],
  ])('%s', (path, meant) => {
    write(path, ours);
    expect(misplaced()).toEqual([`${path} -> ${meant}`]);
    expect(treeFindings(readTree(root))).toMatchObject([
      {
        code: 'source/misplaced',
        message: expect.stringContaining(path),
        hint: `did you mean ${meant}? rename it, or move it there`,
      },
    ]);
  });

  it('leaves everything else in a repository alone', () => {
    for (const path of ['tenants/a.yaml', 'gatewright.yaml', 'routing/profiles/a.yaml', 'infra/environments/dev.yaml'])
      write(path, ours);
    for (const path of [
      'docs/a.yaml',
      'test/a.yaml',
      'tests/tenants/a.yaml',
      'examples/a.yaml',
      'infra/modules/x.yaml',
    ])
      write(path, ours);
    for (const path of ['tenant/values.yaml', 'prices/a.yaml', 'environment/main.yaml', 'gateway.yaml'])
      write(path, 'apiVersion: v1\nkind: ConfigMap\n');
    write('tenant/a.ts', ours);
    symlinkSync(join(root, 'docs'), join(root, 'infra/environment'));
    symlinkSync(join(root, 'tenants'), join(root, 'teams'));
    expect(misplaced()).toEqual([]);
  });

  it.each(['link', 'file'])('looks for nothing below infra where that is a %s', (what) => {
    write('gatewright.yaml', ours);
    write('elsewhere/environment/dev.yaml', ours);
    if (what === 'file') write('infra', ours);
    else symlinkSync(join(root, 'elsewhere'), join(root, 'infra'));
    expect(misplaced()).toEqual([]);
    expect(listed()).toEqual(['gatewright.yaml', `infra ${what === 'file' ? 'not-a-file' : 'symlink'}`]);
  });
});
