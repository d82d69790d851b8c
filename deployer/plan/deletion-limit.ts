import type { DeployState } from '../state.ts';
import type { Violation } from '../violation.ts';
import type { RemovalAction } from './action.ts';
import { addDays } from './dates.ts';
import type { PlanInput } from './input.ts';

/**
 * Clients are counted when their quarantine begins, together with those of the days before, so that many small steps
 * are one large one. Their deletion was admitted with it; and what a rename leaves behind is no deletion.
 */
export function checkDeletionLimit(input: PlanInput, removals: readonly RemovalAction[]): Violation[] {
  const { desired, state, today } = input;
  const { limit, acknowledged, quarantineDays } = desired.clients.deletion;
  const fresh = removals.filter(({ kind, id }) => kind === 'quarantine-client' && id !== null).length;
  const recent = quarantinedAfter(state, windowStart(today, quarantineDays));
  const all = recent + fresh;
  const clients = Object.keys(state.clients).length + recent;
  const allowed = Math.max(limit.count, Math.floor((clients * limit.percent) / 100));
  if (fresh === 0 || all <= allowed) return [];
  if (acknowledged.some(({ upTo, until }) => upTo >= all && until >= today)) return [];
  const days = Math.max(1, quarantineDays);
  return [
    {
      code: 'too-many-deletions',
      reason: `${fresh} clients would be quarantined, with those of the last ${days} days ${all}; ${allowed} of ${clients} are allowed`,
      fix: `acknowledge it in safety.acknowledge of the environment: change delete-client, upTo at least ${all}`,
    },
  ];
}

/** Quarantines that began after this day count. */
export function windowStart(today: string, quarantineDays: number): string {
  return addDays(today, -Math.max(1, quarantineDays));
}

function quarantinedAfter({ quarantined, deleted }: DeployState, day: string): number {
  const kept = Object.values(quarantined).filter(({ since }) => since > day).length;
  const gone = Object.entries(deleted).filter(([since]) => since > day);
  return gone.reduce((sum, [, count]) => sum + count, kept);
}
