import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../compiler/analyse.ts';
import { diffAnalyses } from '../../../compiler/diff/diff.ts';
import { readTree } from '../../../compiler/source/read.ts';
import type { SourceTree } from '../../../compiler/source/tree.ts';
import { unreadOf } from '../../../toolchain/diff/unread.ts';
import { diffTrees } from '../../../toolchain/diff.ts';
import { day } from '../../day.ts';
import { edited, overlay, project } from '../../diff/trees.ts';
import { commitAll } from '../../git.ts';
import { repository, write } from '../repository.ts';

const scenarios = join(import.meta.dirname, '../../diff/scenarios');
const pairs = readdirSync(scenarios, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): [string, SourceTree, SourceTree] => {
    const base = overlay(readTree(project), join(scenarios, name, 'base'));
    return [name, base, overlay(base, join(scenarios, name, 'head'))];
  })
  .filter(([, base, head]) => unreadOf(base, head).size > 0);

describe('tenants that are the same on both sides', () => {
  it('are left unread where only tenants differ', () => {
    const base = readTree(project);
    const head = edited(base, 'tenants/bound.yaml', (text) => `${text}# more\n`);
    const unread = unreadOf(base, head);
    expect(unread).toContain('tenants/alpha.yaml');
    expect([...unread].every((path) => path.startsWith('tenants/'))).toBe(true);
    expect(unread).not.toContain('tenants/bound.yaml');
    expect(unread).not.toContain('tenants/tiers.yaml');
    const tiers = edited(head, 'tenants/tiers.yaml', (text) => `${text}# more\n`);
    expect(unreadOf(base, tiers).size).toBe(0);
    expect(unreadOf(base, { files: head.files.filter(({ path }) => path !== 'tenants/tiers.yaml') }).size).toBe(0);
  });

  it.each(pairs)('take nothing from the diff %s', (_, base, head) => {
    const unread = unreadOf(base, head);
    const whole = diffAnalyses(analyse({ tree: base, date: day }), analyse({ tree: head, date: day }));
    const [before, after] = [base, head].map((tree) => analyse({ tree, date: day, unread }));
    if (before === undefined || after === undefined) throw new Error('a side is missing');
    expect(after.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(diffAnalyses(before, after)).toEqual(whole);
  });

  it('are many of the scenarios', () => {
    expect(pairs.length).toBeGreaterThan(5);
  });

  it('may be wrong: what differs is told all the same, but for a change that reaches them', async () => {
    const { folder, root } = repository();
    write(root, 'tenants/alpha.yaml', 'kind: [');
    commitAll(folder);
    write(root, 'tenants/bound.yaml', textOf('tenants/bound.yaml').replace('"200.00"', '"300.00"'));
    const ofTenant = await diffTrees({ root, base: 'main', date: day });
    expect(ofTenant.changes.map(({ sentence }) => sentence)).toEqual([
      'Tenant bound: monthly budget rises from 200.00 to 300.00 USD',
    ]);
    write(root, 'tenants/tiers.yaml', `${textOf('tenants/tiers.yaml')}# more\n`);
    expect((await diffTrees({ root, base: 'main', date: day })).comparison).toBeNull();
  });
});

function textOf(path: string): string {
  const content = readTree(project).files.find((file) => file.path === path)?.content;
  if (!(content instanceof Uint8Array)) throw new Error(`${path} is missing`);
  return new TextDecoder().decode(content);
}
