import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { byCodeUnit } from '../../contract/canonical.ts';

/**
 * The state directory: one readable JSON file for each record, all records in memory while the server runs. A write
 * is a new file renamed over the old one, and it happens before the answer leaves: a process killed at any moment
 * leaves every record either as it was or as it became. Input and output are synchronous on purpose: no second
 * request can see, or break into, half of an operation.
 */
export class Store {
  readonly directory: string;
  readonly staging: string;
  #sequence = 0;

  constructor(directory: string) {
    this.directory = directory;
    this.staging = join(directory, 'staging');
    mkdirSync(this.staging, { recursive: true, mode: 0o700 });
  }

  collection<T>(folder: string, idOf: (record: T) => string): Collection<T> {
    return new Collection(this, folder, idOf);
  }

  /** Writes below `staging` and returns the file, which the caller renames to where it belongs. */
  stage(data: string | Buffer): string {
    this.#sequence += 1;
    const file = join(this.staging, `${process.pid}-${this.#sequence}`);
    writeFileSync(file, data, { mode: 0o600 });
    return file;
  }

  write(path: string, data: string | Buffer): void {
    const file = join(this.directory, path);
    const staged = this.stage(data);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    renameSync(staged, file);
  }

  /** The parsed file, or undefined where there is none. */
  readJson(path: string): unknown {
    const file = join(this.directory, path);
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new Error(`the embedded AWS cannot read its state file ${file}: ${(error as Error).message}`);
    }
  }

  remove(path: string): void {
    rmSync(join(this.directory, path), { force: true });
  }
}

/** Records of one kind. Treat what it returns as immutable: a change exists once `put` has written it. */
export class Collection<T> {
  readonly #store: Store;
  readonly #folder: string;
  readonly #idOf: (record: T) => string;
  readonly #records = new Map<string, T>();

  constructor(store: Store, folder: string, idOf: (record: T) => string) {
    this.#store = store;
    this.#folder = folder;
    this.#idOf = idOf;
    const path = join(store.directory, folder);
    const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
    for (const name of names.sort(byCodeUnit)) {
      const record = store.readJson(join(folder, name)) as T;
      this.#records.set(idOf(record), record);
    }
  }

  get(id: string): T | undefined {
    return this.#records.get(id);
  }

  values(): T[] {
    return [...this.#records.values()];
  }

  get size(): number {
    return this.#records.size;
  }

  put(record: T): void {
    const id = this.#idOf(record);
    this.#store.write(this.#path(id), `${JSON.stringify(record, null, 2)}\n`);
    this.#records.set(id, record);
  }

  delete(id: string): void {
    this.#store.remove(this.#path(id));
    this.#records.delete(id);
  }

  #path(id: string): string {
    return join(this.#folder, `${fileName(id)}.json`);
  }
}

/**
 * One file name for one identifier, and never two identifiers for one file name: no separators, no leading dot, no
 * upper case (some file systems fold it). What would be too long becomes a digest.
 */
export function fileName(id: string): string {
  const encoded = Buffer.from(id, 'utf8')
    .toString('latin1')
    .replace(/[^a-z0-9._-]|^\./g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  if (encoded.length > 0 && encoded.length <= 200) return encoded;
  return `%long-${createHash('sha256').update(id).digest('hex')}`;
}
