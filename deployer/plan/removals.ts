import { byCodeUnit } from '../../contract/canonical.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import type { DeleteClient, QuarantineClient, RemovalAction } from './action.ts';
import { addDays, latest } from './dates.ts';
import type { PlanInput } from './input.ts';
import type { Origin } from './origins.ts';

/** What is not wanted any more: an app client, or (`id` null) the credentials that a rename left behind. */
interface Leftover {
  readonly key: ClientKey;
  readonly id: string | null;
  /** Of the app client or of the credentials. */
  readonly name: string;
  /** First day of its quarantine. */
  readonly since: string;
  readonly deleting: boolean;
}

type Fresh = Leftover & { readonly reason: string };

/**
 * Who is not wanted any more is quarantined first: unknown to the gateway, but kept. Deletion comes when the
 * quarantine is over, which may be at once.
 */
export function planRemovals(input: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): RemovalAction[] {
  const fresh = [...absentClients(input, origins), ...formerCredentials(input, origins)];
  const all = [...clientsInQuarantine(input, origins), ...credentialsInQuarantine(input, origins), ...fresh];
  const due = all.filter((each) => isDue(input, each)).toSorted((a, b) => byCodeUnit(a.key, b.key));
  return [...fresh.map(quarantine), ...due.map((each) => deletion(input, each))];
}

function absentClients({ state, today }: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): Fresh[] {
  const continued = new Set([...origins.values()].map(({ record }) => record.id));
  const reason = 'it is not wanted any more: the gateway refuses it from now on, and it can be restored';
  return Object.entries(state.clients)
    .filter(([, { id }]) => !continued.has(id))
    .map(([key, { id, name }]) => ({ key, id, name, since: today, deleting: false, reason }));
}

/** A renamed client reads its credentials from a new place; the old one stays for those who still read it. */
function formerCredentials({ today }: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): Fresh[] {
  return [...origins].flatMap(([key, { from, record }]) => {
    if (from === key || record.credentials === null) return [];
    const reason = `its client is ${key} now; only the former credentials are kept`;
    return [{ key: from, id: null, name: record.credentials.name, since: today, deleting: false, reason }];
  });
}

function clientsInQuarantine({ state }: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): Leftover[] {
  const continued = new Set([...origins.values()].map(({ record }) => record.id));
  return Object.entries(state.quarantined)
    .filter(([id]) => !continued.has(id))
    .map(([id, { key, name, since, deleting }]) => ({ key, id, name, since, deleting }));
}

/** But for those that a wanted client publishes under again, and those of a client that moves on once more. */
function credentialsInQuarantine({ desired, state }: PlanInput, origins: ReadonlyMap<ClientKey, Origin>): Leftover[] {
  const used = new Set([...origins.values()].map(({ from }) => from));
  return Object.entries(state.renamed)
    .filter(([key]) => !(Object.hasOwn(desired.clients.clients, key) || used.has(key)))
    .map(([key, { credentials, since }]) => ({ key, id: null, name: credentials, since, deleting: false }));
}

function quarantine({ key, id, name, since, reason }: Fresh): QuarantineClient {
  const risk = id === null ? 'caution' : 'dangerous';
  return { kind: 'quarantine-client', key, id, before: { name }, after: { since }, risk, reasons: [reason], since };
}

/** Retired on a day, it is kept from that day on; but a day that is past when a deploy first sees it shortens nothing. */
function isDue({ desired, today }: PlanInput, { key, since, deleting }: Leftover): boolean {
  const { retired, deletion: rules } = desired.clients;
  return deleting || today >= addDays(latest(since, retired[key]), rules.quarantineDays);
}

function deletion({ desired }: PlanInput, { key, id, name, since, deleting }: Leftover): DeleteClient {
  const { quarantineDays } = desired.clients.deletion;
  const reason = deleting ? 'its deletion was interrupted' : `in quarantine since ${since}, for ${quarantineDays} days`;
  const risk = id === null ? 'caution' : 'dangerous';
  return { kind: 'delete-client', key, id, before: { name }, after: null, risk, reasons: [reason] };
}
