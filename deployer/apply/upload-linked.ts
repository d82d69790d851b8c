import { linkedObject } from '../bucket-layout.ts';
import { Halt } from '../failure.ts';
import { type LinkedRelease, linkRelease } from '../link-release.ts';
import type { Session } from './session.ts';

/** Binds the release to the ids that the clients have by now, and stores what comes out under its digest. */
export async function uploadLinked(session: Session): Promise<LinkedRelease> {
  const { bucket, ledger, situation } = session;
  const desired = situation.release.clients.clients;
  const ids = [...ledger.clients].filter(([key]) => Object.hasOwn(desired, key)).map(([key, { id }]) => [key, id]);
  const linked = linkRelease(situation.release, situation.infra, Object.fromEntries(ids));
  if ('violations' in linked) {
    throw new Halt(linked.violations.map(({ reason }) => reason).join('; '), linked.violations[0]?.fix ?? '');
  }
  await bucket.create(linkedObject(linked.value.linked), linked.value.config);
  return linked.value;
}
