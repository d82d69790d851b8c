import { execFileSync } from 'node:child_process';

/** Makes a folder a git repository with one commit that holds all of it, whatever the user's own git is set to. */
export function commitAll(folder: string): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
  // No clean-up in the background, which would run into the measurement.
  git(...author, '-c', 'maintenance.auto=false', '-c', 'gc.auto=0', 'commit', '--quiet', '--message', 'before');
}
