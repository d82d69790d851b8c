import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who serves a state directory. The instance tells a live owner from a stranger that got its process id or port. */
export interface Owner {
  readonly pid: number;
  readonly endpoint: string;
  readonly instance: string;
}

const lockName = 'owner.json';

export class StateInUse extends Error {
  constructor(directory: string, owner: Owner) {
    super(`another process (pid ${owner.pid}) is using the embedded AWS state in ${directory}`);
  }
}

/** Takes the directory or throws StateInUse; a lock whose owner is dead is taken over. */
export async function acquire(directory: string, owner: Owner, waitMilliseconds: number): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const deadline = Date.now() + waitMilliseconds;
  while (!createLock(directory, owner)) {
    const other = readLock(directory);
    if (other === null) continue;
    if (!(await isAlive(other))) {
      discard(directory, other);
    } else if (Date.now() >= deadline) {
      throw new StateInUse(directory, other);
    } else {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export function release(directory: string, owner: Owner): void {
  if (readLock(directory)?.instance === owner.instance) rmSync(join(directory, lockName), { force: true });
}

/** A link appears with its whole content or not at all, and never replaces another. */
function createLock(directory: string, owner: Owner): boolean {
  const draft = join(directory, `${lockName}.${owner.instance}`);
  writeFileSync(draft, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, join(directory, lockName));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readLock(directory: string): Owner | null {
  try {
    return JSON.parse(readFileSync(join(directory, lockName), 'utf8')) as Owner;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Moves the dead owner's lock away; puts it back when a rival had replaced it between the look and the move. */
function discard(directory: string, dead: Owner): void {
  const aside = join(directory, `${lockName}.dead-${process.pid}`);
  try {
    renameSync(join(directory, lockName), aside);
    const moved = JSON.parse(readFileSync(aside, 'utf8')) as Owner;
    if (moved.instance !== dead.instance) linkSync(aside, join(directory, lockName));
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  try {
    const response = await fetch(`${owner.endpoint}/_embedded/owner`, { signal: AbortSignal.timeout(2000) });
    return ((await response.json()) as Partial<Owner>).instance === owner.instance;
  } catch (error) {
    // Nobody listens: the process id belongs to somebody else by now. A silent owner may only be slow.
    return (error as Error).name === 'TimeoutError';
  }
}
