import { appendFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

/** What GitHub Actions tells a step about where it runs. Elsewhere none of these are set. */
const { env } = process;

/** Where `root` lies in the repository that is checked out; empty for its root, and for what lies outside of it. */
export function folderInRepository(root: string): string {
  const below = relative(env['GITHUB_WORKSPACE'] ?? process.cwd(), root);
  return below.startsWith('..') ? '' : below.split(sep).join('/');
}

/** Where docs/checks.md of the repository can be read. */
export function documentationAddress(): string | undefined {
  const [server, repository, commit] = [env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY'], env['GITHUB_SHA']];
  if (server === undefined || repository === undefined) return undefined;
  return `${server}/${repository}/blob/${commit ?? 'HEAD'}/docs/checks.md`;
}

/** Adds to the page that a job shows for this step. Outside of GitHub Actions there is none. */
export function addToJobSummary(markdown: string): void {
  const file = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') appendFileSync(file, `\n${markdown}`);
}
