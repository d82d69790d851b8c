import { canonicalText } from '../../contract/canonical.ts';
import { emitTask } from '../emit/task.ts';
import { addDays } from '../resolve/calendar.ts';
import type { Model, ResolvedTenant } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Table } from '../table/table.ts';
import type { Use } from './use.ts';

/**
 * What can grow until AWS or the gateway refuses it. What a schema bounds cannot, and is not measured: URLs (100) and
 * scopes (50) of an app client, identity providers (300), lengths of names, limits (u32), cases of a conditional (16),
 * residencies of a tenant (16, which bounds the header of a rule), topics and words of a guardrail. Nor can what the
 * compiler builds: two containers (10) and two scopes of a resource server (100).
 */
export function measure(model: Model, table: Table): readonly Use[] {
  return [appClients(model), ...countedTenants(model), ...bedrockGuardrails(model), taskDefinition(model, table)];
}

/** Those of retired tenants too, until their quarantine is over. */
function appClients({ environment, tenants, resources, date }: Model): Use {
  const { quarantineDays } = environment.spec.safety;
  const exists = ({ status, retiredOn = date }: ResolvedTenant) =>
    status !== 'retired' || date < addDays(retiredOn, quarantineDays);
  const ofMachines = tenants.reduce(
    (sum, tenant) => sum + (exists(tenant) ? tenant.resource.spec.clients.length : 0),
    0,
  );
  return {
    name: 'app clients',
    whose: `environment ${environment.name}`,
    what: 'app clients in its user pool',
    used: ofMachines + (resources.federation === undefined ? 0 : 1),
    most: environment.spec.aws.quotas.appClients,
    unit: '',
    at: at(environment, 'spec', 'aws'),
    hint: 'ask AWS for more, up to 10 000, and write what it gives you: aws: {quotas: {appClients: …}}',
  };
}

/** The gateway takes 64 conditional entries, one of them the default; with more its config does not load. */
const mostEntries = 63;

/** Where gateways count for themselves, a tenant has a bucket of its own. A limit of zero is a denial and needs none. */
function countedTenants({ environment, tenants }: Model): Use[] {
  if (environment.spec.limits?.backend !== 'local') return [];
  const counted = tenants.filter(
    ({ status, limits }) => status === 'active' && (limits.requestsPerMinute ?? 0) > 0 && limits.tokensPerDay !== 0,
  );
  return [
    {
      name: 'counted tenants',
      whose: `environment ${environment.name}`,
      what: 'tenants whose requests a gateway counts by itself',
      used: counted.length,
      most: mostEntries,
      unit: '',
      at: at(environment, 'spec', 'limits'),
      hint: 'let the rate limit service count: limits: {backend: global}',
    },
  ];
}

/** Per account and region; every environment there has its own. */
const mostGuardrails = 100;

function bedrockGuardrails({ environment, resources }: Model): Use[] {
  const { region, account } = environment.spec.aws;
  const defined = [...resources.guardrails.values()].filter(({ spec }) => spec.bedrock !== undefined).length;
  const neighbours = [...resources.environments.values()].filter(
    ({ spec }) => spec.class !== 'local' && spec.aws.region === region && spec.aws.account === account,
  );
  const [first] = neighbours;
  if (environment.spec.class === 'local' || first === undefined || defined === 0) return [];
  return [
    {
      name: 'Bedrock guardrails',
      whose: `account ${account} in ${region}`,
      what: `Bedrock guardrails${neighbours.length === 1 ? '' : `, those of ${neighbours.length} environments together`}`,
      used: defined * neighbours.length,
      most: mostGuardrails,
      unit: '',
      at: at(first, 'spec', 'aws'),
      hint: 'join guardrails, or give an environment an account of its own',
    },
  ];
}

/** ECS takes 64 KiB, and the deployer leaves some of it for what ECS adds itself. */
const mostTaskBytes = 60 * 1024;

/** What Terraform's names add: ARNs, log groups, images. Long ones, so that what passes here passes there. */
const bytesOfTerraform = 4096;
const bytesOfSecret = 160;

function taskDefinition(model: Model, table: Table): Use {
  const { environment } = model;
  const text = canonicalText(emitTask(model, table).value, new Set(), '');
  const secrets = text.split('"@{secret:').length - 1;
  return {
    name: 'task definition',
    whose: `environment ${environment.name}`,
    what: 'in its task definition',
    used: bytesOf(text) + secrets * bytesOfSecret + bytesOfTerraform,
    most: mostTaskBytes,
    unit: 'bytes',
    at: at(environment, 'spec', 'gateway'),
    hint: 'let providers share secrets, or give them shorter names',
  };
}

/**
 * A gateway holds some 170 bytes for each byte of its config after a reload: beyond this it needs more memory than a
 * task of four gigabytes has.
 */
const mostConfigBytes = 16 * 1024 * 1024;

/** Of the finished config: only a compile has it. */
export function measureConfig({ environment }: Model, text: string): Use {
  return {
    name: 'agentgateway.json',
    whose: `environment ${environment.name}`,
    what: 'in its agentgateway.json',
    used: bytesOf(text),
    most: mostConfigBytes,
    unit: 'bytes',
    at: at(environment, 'spec', 'gateway'),
    hint: 'let tenants share profiles, guardrails, models and residencies: each combination is written out',
  };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
