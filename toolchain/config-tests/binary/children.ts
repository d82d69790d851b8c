import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Running children, each with the directory that is for it alone. */
const living = new Map<ChildProcess, string>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The child and its directory are gone when this process ends: by itself, by an error, or by a signal. */
export function endWithThisProcess(child: ChildProcess, directory: string): void {
  if (living.size === 0) {
    process.on('exit', removeAll);
    for (const signal of signals) process.on(signal, removeAllAndPassOn);
  }
  living.set(child, directory);
  for (const end of ['exit', 'error']) child.once(end, () => forget(child));
}

function forget(child: ChildProcess): void {
  living.delete(child);
  if (living.size > 0) return;
  process.off('exit', removeAll);
  for (const signal of signals) process.off(signal, removeAllAndPassOn);
}

function removeAll(): void {
  for (const [child, directory] of living) {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A listener takes the signal's own effect away: where nobody else listens, it has to follow. */
function removeAllAndPassOn(signal: NodeJS.Signals): void {
  removeAll();
  process.off(signal, removeAllAndPassOn);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
