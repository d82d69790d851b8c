import { defaultFailoverStatuses } from '../../compiler/schema/routing-profile.ts';
import type { Behaviour, World } from '../../toolchain/config-tests/engine.ts';
import { type Branch, type Fallback, type Routed, seconds } from './routing.ts';

/** One way in which a request can end. */
export interface End {
  /** Relative to the other ends. */
  readonly weight: number;
  /** Providers, in the order in which they are called. */
  readonly attempts: readonly string[];
  /** Of the last call. */
  readonly upstreamModel: string | undefined;
  readonly status: number;
}

export interface Circumstances {
  readonly routed: Routed;
  readonly path: string;
  readonly requested: string;
  /** Whether the body is small enough to be sent twice. */
  readonly replayable: boolean;
  readonly world: World;
}

/** A branch is drawn once, by its share; then its targets are tried, each left alone as long as its branch says. */
export function ends(branches: readonly Branch[], circumstances: Circumstances): End[] {
  // The gateway retries per request and not per branch: also a single branch beside a fallback is asked again.
  const failing = branches.filter(({ targets, fallback }) => targets.length > 1 && fallback !== undefined);
  const retries = Math.max(0, ...failing.map(({ targets, fallback }) => fallback?.retries ?? targets.length - 1));
  return branches.map((branch) => walk(branch, failing[0]?.fallback, retries, circumstances));
}

function walk(
  { share, targets, fallback }: Branch,
  policy: Fallback | undefined,
  retries: number,
  { routed, path, requested, replayable, world }: Circumstances,
): End {
  const attempts: string[] = [];
  let upstreamModel: string | undefined;
  const away = targets.map(() => ({ until: 0, times: 0 }));
  const isFallback = targets.length > 1;
  let clock = 0;
  for (let attempt = 0; ; attempt += 1) {
    // The first target that is not left alone; where all are, the first of all.
    const index = Math.max(0, isFallback ? away.findIndex(({ until }) => until <= clock) : 0);
    const target = targets[index];
    const state = away[index];
    if (target === undefined || state === undefined) throw new Error('a branch has a target');
    const end = (status: number): End => ({ weight: share, attempts, upstreamModel, status });
    if (path === '/v1/messages/count_tokens' && !routed.countsTokens(target, requested)) return end(200);
    attempts.push(target.provider);
    upstreamModel = routed.upstream(target, requested);
    const behaviour = world.providers[target.provider] ?? 'ok';
    clock += behaviour === 'slow' ? routed.timeouts.attempt : 0;
    if (clock >= routed.timeouts.request) return end(504);
    // The gateway takes every answer for a count, and what is none for a failure of its own.
    if (path === '/v1/messages/count_tokens' && typeof behaviour === 'number') return end(503);
    const failed = !(behaviour === 'ok' || (typeof behaviour === 'number' && !statuses(policy).includes(behaviour)));
    if (!failed || attempt >= retries || !replayable) return end(statusOf(behaviour));
    if (state.until <= clock) {
      state.times += 1;
      state.until = clock + seconds(fallback?.cooldown ?? '2s') * state.times;
    }
    clock += seconds(policy?.backoff ?? '50ms');
    if (clock >= routed.timeouts.request) return end(504);
  }
}

function statuses(policy: Fallback | undefined): readonly number[] {
  return policy?.on ?? defaultFailoverStatuses;
}

/** What the client reads where no further target is tried. */
function statusOf(behaviour: Behaviour): number {
  if (typeof behaviour === 'number') return behaviour;
  return { ok: 200, down: 503, slow: 504 }[behaviour];
}
