import { z } from 'zod';
import { canonicalText, type Json } from '../contract/canonical.ts';
import { schemaVersion } from '../contract/vocabulary.ts';
import type { Session } from './apply/session.ts';
import type { ReleaseBucket } from './bucket.ts';
import { journalFolder, journalObject } from './bucket-layout.ts';
import { classify } from './failure.ts';
import type { DeployOutcome } from './outcome.ts';
import { storedOrHalt } from './stored.ts';

const journalEntrySchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  id: z.string(),
  environment: z.string(),
  by: z.strictObject({ id: z.string(), host: z.string(), pid: z.int() }),
  commit: z.string().nullable(),
  began: z.iso.datetime(),
  ended: z.iso.datetime(),
  release: z.strictObject({ before: z.string().nullable(), after: z.string() }),
  outcome: z.enum(['unchanged', 'deployed', 'rolled-back', 'failed', 'refused', 'unavailable', 'interrupted']),
  reasons: z.array(z.string()),
  done: z.array(z.strictObject({ kind: z.string(), key: z.string() })).describe('Actions that ended well, in order'),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Sorts by time, and is unique for two runs in one second by their owners. */
export function journalId(began: Date, release: string, owner: string): string {
  const time = began.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${release.slice(0, 12)}-${owner.slice(0, 8)}`;
}

/** A journal that cannot be written does not undo a deploy: it is reported. */
export async function record(session: Session, began: Date, outcome: DeployOutcome): Promise<void> {
  const { bucket, deployment, request, situation } = session;
  const { environment, provenance } = situation.release;
  const entry: JournalEntry = {
    schemaVersion,
    id: deployment,
    environment,
    by: request.owner,
    commit: provenance.commit,
    began: began.toISOString(),
    ended: request.now().toISOString(),
    release: situation.plan.release,
    outcome: outcome.kind,
    reasons: reasonsOf(outcome),
    done: session.done,
  };
  try {
    await bucket.create(journalObject(environment, deployment), canonicalText(entry as Json));
  } catch (error) {
    const classified = classify(error);
    if (classified === null) throw error;
    request.report({ kind: 'warning', message: `the journal was not written: ${classified.failure.reason}` });
  }
}

/** The newest entry; `since` is one known to be not newer, so that the list to read is short. */
export async function lastJournalEntry(
  bucket: ReleaseBucket,
  environment: string,
  since: string | null,
): Promise<JournalEntry | null> {
  const start = since === null ? null : journalObject(environment, since);
  const keys = await bucket.list(journalFolder(environment), start);
  const key = keys.at(-1) ?? start;
  const stored = key === null ? null : await bucket.read(key);
  if (key === null || stored === null) return null;
  return storedOrHalt(journalEntrySchema, key, stored.text, `delete ${key}: nothing but this status reads it`);
}

function reasonsOf(outcome: DeployOutcome): string[] {
  switch (outcome.kind) {
    case 'unchanged':
    case 'deployed':
      return [];
    case 'refused':
      return outcome.violations.map(({ reason }) => reason);
    case 'rolled-back':
    case 'failed':
    case 'unavailable':
    case 'interrupted':
      return [outcome.failure.reason, ...outcome.failure.alarms.map((alarm) => `alarm ${alarm}`)];
  }
}
