import { execFileSync } from 'node:child_process';

/** Makes `folder` a git repository, unless it is one, and commits everything in it. */
export function commitEverything(folder: string): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    [...identity, 'commit', '-q', '-m', 'Everything'],
  ]) {
    execFileSync('git', args, { cwd: folder });
  }
}
