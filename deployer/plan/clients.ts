import { type AppClient, type CognitoClients, cognitoClientsSchema } from '../../contract/artifacts/cognito-clients.ts';
import { type Json, sortedKeys } from '../../contract/canonical.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import { contentDigest, credentialsContent, settingsDigest } from '../credentials.ts';
import type { RecordedClient } from '../state.ts';
import { parseStored } from '../stored.ts';
import type { Violation } from '../violation.ts';
import type { ClientAction, CreateClient, PublishCredentials } from './action.ts';
import { type Judgement, settingsChange, worst } from './client-risk.ts';
import type { PlanInput } from './input.ts';
import { type Origin, originsOf } from './origins.ts';

export interface ClientPlan {
  readonly actions: readonly ClientAction[];
  readonly origins: ReadonlyMap<ClientKey, Origin>;
  readonly refused: readonly Violation[];
}

/** Desired clients against recorded ones. */
export function planClients(input: PlanInput): ClientPlan {
  const desired = input.desired.clients.clients;
  const origins = originsOf(desired, input.state);
  const previous = previousClients(input);
  const actions: ClientAction[] = [];
  const refused: Violation[] = [];
  for (const key of sortedKeys(desired)) {
    const client = desired[key];
    if (client === undefined) continue;
    const origin = origins.get(key);
    if (origin === undefined) actions.push(...creation(key, client));
    else if ((origin.record.credentials === null) !== (client.credentials === null)) refused.push(kindChanged(key));
    else actions.push(...continuation(input, key, client, origin, previous));
  }
  return { actions, origins, refused };
}

function creation(key: ClientKey, client: AppClient): ClientAction[] {
  const create: CreateClient = {
    kind: 'create-client',
    key,
    before: null,
    after: { name: client.settings.ClientName, credentials: client.credentials, settings: client.settings as Json },
    risk: 'safe',
    reasons: ['it does not exist yet'],
  };
  if (client.credentials === null) return [create];
  return [create, publication(key, null, client.credentials, [{ risk: 'safe', reason: 'of a new client' }])];
}

function continuation(
  { infra }: PlanInput,
  key: ClientKey,
  client: AppClient,
  origin: Origin,
  previous: CognitoClients['clients'],
): ClientAction[] {
  const { from, record } = origin;
  const judgements: Judgement[] = [];
  if (origin.quarantined) judgements.push({ risk: 'caution', reason: 'it comes back from quarantine with its access' });
  let before: Json = { name: record.name };
  let after: Json = { name: client.settings.ClientName };
  if (record.settings !== settingsDigest(client)) {
    const known = previous[from];
    if (known !== undefined && settingsDigest(known) === record.settings) {
      const change = settingsChange(known.settings, client.settings);
      judgements.push(...change.judgements.filter(({ reason }) => from === key || !reason.startsWith('ClientName')));
      before = { ...before, ...change.before };
      after = { ...after, ...change.after };
    } else judgements.push({ risk: 'caution', reason: 'how it is set at present is not known: all is sent again' });
  }
  if (from !== key) judgements.push({ risk: 'caution', reason: `renamed from ${from}; id and secret stay` });
  const facts = { key, from, before, after, reasons: judgements.map(({ reason }) => reason) };
  const kind = origin.quarantined ? 'restore-client' : 'update-client';
  const actions: ClientAction[] = judgements.length > 0 ? [{ ...facts, kind, risk: worst(judgements) }] : [];
  return [...actions, ...republication(key, client, record, infra.tokenUrl)];
}

function republication(key: ClientKey, client: AppClient, record: RecordedClient, tokenUrl: string): ClientAction[] {
  const published = record.credentials;
  if (published === null || client.credentials === null) return [];
  const reasons: Judgement[] = [];
  if (published.name !== client.credentials) reasons.push({ risk: 'caution', reason: 'published under a new name' });
  if (published.content === null) {
    reasons.push({ risk: 'caution', reason: 'what is published at present is not known' });
  } else if (published.content !== contentDigest(credentialsContent(record.id, tokenUrl, client))) {
    reasons.push({ risk: 'caution', reason: 'scope or token URL changed; the secret stays' });
  }
  return reasons.length === 0 ? [] : [publication(key, published.name, client.credentials, reasons)];
}

function publication(
  key: ClientKey,
  before: string | null,
  after: string,
  judgements: readonly Judgement[],
): PublishCredentials {
  const reasons = judgements.map(({ reason }) => reason);
  return { kind: 'publish-credentials', key, before, after, risk: worst(judgements), reasons };
}

/** As the last applied release had them. */
function previousClients({ desired, previous }: PlanInput): CognitoClients['clients'] {
  const text = previous['cognito-clients.json'];
  if (text === undefined) return desired.clients.clients;
  // Another version may have written it in another form.
  const parsed = parseStored(cognitoClientsSchema, text);
  return 'value' in parsed ? parsed.value.clients : {};
}

function kindChanged(key: ClientKey): Violation {
  return {
    code: 'client-kind-changed',
    reason: `${key} changed between a machine client, which has a secret, and a workforce client, which has none`,
    fix: 'give the new client another name, so that this one is retired',
  };
}
