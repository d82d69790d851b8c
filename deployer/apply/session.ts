import type { ReleaseBucket } from '../bucket.ts';
import type { DeployRequest } from '../deploy-input.ts';
import { Interrupted } from '../failure.ts';
import type { Lock } from '../lock.ts';
import type { Action, ActionKind } from '../plan.ts';
import type { Situation } from '../situation.ts';
import { Ledger } from './ledger.ts';

/** One apply: what it does it to, under which lock, and how far it has come. */
export class Session {
  readonly request: DeployRequest;
  readonly bucket: ReleaseBucket;
  readonly situation: Situation;
  readonly lock: Lock;
  readonly ledger: Ledger;
  /** Journal entry. */
  readonly deployment: string;
  readonly done: { readonly kind: ActionKind; readonly key: string }[] = [];
  /** Client secrets between their creation and their publication; nowhere else and no longer. */
  readonly secrets = new Map<string, string>();

  constructor(request: DeployRequest, bucket: ReleaseBucket, situation: Situation, lock: Lock, deployment: string) {
    this.request = request;
    this.bucket = bucket;
    this.situation = situation;
    this.lock = lock;
    this.deployment = deployment;
    this.ledger = new Ledger(bucket, situation.state, situation.stateEtag);
  }

  actions<K extends ActionKind>(...kinds: readonly K[]): Extract<Action, { kind: K }>[] {
    const wanted: readonly ActionKind[] = kinds;
    return this.situation.plan.actions.filter((action): action is Extract<Action, { kind: K }> =>
      wanted.includes(action.kind),
    );
  }

  /** Throws when the deploy is to stop. */
  goOn(): void {
    if (this.request.signal?.aborted === true) throw new Interrupted();
  }

  /** Reports the action, and its end if it ends well; keeps the lock. */
  async perform<T>(action: Action, run: () => Promise<T>, endsWell: (result: T) => boolean = always): Promise<T> {
    this.goOn();
    const { actions } = this.situation.plan;
    this.request.report({ kind: 'action', action, index: actions.indexOf(action) + 1, count: actions.length });
    await this.lock.keep();
    const result = await run();
    if (!endsWell(result)) return result;
    this.done.push({ kind: action.kind, key: action.key });
    this.request.report({ kind: 'action-done', action: action.kind, key: action.key });
    return result;
  }
}

function always(): boolean {
  return true;
}
