import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { commitOf, commitOnDisk, readTreeAt } from '../../toolchain/git.ts';
import { commitAll, git } from '../git.ts';
import { importFiles, repository, temporaryFolder, write } from './repository.ts';

function texts(tree: SourceTree): (readonly [string, string])[] {
  return tree.files.map(({ path, content }) => [
    path,
    content instanceof Uint8Array ? new TextDecoder().decode(content) : content.refused,
  ]);
}

describe('a tree of a commit', () => {
  it.each(['', 'gateway/config'])('is what the disk had, below "%s"', async (below) => {
    const { folder, root } = repository(below);
    write(root, 'tenants/über/späte gäste.yaml', 'ü: "\\n"\r\nlast line without end');
    write(root, 'tenants/.hidden.yaml', 'no');
    write(root, 'tenants/.hidden/a.yaml', 'no');
    write(root, 'tenants/README.md', 'no');
    write(root, 'tenants/wrong.yml', 'wrong ending');
    write(root, 'tenants/empty.yaml', '');
    write(root, 'tenants/large.yaml', '#'.repeat(1024 * 1024 + 1));
    write(root, 'infra/main.tf', 'no');
    write(root, 'elsewhere/a.yaml', 'no');
    symlinkSync('alpha.yaml', join(root, 'tenants/link.yaml'));
    symlinkSync('../tenants', join(root, 'guardrails/linked-folder'));
    symlinkSync('README.md', join(root, 'tenants/linked.md'));
    rmSync(join(root, 'pricing'), { recursive: true });
    symlinkSync('tenants', join(root, 'pricing'));
    commitAll(folder);
    const onDisk = texts(readTree(root));
    expect(texts(await readTreeAt(root, 'HEAD'))).toEqual(onDisk);
    expect(onDisk.map(([path]) => path)).toContain('tenants/link.yaml');
  });

  it('leaves the working tree alone, and is not touched by it', async () => {
    const { root, first } = repository();
    write(root, 'tenants/alpha.yaml', 'changed');
    const index = readFileSync(join(root, '.git/index'));
    const old = texts(await readTreeAt(root, first));
    expect(old.find(([path]) => path === 'tenants/alpha.yaml')?.[1]).toContain('Team alpha');
    expect(readFileSync(join(root, 'tenants/alpha.yaml'), 'utf8')).toBe('changed');
    expect(readFileSync(join(root, '.git/index'))).toEqual(index);
    expect(readdirSync(join(root, '.git'))).not.toContain('index.lock');
  });

  it('refuses a submodule', async () => {
    const { folder, root, first } = repository();
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${first},tenants/sub`);
    git(folder, 'commit', '--quiet', '-m', 'submodule');
    expect(texts(await readTreeAt(root, 'HEAD'))).toContainEqual(['tenants/sub', 'not-a-file']);
  });

  it('is empty where the folder is not in the commit', async () => {
    const { folder } = repository();
    mkdirSync(join(folder, 'new'));
    expect((await readTreeAt(join(folder, 'new'), 'main')).files).toEqual([]);
  });

  it('of 10 000 files takes two processes', async () => {
    const { folder } = repository();
    const names = Array.from({ length: 10_000 }, (_, index) => `t-${index}`);
    importFiles(folder, Object.fromEntries(names.map((name) => [`tenants/many/${name}.yaml`, `name: ${name}\n`])));
    const tree = await readTreeAt(folder, 'many');
    expect(tree.files).toHaveLength(10_000);
  });
});

describe('a commit', () => {
  it('is found by branch, tag, id and relation', async () => {
    const { folder, first } = repository();
    git(folder, 'tag', '-a', 'v1', '-m', 'annotated');
    const second = commitAll(folder);
    expect(await commitOf(folder, 'v1')).toBe(first);
    expect(await commitOf(folder, 'main~1')).toBe(first);
    expect(await commitOf(folder, second.slice(0, 10))).toBe(second);
    expect(await commitOnDisk(folder)).toBe(second);
  });

  it('is what is on the disk only while nothing of the configuration was changed since', async () => {
    const { folder, first } = repository();
    write(folder, 'notes.txt', 'not configuration');
    expect(await commitOnDisk(folder)).toBe(first);
    write(folder, 'tenants/new.yaml', 'kind: Tenant');
    expect(await commitOnDisk(folder)).toBeNull();
  });

  it('is none without a repository or before the first commit', async () => {
    const folder = temporaryFolder();
    expect(await commitOnDisk(folder)).toBeNull();
    git(folder, 'init', '--quiet');
    expect(await commitOnDisk(folder)).toBeNull();
  });
});

describe('what cannot be read is said', () => {
  it('of a folder without a repository', async () => {
    await expect(readTreeAt(temporaryFolder(), 'main')).rejects.toThrow('is in no git repository');
    await expect(readTreeAt(join(temporaryFolder(), 'none'), 'main')).rejects.toThrow('is not a folder');
  });

  it.each(['--output=x', '-h', '', 'a\nb', 'a\0b'])('of the impossible ref %j', async (ref) => {
    await expect(readTreeAt(repository().folder, ref)).rejects.toThrow('cannot be a branch, tag or commit');
  });

  it.each(['nowhere', 'main:tenants', 'main..main', '0123456789012345678901234567890123456789'])(
    'of the ref %s',
    async (ref) => {
      await expect(readTreeAt(repository().folder, ref)).rejects.toThrow(`there is no branch, tag or commit ${ref}`);
    },
  );

  it('of a shallow clone', async () => {
    const { folder, first } = repository();
    commitAll(folder);
    const clone = join(temporaryFolder(), 'clone');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, clone);
    await expect(readTreeAt(clone, first)).rejects.toMatchObject({
      message: `the clone is shallow and does not hold ${first}`,
      fix: expect.stringContaining('fetch-depth: 0'),
    });
  });
});
