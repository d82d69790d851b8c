import type { S3 } from '@aws-sdk/client-s3';
import { isAwsError } from './failure.ts';

export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

/** The release bucket: every write is conditional, nothing is ever overwritten blindly. */
export class ReleaseBucket {
  readonly name: string;
  readonly #s3: S3;

  constructor(s3: S3, name: string) {
    this.#s3 = s3;
    this.name = name;
  }

  /** Null: there is no such object. A bucket that does not exist holds none. */
  async read(key: string): Promise<StoredText | null> {
    try {
      const answer = await this.#s3.getObject({ Bucket: this.name, Key: key });
      const text = (await answer.Body?.transformToString('utf-8')) ?? '';
      return { text, etag: answer.ETag ?? '' };
    } catch (error) {
      if (isAwsError(error, 'NoSuchKey', 'NoSuchBucket')) return null;
      throw error;
    }
  }

  /** False: there is such an object already. A create whose answer was lost is retried by the SDK and says so too. */
  async create(key: string, text: string): Promise<boolean> {
    return (await this.#put(key, text, { IfNoneMatch: '*' })) !== null;
  }

  /**
   * Writes if the object is still the one with this ETag (null: if there is none) and returns its new ETag; null:
   * somebody else wrote it. A lost answer is not taken for a conflict: what is there is compared first.
   */
  async replace(key: string, text: string, etag: string | null): Promise<string | null> {
    const written = await this.#put(key, text, etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag });
    if (written !== null) return written;
    const current = await this.read(key);
    return current?.text === text ? current.etag : null;
  }

  /** Deletes the object if it is still the one with this ETag; false: it is not. */
  async remove(key: string, etag: string): Promise<boolean> {
    try {
      await this.#s3.deleteObject({ Bucket: this.name, Key: key, IfMatch: etag });
      return true;
    } catch (error) {
      if (isAwsError(error, 'PreconditionFailed', 'NoSuchKey')) return false;
      throw error;
    }
  }

  /** Keys below `prefix` that sort after `after`. */
  async list(prefix: string, after: string | null): Promise<string[]> {
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const start = after === null || token !== undefined ? {} : { StartAfter: after };
      const next = token === undefined ? {} : { ContinuationToken: token };
      const page = await this.#s3.listObjectsV2({ Bucket: this.name, Prefix: prefix, ...start, ...next });
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return keys;
  }

  /** The new ETag, or null where the condition did not hold. */
  async #put(key: string, text: string, condition: { IfNoneMatch?: string; IfMatch?: string }): Promise<string | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const request = { Bucket: this.name, Key: key, Body: text, ContentType: 'application/json' };
        const answer = await this.#s3.putObject({ ...request, ...condition });
        return answer.ETag ?? '';
      } catch (error) {
        if (isAwsError(error, 'PreconditionFailed', 'NoSuchKey')) return null;
        // Two writes at once: S3 decided for neither, and the condition is asked again.
        if (!isAwsError(error, 'ConditionalRequestConflict') || attempt === 5) throw error;
      }
    }
  }
}
