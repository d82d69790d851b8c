import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Collection, fileName, type Store } from './store.ts';

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** In quotes, as S3 sends it. */
  readonly etag: string;
  readonly size: number;
  readonly lastModified: string;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Header name → value of the checksums that came with the object. */
  readonly checksums: Readonly<Record<string, string>>;
  /** Below the `s3` folder. */
  readonly file: string;
  /** Name of the staged file that becomes `file`. */
  readonly staged: string;
}

export type NewObject = Pick<
  StoredObject,
  'bucket' | 'key' | 'lastModified' | 'contentType' | 'metadata' | 'checksums'
>;

interface Bucket {
  readonly name: string;
}

/**
 * Contents lie at `s3/<bucket>/<key>` for people to read, records beside them in `s3-objects`. Writing the record is
 * the commit: the content is staged before it and moved into place after it, or at the next start if a kill came
 * between.
 */
export class Objects {
  readonly #store: Store;
  readonly #buckets: Collection<Bucket>;
  readonly #objects: Collection<StoredObject>;

  constructor(store: Store) {
    this.#store = store;
    this.#buckets = store.collection<Bucket>('s3-buckets', (bucket) => bucket.name);
    this.#objects = store.collection<StoredObject>('s3-objects', ({ bucket, key }) => `${bucket}/${key}`);
    this.#recover();
  }

  hasBucket(name: string): boolean {
    return this.#buckets.get(name) !== undefined;
  }

  createBucket(name: string): void {
    this.#buckets.put({ name });
  }

  get(bucket: string, key: string): StoredObject | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }

  /** In the order of S3: by UTF-8 bytes of the key. */
  list(bucket: string): StoredObject[] {
    const found = this.#objects.values().filter((object) => object.bucket === bucket);
    return found.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  read(object: StoredObject): Buffer {
    return readFileSync(this.#path(object.file));
  }

  put(object: NewObject, content: Buffer): StoredObject {
    const file = this.get(object.bucket, object.key)?.file ?? this.#freeFile(object.bucket, object.key);
    const staged = this.#store.stage(content);
    const etag = `"${createHash('md5').update(content).digest('hex')}"`;
    const record = { ...object, etag, size: content.length, file, staged: basename(staged) };
    this.#objects.put(record);
    this.#settle(record);
    return record;
  }

  delete(object: StoredObject): void {
    this.#objects.delete(`${object.bucket}/${object.key}`);
    rmSync(this.#path(object.file), { force: true });
    this.#removeEmptyFolders(dirname(this.#path(object.file)));
  }

  #path(file: string): string {
    return join(this.#store.directory, 's3', file);
  }

  #settle(record: StoredObject): void {
    const target = this.#path(record.file);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    renameSync(join(this.#store.staging, record.staged), target);
  }

  #recover(): void {
    for (const record of this.#objects.values()) {
      if (existsSync(join(this.#store.staging, record.staged))) this.#settle(record);
      else if (!existsSync(this.#path(record.file))) this.#objects.delete(`${record.bucket}/${record.key}`);
    }
    // What is still staged was never committed.
    for (const name of readdirSync(this.#store.staging)) rmSync(join(this.#store.staging, name), { force: true });
    this.#removeOrphans();
  }

  #removeOrphans(): void {
    const known = new Set(this.#objects.values().map((record) => this.#path(record.file)));
    const visit = (folder: string): void => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) visit(path);
        else if (!known.has(path)) rmSync(path, { force: true });
      }
    };
    if (existsSync(this.#path(''))) visit(this.#path(''));
  }

  /** The readable place of a key, or one by digest where a file stands where a folder should, or the reverse. */
  #freeFile(bucket: string, key: string): string {
    const readable = join(bucket, ...key.split('/').map(fileName));
    if (readable.length <= 900 && !this.#isBlocked(readable)) return readable;
    return join(bucket, '%keys', createHash('sha256').update(key).digest('hex'));
  }

  #isBlocked(file: string): boolean {
    if (existsSync(this.#path(file))) return true;
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
      const path = this.#path(folder);
      if (existsSync(path)) return !statSync(path).isDirectory();
    }
    return false;
  }

  #removeEmptyFolders(start: string): void {
    const root = this.#path('');
    for (let folder = start; dirname(folder).startsWith(root); folder = dirname(folder)) {
      if (readdirSync(folder).length > 0) return;
      rmdirSync(folder);
    }
  }
}
