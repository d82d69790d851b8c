import { execFileSync } from 'node:child_process';

const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Runs git in a folder, whatever the user's own git is set to, and gives what it prints. No clean-up in the background. */
export function git(folder: string, ...args: readonly string[]): string {
  const quiet = ['-c', 'maintenance.auto=false', '-c', 'gc.auto=0'];
  return execFileSync('git', [...quiet, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Commits everything in a folder, which becomes a repository if it is none, and gives the commit. */
export function commitAll(folder: string, message = 'everything'): string {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}
