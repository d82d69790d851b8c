import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Scenario tests run the compiled command line: build it once, so that no test sees stale code. */
export function setup(): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
}
