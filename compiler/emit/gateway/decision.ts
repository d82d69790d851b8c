import { type DecisionTable, denials } from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import { clientToken } from '../../../contract/tokens.ts';
import { claimedTenant } from '../../../contract/vocabulary.ts';
import { type Cel, denies, jsonMap, literal, stringMap } from './cel.ts';
import type { Scan } from './scan.ts';
import { InOrder } from './value.ts';

/** The header that carries the decision from the gateway phase to route selection. Clients cannot set it. */
export const ruleHeader = 'x-gw-rule';

/** Requests that the table lets through: neither a denial nor the list of models. */
export const served: Cel = `metadata.rule != "" && !${denies('metadata.rule')}`;

export interface Access {
  /** The full scope, `<resourceServer>/invoke`. */
  readonly invokeScope: string;
  /** Claim that names the tenant on workforce tokens; undefined without federation. */
  readonly tenantClaim: string | undefined;
}

/**
 * The decision as metadata of the gateway phase. Entries are evaluated in order and each sees those before it. Where
 * the rule cannot be computed the header stays absent and the catch-all answers: it fails closed.
 */
export function decisionMetadata(table: DecisionTable, access: Access, rowFields: RowFields, scan: Scan): InOrder {
  return new InOrder([
    ['requestId', 'uuid()'],
    ['client', 'string(jwt.client_id)'],
    ['credential', `coalesce(${stringMap(clientEntries(table))}[jwt.client_id], "")`],
    ['tenantId', tenantId(access)],
    [
      'tenant',
      `coalesce(json(${jsonMap(tenantRows(table, rowFields))}[metadata.tenantId]), {"id": "", "class": ${literal(denials.tenant)}})`,
    ],
    [
      'requested',
      // A name is short: whatever else stands there would be logged and told as one.
      `request.method != "POST" ? "" : coalesce(size(json(request.body).model + "") > ${longestModel} ? "" : json(request.body).model + "", "")`,
    ],
    ['model', publicModel(table)],
    ['decision', decision(table, access)],
    ...scan.entries,
    ['rule', scan.blocks ? blockedOr() : 'metadata.decision'],
  ]);
}

/** Of an alias, the model that it stands for: what is logged, budgeted and priced has one name. */
function publicModel(table: DecisionTable): Cel {
  const aliases = byClass(table, ({ aliases }) => aliases);
  if (aliases.length === 0) return 'metadata.requested';
  return `coalesce(${stringMap(aliases)}[metadata.tenant.class + "/" + metadata.requested], metadata.requested)`;
}

type Class = DecisionTable['classes'][string];

/** Entries of a flat map with the composed key `<class>/<model>`. */
function byClass(table: DecisionTable, mapOf: (entry: Class) => Readonly<Record<string, string>>): [string, string][] {
  return sortedKeys(table.classes).flatMap((id) => {
    const entry = table.classes[id];
    const map = entry === undefined ? {} : mapOf(entry);
    return sortedKeys(map).map((model): [string, string] => [`${id}/${model}`, map[model] ?? '']);
  });
}

function clientEntries(table: DecisionTable): [string, string][] {
  return sortedKeys(table.clients).map((key) => [clientToken(key), table.clients[key] ?? '']);
}

/** A tenant claim is believed only on tokens of the workforce client. */
function tenantId(access: Access): Cel {
  if (access.tenantClaim === undefined) return 'metadata.credential';
  const claimed = `coalesce(string(jwt.${access.tenantClaim}), "")`;
  return `metadata.credential == ${literal(claimedTenant)} ? ${claimed} : metadata.credential`;
}

/** What a row holds beside the tenant, its class and cost centre: what a policy reads there. */
interface RowFields {
  readonly limits: boolean;
}

function tenantRows(table: DecisionTable, fields: RowFields) {
  return sortedKeys(table.tenants).map((name) => {
    const row = table.tenants[name];
    const { requestsPerMinute: rpm, tokensPerDay: tpd } = row?.limits ?? {};
    const limits = {
      ...(fields.limits && typeof rpm === 'number' ? { rpm } : {}),
      ...(fields.limits && typeof tpd === 'number' ? { tpd } : {}),
    };
    return [name, { id: name, class: row?.class ?? '', cc: row?.costCenter ?? '', ...limits }] as const;
  });
}

/** Longer than any public model and its aliases, which the schema limits to 128 characters. */
const longestModel = 256;

/** Only what the table lets through is looked at. Where that fails although there are guardrails, it fails closed. */
function blockedOr(): Cel {
  const found = `coalesce(metadata.blocked, ${literal(denials.blocked)})`;
  return `metadata.decision != "" && !${denies('metadata.decision')} && ${found} != "" ? ${found} : metadata.decision`;
}

function decision(table: DecisionTable, access: Access): Cel {
  const invoke = `jwt.token_use == "access" && ${literal(access.invokeScope)} in jwt.scope.split(" ")`;
  const rules = stringMap(byClass(table, ({ models }) => models));
  return [
    `!coalesce(${invoke}, false) ? ${literal(denials.token)}`,
    `${denies('metadata.tenant.class')} ? metadata.tenant.class`,
    'request.method != "POST" ? ""',
    `coalesce(request.body == null, true) ? ${literal(denials.large)}`,
    `metadata.requested == "" ? ${literal(denials.json)}`,
    `coalesce(${rules}[metadata.tenant.class + "/" + metadata.requested], ${literal(denials.model)})`,
  ].join(' : ');
}

/** `GET /v1/models`: what the tenant itself may use. */
export function modelList(table: DecisionTable): Cel {
  const names = jsonMap(
    sortedKeys(table.classes).map((id) => [id, sortedKeys(table.classes[id]?.models ?? {})] as const),
  );
  const entry = '{"id": n, "object": "model", "created": 0, "owned_by": "gateway"}';
  return `toJson({"object": "list", "data": json(${names}[metadata.tenant.class]).map(n, ${entry})})`;
}
