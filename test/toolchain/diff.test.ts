import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffTrees } from '../../toolchain/diff.ts';
import { day } from '../day.ts';
import { commitAll } from '../git.ts';
import { repository, write } from './repository.ts';

function edit(root: string, path: string, from: string, to: string): void {
  write(root, path, readFileSync(join(root, path), 'utf8').replace(from, to));
}

describe('a diff between commits', () => {
  it('compares the files on the disk with a commit', async () => {
    const { root, first } = repository('config');
    edit(root, 'tenants/bound.yaml', '"200.00"', '"300.00"');
    const { comparison, changes } = await diffTrees({ root, base: 'main', date: day });
    expect(changes.map(({ sentence }) => sentence)).toEqual([
      'Tenant bound: monthly budget rises from 200.00 to 300.00 USD',
    ]);
    expect(changes[0]?.environments).toEqual(['prod']);
    expect(comparison).toMatchObject({
      base: { label: 'main', commit: first },
      head: { label: 'working tree', commit: null },
      environments: ['dev', 'prod'],
      notes: [],
    });
  });

  it('compares two commits, whatever is on the disk', async () => {
    const { folder, root, first } = repository();
    edit(root, 'tenants/bound.yaml', '"200.00"', '"300.00"');
    const second = commitAll(folder);
    write(root, 'tenants/bound.yaml', 'broken');
    const { changes } = await diffTrees({ root, base: first, head: second, date: day, environments: ['dev'] });
    expect(changes).toEqual([]);
    expect((await diffTrees({ root, base: second, head: first, date: day })).changes[0]?.sentence).toContain('falls');
  });

  it('of a head that does not validate is its findings', async () => {
    const { root } = repository();
    edit(root, 'tenants/bound.yaml', 'tier:', 'teir:');
    const { comparison, findings } = await diffTrees({ root, base: 'main', date: day });
    expect(comparison).toBeNull();
    expect(findings.map(({ severity }) => severity)).toContain('error');
  });

  it('goes on where the base does not validate, and says so', async () => {
    const { folder, root } = repository();
    edit(root, 'tenants/bound.yaml', 'kind: Tenant', 'kind: Tennant\nmore: [');
    commitAll(folder);
    edit(root, 'tenants/bound.yaml', 'kind: Tennant\nmore: [', 'kind: Tenant');
    edit(root, 'tenants/alpha.yaml', 'CC-1', 'CC-9');
    const { comparison, baseFindings } = await diffTrees({ root, base: 'main', date: day });
    expect(baseFindings.length).toBeGreaterThan(0);
    expect(comparison?.notes).toEqual([expect.stringMatching(/^main does not validate \(.*tenants\/bound\.yaml:/)]);
    expect(comparison?.changes.map(({ sentence }) => sentence)).toContain(
      'Tenant alpha: cost centre changes from CC-1 to CC-9',
    );
  });
});
