import type fc from 'fast-check';
import type { Configuration, Written } from './configuration.ts';
import { type Draw, drawn, indices, maybe, oneOf, someOf } from './draw.ts';
import { modelNames, models } from './models.ts';
import { priceLists, providers } from './providers.ts';

const head = <K extends string, N extends string>(kind: K, name: N) =>
  ({ apiVersion: 'gatewright/v1', kind, metadata: { name } }) as const;

/** Small configurations in which everything that decides a request occurs, and most of which are valid. */
export const configuration: fc.Arbitrary<Configuration> = drawn((draw) => {
  const available = providers(draw);
  const profiles = profilesOf(draw, available);
  const guardrails = ['alpha', 'beta', 'hook'].map((name) => guardrail(draw, name));
  const federation = maybe(draw, 0.7, () => federationOf());
  return {
    project: { ...head('Project', 'random'), spec: { gatewayVersion: 'v1.4.1', promotion: ['dev'], checks: harmless } },
    environment: environment(draw),
    tiers: { ...head('Tiers', 'tiers'), spec: { standard: tier(draw) } },
    federation,
    tenants: indices(2, 5, draw).map((index) => tenant(draw, `t${index}`, profiles, federation !== undefined)),
    providers: available,
    profiles,
    guardrails,
    priceLists: priceLists(draw, available),
  };
});

/** Laws that a project may do without: what they forbid has a meaning, and the gateway must have the same one. */
const harmless = {
  'access/deny-reachable': 'off',
  'access/no-models': 'off',
  'guardrail/empty': 'off',
  'limits/above-ceiling': 'off',
  'reference/unused': 'off',
  'routing/repeated-target': 'off',
  'routing/residency-case': 'off',
  'routing/timeouts': 'off',
  'routing/unreachable-case': 'off',
  'routing/unreachable-target': 'off',
} as const;

function environment(draw: Draw): Written<'Environment'> {
  return {
    ...head('Environment', 'dev'),
    spec: {
      class: 'dev',
      aws: { region: 'us-east-1', account: '123456789012' },
      gateway: {
        image: 'cr.agentgateway.dev/agentgateway:v1.4.1',
        maxBodyBytes: draw(oneOf(2048, 200_000, 200_000)),
      },
      access: { resourceServer: 'https://gateway.example' },
      guardrails: { mandatory: draw(someOf(0.3, ['alpha', 'hook'])) },
      limits: draw(oneOf(undefined, { backend: 'local' }, { backend: 'local' }, { backend: 'global' })),
      budgets: draw(oneOf(undefined, { cacheSeconds: 0 }, { cacheSeconds: 5, onFailure: 'allow' })),
    },
  };
}

function federationOf(): Written<'Federation'> {
  return {
    ...head('Federation', 'federation'),
    spec: {
      client: { name: 'workforce', callbackUrls: ['https://portal.example/'] },
      tenantClaim: 'acts_for',
      identityProviders: [
        { name: 'sso', type: 'saml', metadataUrl: 'https://sso.example/', groupsAttribute: 'groups' },
      ],
    },
  };
}

function tier(draw: Draw): Written<'Tiers'>['spec'][string] {
  const limits = draw(oneOf({}, { requestsPerMinute: 5 }, { tokensPerDay: 1000 }));
  return { defaults: { limits, budget: draw(oneOf({}, { monthlyUsd: '20.00' })) }, ceilings: {} };
}

type Phases = Written<'Guardrail'>['spec']['phases'];
const response: Phases = ['response'];

function guardrail(draw: Draw, name: string): Written<'Guardrail'> {
  const hook = { backend: 'https://guard.example/check', onFailure: draw(oneOf('reject', 'allow')) } as const;
  const mode = name === 'hook' ? 'enforce' : draw(oneOf('enforce', 'enforce', 'detect'));
  const phases = draw(oneOf<Phases>(['request'], ['request', 'response'], ...(mode === 'enforce' ? [response] : [])));
  return {
    ...head('Guardrail', name),
    spec: {
      mode,
      phases,
      streaming: draw(oneOf('guard', 'pass')),
      patterns: [
        { name: 'word', regex: `${name}-[0-9]+`, action: draw(oneOf('reject', 'reject', 'mask')) },
        { name: 'other', regex: 'never-[0-9]{9}', action: 'reject' },
      ],
      ...(name === 'hook' ? { webhook: hook } : {}),
      ...maybe(draw, 0.5, () => ({ rejection: { status: draw(oneOf(400, 403, 451)), message: 'no' } })),
    },
  };
}

function profilesOf(draw: Draw, available: readonly Written<'Provider'>[]): Written<'RoutingProfile'>[] {
  const profile = (name: string, above: string | undefined): Written<'RoutingProfile'> => ({
    ...head('RoutingProfile', name),
    spec: {
      ...(above === undefined ? {} : { extends: above }),
      timeouts: draw(
        oneOf(undefined, undefined, { request: '100s', attempt: '30s' }, { request: '7s', attempt: '3s' }),
      ),
      models: models(draw, available),
    },
  });
  return [profile('base', undefined), profile('child', draw(oneOf('base', undefined))), profile('last', 'child')];
}

type TenantSpec = Written<'Tenant'>['spec'];

function tenant(
  draw: Draw,
  name: string,
  profiles: readonly Written<'RoutingProfile'>[],
  groups: boolean,
): Written<'Tenant'> {
  const routing = draw(oneOf(...profiles)).metadata.name;
  const names = modelNames(profiles, routing);
  const patterns = (chance: number) => draw(someOf(chance, [...names, ...names.map((n) => `${n.slice(0, 3)}*`)]));
  const allow = maybe(draw, 0.2, () => patterns(0.4));
  const deny = maybe(draw, 0.3, () => patterns(0.1));
  return {
    apiVersion: 'gatewright/v1',
    kind: 'Tenant',
    metadata: { name, displayName: name, owners: ['@acme/all'], costCenter: `CC-${name}` },
    spec: {
      tier: 'standard',
      routing,
      ...overridable(draw),
      residency: draw(oneOf(undefined, undefined, ['us'], ['eu'], ['eu', 'us'])),
      guardrails: draw(someOf(0.3, ['alpha', 'beta', 'hook'])),
      models: {
        ...(allow === undefined || allow.length === 0 ? {} : { allow }),
        ...(deny === undefined ? {} : { deny }),
      },
      clients: [{ name: 'default' }, ...draw(oneOf([], [{ name: 'batch' }]))],
      groups: groups ? [`${name}-members`] : [],
      environments: draw(oneOf<TenantSpec['environments']>({}, {}, {}, { dev: 'absent' }, { dev: overridable(draw) })),
    },
  };
}

type Overridable = Pick<TenantSpec, 'status' | 'retiredOn' | 'limits' | 'budget'>;

function overridable(draw: Draw): Overridable {
  return {
    ...draw(
      oneOf<Overridable>(
        ...Array<Overridable>(16).fill({}),
        { status: 'suspended' },
        { status: 'retired', retiredOn: '2026-01-01' },
        { status: 'retired', retiredOn: '2027-01-01' },
      ),
    ),
    ...draw(
      oneOf<Overridable>(
        ...Array<Overridable>(9).fill({}),
        { limits: { requestsPerMinute: 3 } },
        { limits: { requestsPerMinute: 3 } },
        { limits: { requestsPerMinute: 0 } },
        { limits: { tokensPerDay: 0, requestsPerMinute: 9 } },
      ),
    ),
    ...draw(
      oneOf<Overridable>(
        {},
        {},
        { budget: { monthlyUsd: '10.00' } },
        { budget: { onExceeded: 'warn', monthlyUsd: '5' } },
      ),
    ),
  };
}
