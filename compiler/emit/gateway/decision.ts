import type { DecisionTable } from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import { clientToken } from '../../../contract/tokens.ts';
import { claimedTenant } from '../../../contract/vocabulary.ts';
import { type Cel, jsonMap, literal, stringMap } from './cel.ts';
import { InOrder } from './value.ts';

/** The header that carries the decision from the gateway phase to route selection. Clients cannot set it. */
export const ruleHeader = 'x-gw-rule';

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
export function decisionMetadata(table: DecisionTable, access: Access): InOrder {
  return new InOrder([
    ['client', 'string(jwt.client_id)'],
    ['credential', `coalesce(${stringMap(clientEntries(table))}[jwt.client_id], "")`],
    ['tenantId', tenantId(access)],
    ['tenant', `coalesce(json(${jsonMap(tenantRows(table))}[metadata.tenantId]), {"id": "", "class": "!tenant"})`],
    [
      'model',
      'request.method != "POST" ? "" : coalesce(string(request.body) == null ? "" : json(request.body).model + "", "")',
    ],
    ['rule', rule(table, access)],
  ]);
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

function tenantRows(table: DecisionTable) {
  return sortedKeys(table.tenants).map((name) => {
    const row = table.tenants[name];
    return [name, { id: name, class: row?.class ?? '', cc: row?.costCenter ?? '' }] as const;
  });
}

function rule(table: DecisionTable, access: Access): Cel {
  const invoke = `jwt.token_use == "access" && ${literal(access.invokeScope)} in jwt.scope.split(" ")`;
  const rules = stringMap(
    sortedKeys(table.classes).flatMap((id) => {
      const models = table.classes[id]?.models ?? {};
      return sortedKeys(models).map((model): [string, string] => [`${id}/${model}`, models[model] ?? '']);
    }),
  );
  return [
    `!coalesce(${invoke}, false) ? "!token"`,
    'metadata.tenant.class.startsWith("!") ? metadata.tenant.class',
    'request.method != "POST" ? ""',
    'coalesce(request.body == null, true) ? "!large"',
    'metadata.model == "" ? "!json"',
    `coalesce(${rules}[metadata.tenant.class + "/" + metadata.model], "!model")`,
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
