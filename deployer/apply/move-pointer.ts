import { canonicalText } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import { pointerObject } from '../bucket-layout.ts';
import { Halt } from '../failure.ts';
import { type Applied, type Pointer, pointerSchema } from '../state.ts';
import { storedOrHalt } from '../stored.ts';
import type { Session } from './session.ts';

/** The pointer names what runs: it moves only after the roll-out, and only from where it was seen. */
export async function movePointer(session: Session, applied: Applied): Promise<void> {
  const { bucket, situation, request } = session;
  const { environment } = situation.release;
  for (const action of session.actions('move-pointer')) {
    await session.perform(action, async () => {
      const { release, linked, taskDefinition } = applied;
      if (isThere(situation.pointer, applied)) return;
      const at = request.now().toISOString();
      const pointer: Pointer = {
        schemaVersion,
        environment,
        release,
        linked,
        taskDefinition,
        at,
        deployment: session.deployment,
      };
      const key = pointerObject(environment);
      await session.lock.verify();
      if ((await bucket.replace(key, canonicalText(pointer), situation.pointerEtag)) !== null) return;
      // Between the first look and the lock another deploy may have moved it.
      const current = await bucket.read(key);
      if (current !== null && isThere(storedOrHalt(pointerSchema, key, current.text), applied)) return;
      await session.lock.verify();
      if ((await bucket.replace(key, canonicalText(pointer), current?.etag ?? null)) !== null) return;
      throw new Halt(`${key} is written by somebody else`, 'find out who writes it, and run the deploy again');
    });
  }
}

function isThere(pointer: Pointer | null, { release, linked, taskDefinition }: Applied): boolean {
  return pointer?.release === release && pointer.linked === linked && pointer.taskDefinition === taskDefinition;
}
