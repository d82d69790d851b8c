import type { ConfigTestCase } from '../../compiler/schema/config-test.ts';
import type { Json } from '../../contract/canonical.ts';
import { claimedTenant, clientKey } from '../../contract/vocabulary.ts';
import { bodyOf } from './bodies.ts';
import { quietWorld, type TestRequest, type World } from './engine.ts';
import type { TestedEnvironment } from './environment.ts';

type Given = ConfigTestCase['given'];
type Sender = Pick<TestRequest, 'client' | 'claims'>;
type Problem = { readonly problem: string };

export interface Prepared {
  readonly request: TestRequest;
  readonly world: World;
}

/** What a case gives, as engines take it, or why it makes no sense in this environment. */
export function prepare(given: Given, environment: TestedEnvironment): Prepared | Problem {
  const method = given.method ?? (pathOf(given) === '/v1/models' ? 'GET' : 'POST');
  const sender = senderOf(given, environment);
  const body = bodyOf(given, method);
  if ('problem' in sender) return sender;
  if ('problem' in body) return body;
  if ((given.spent !== undefined || given.budgetService !== undefined) && !environment.hasBudgets) {
    return { problem: `${environment.name} has no budgets: spent and budgetService change nothing` };
  }
  return {
    request: {
      method,
      path: given.path,
      headers: { ...(body.text === undefined ? {} : { 'content-type': 'application/json' }), ...given.headers },
      body: body.text,
      credential: given.credential ?? 'valid',
      ...sender,
    },
    world: worldOf(given),
  };
}

/** Without the query: what the table knows a surface by. */
export function pathOf({ path }: Given): string {
  return path.split('?')[0] ?? path;
}

function senderOf({ tenant, client, user, claims }: Given, environment: TestedEnvironment): Sender | Problem {
  const { directory, table } = environment;
  if (tenant !== undefined && !Object.hasOwn(table.tenants, tenant)) {
    return { problem: `there is no tenant ${tenant} in ${environment.name}: name the environments of this test` };
  }
  const further = (claims ?? {}) as Readonly<Record<string, Json>>;
  if (user !== undefined) {
    const { federation } = directory;
    const workforce = Object.keys(table.clients).find((key) => table.clients[key] === claimedTenant);
    if (federation === null || workforce === undefined) return { problem: 'there is no federation: nobody is a user' };
    if (tenant !== undefined && directory.tenants[tenant]?.groups.length === 0) {
      return { problem: `no group acts for tenant ${tenant}: nobody gets this token (claims can forge it)` };
    }
    const claim = tenant === undefined ? {} : { [federation.tenantClaim]: tenant };
    return { client: workforce, claims: { username: user, ...claim, ...further } };
  }
  const key = tenant === undefined ? Object.keys(table.clients)[0] : clientOf(environment, tenant, client);
  if (key === undefined) {
    const missing = client === undefined ? 'no app client: name a user' : `no app client ${client}`;
    return { problem: `tenant ${tenant} has ${missing}` };
  }
  return { client: key, claims: further };
}

/** In the order in which the tenant lists them: the first is the default. */
function clientOf({ directory }: TestedEnvironment, tenant: string, client: string | undefined): string | undefined {
  const keys = directory.tenants[tenant]?.clients ?? [];
  return client === undefined ? keys[0] : keys.find((key) => key === clientKey(tenant, client));
}

function worldOf(given: Given): World {
  const { spent, webhook } = given;
  return {
    providers: given.upstreams ?? quietWorld.providers,
    answer: given.answer ?? quietWorld.answer,
    spent: {
      tenantUsd: spent?.tenantUsd ?? quietWorld.spent.tenantUsd,
      models: spent?.models ?? quietWorld.spent.models,
    },
    budgetService: given.budgetService ?? quietWorld.budgetService,
    webhook: typeof webhook === 'object' ? { action: webhook.action as Json } : (webhook ?? quietWorld.webhook),
    requestsBefore: given.requestsBefore ?? quietWorld.requestsBefore,
  };
}
