import { sortedKeys } from '../../contract/canonical.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import type { Violation } from '../violation.ts';
import type { DeleteClient, QuarantineClient, RemovalAction } from './action.ts';
import { addDays } from './dates.ts';
import type { PlanInput } from './input.ts';
import type { Origin } from './origins.ts';

export interface RemovalPlan {
  readonly actions: readonly RemovalAction[];
  readonly refused: readonly Violation[];
}

/**
 * Who is not wanted any more is quarantined first: unknown to the gateway, but kept. Deletion comes when the
 * quarantine is over, which may be at once.
 */
export function planRemovals(input: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): RemovalPlan {
  const quarantines = [...absentClients(input, origins), ...formerCredentials(origins)].map((each) =>
    quarantine(input, each),
  );
  const fresh = new Map(quarantines.map((action) => [action.key, action.since]));
  const kept = keptClients(input, origins);
  const due = sortedKeys(Object.fromEntries([...kept, ...fresh])).flatMap((key) => {
    const since = fresh.get(key) ?? kept.get(key) ?? input.date;
    return deletion(input, key, since) ?? [];
  });
  const actions = [...quarantines, ...due];
  return { actions, refused: overLimit(input, actions) };
}

interface Absent {
  readonly key: ClientKey;
  readonly name: string;
  /** Null: the client itself goes; otherwise only its former credentials do. */
  readonly renamedTo: ClientKey | null;
}

function absentClients({ state }: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): Absent[] {
  const continued = new Set([...origins.values()].map(({ from }) => from));
  const absent = sortedKeys(state.clients).filter((key) => !continued.has(key));
  return absent.map((key) => ({ key, name: state.clients[key]?.name ?? key, renamedTo: null }));
}

/** A renamed client reads its credentials from a new place; the old one stays for those who still read it. */
function formerCredentials(origins: ReadonlyMap<ClientKey, Origin>): Absent[] {
  const renamed = [...origins].filter(([key, { from, record }]) => from !== key && record.credentials !== null);
  return renamed.map(([key, { from, record }]) => ({ key: from, name: record.name, renamedTo: key }));
}

function quarantine({ desired, date }: PlanInput, { key, name, renamedTo }: Absent): QuarantineClient {
  const since = desired.clients.retired[key] ?? date;
  const kind = 'quarantine-client';
  const before = { name };
  if (renamedTo !== null) {
    const reasons = [`its client is ${renamedTo} now; only the former credentials are kept`];
    return { kind, key, before, after: { since }, risk: 'caution', reasons, since };
  }
  const reasons = ['it is not wanted any more: the gateway refuses it from now on, and it can be restored'];
  return { kind, key, before, after: { since }, risk: 'dangerous', reasons, since };
}

/** Key → since when, of who is in quarantine already and stays there. */
function keptClients({ desired, state }: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): Map<ClientKey, string> {
  const restored = new Set([...origins.values()].filter(({ quarantined }) => quarantined).map(({ from }) => from));
  const kept = sortedKeys(state.quarantined).filter((key) => !restored.has(key) && !isTakenOver(key, desired, state));
  return new Map(kept.map((key) => [key, desired.clients.retired[key] ?? state.quarantined[key]?.since ?? '']));
}

/** Former credentials whose name a wanted client writes to: there is nothing left to delete. */
function isTakenOver(key: ClientKey, desired: PlanInput['desired'], state: PlanInput['state']): boolean {
  return state.quarantined[key]?.id === null && Object.hasOwn(desired.clients.clients, key);
}

function deletion({ desired, state, date }: PlanInput, key: ClientKey, since: string): DeleteClient | null {
  const { quarantineDays } = desired.clients.deletion;
  const begun = state.quarantined[key]?.deleting === true;
  if (!begun && date < addDays(since, quarantineDays)) return null;
  const name = state.quarantined[key]?.name ?? state.clients[key]?.name ?? key;
  const reason = begun ? 'its deletion was interrupted' : `in quarantine since ${since}, for ${quarantineDays} days`;
  const risk = isCredentialsOnly(state, key) ? 'caution' : 'dangerous';
  return { kind: 'delete-client', key, before: { name }, after: null, risk, reasons: [reason] };
}

function isCredentialsOnly(state: PlanInput['state'], key: ClientKey): boolean {
  return state.quarantined[key]?.id === null;
}

function overLimit({ desired, state, date }: PlanInput, actions: readonly RemovalAction[]): Violation[] {
  // What a rename leaves behind is no deletion: its tenant keeps its client.
  const keys = new Set(actions.filter(({ risk }) => risk === 'dangerous').map(({ key }) => key));
  const { limit, acknowledged } = desired.clients.deletion;
  const clients = Object.keys(state.clients).length;
  const allowed = Math.max(limit.count, Math.floor((clients * limit.percent) / 100));
  if (keys.size <= allowed) return [];
  if (acknowledged.some(({ upTo, until }) => upTo >= keys.size && until >= date)) return [];
  return [
    {
      code: 'too-many-deletions',
      reason: `${keys.size} clients would be quarantined or deleted, ${allowed} of ${clients} are allowed in one deploy`,
      fix: `acknowledge it in safety.acknowledge of the environment: change delete-client, upTo at least ${keys.size}`,
    },
  ];
}
