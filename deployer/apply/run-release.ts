import type { Failure } from '../failure.ts';
import { serviceOf } from '../plan/release.ts';
import type { Applied } from '../state.ts';
import { registerTaskDefinition } from './register-task-definition.ts';
import { rollOut } from './roll-out.ts';
import type { Session } from './session.ts';
import { uploadLinked } from './upload-linked.ts';

export type Run =
  | { readonly kind: 'running'; readonly applied: Applied }
  | { readonly kind: 'rolled-back' | 'failed'; readonly failure: Failure };

/** Links the config and makes the service run it; without a roll-out in the plan, what runs already goes on. */
export function runRelease(session: Session): Promise<Run> {
  const { release } = session.situation;
  const about: About = {
    release: release.id,
    artifacts: release.digests,
    quarantineDays: release.clients.deletion.quarantineDays,
  };
  const [action] = session.actions('roll-out');
  const { applied } = session.ledger;
  if (action === undefined) {
    if (applied === null) throw new Error('nothing runs, and the plan rolls nothing out');
    return Promise.resolve({ kind: 'running', applied: { ...applied, ...about } });
  }
  return session.perform(
    action,
    () => runLinked(session, about),
    ({ kind }) => kind === 'running',
  );
}

type About = Pick<Applied, 'release' | 'artifacts' | 'quarantineDays'>;

async function runLinked(session: Session, about: About): Promise<Run> {
  const { linked, definition } = await uploadLinked(session);
  const registered = await registerTaskDefinition(session, definition);
  const verdict = await rollOut(session, registered);
  if (verdict.kind !== 'successful') return verdict;
  const service = serviceOf(session.situation.infra);
  const running = { linked, definition: definition.digest, taskDefinition: registered.arn, service };
  return { kind: 'running', applied: { ...about, ...running } };
}
