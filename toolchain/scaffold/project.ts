import { gatewayVersions } from '../../compiler/schema/project.ts';
import { apiVersion } from '../../contract/vocabulary.ts';
import {
  anthropicModels,
  type BedrockResidency,
  bedrockModels,
  openaiModels,
  type Starter,
  type StarterModel,
} from './catalogue.ts';
import type { NewFile } from './serialise.ts';
import { firstTenant, tenantFile } from './tenant.ts';

export interface ProjectAnswers {
  /** Of the project. */
  readonly name: string;
  readonly starter: Starter;
  /** AWS region of the gateway, and of Bedrock. */
  readonly region: string;
  /** Of a provider on Bedrock. */
  readonly residency: BedrockResidency;
}

/** The configuration of a new repository: small, complete, and nothing in it that the person has to take back out. */
export function projectFiles(answers: ProjectAnswers): readonly NewFile[] {
  const { starter } = answers;
  const models = modelsOf(answers);
  const [first] = models;
  if (first === undefined) throw new Error(`no models to start with ${starter}`);
  return [
    project(answers),
    tiers,
    tenantFile(firstTenant, ''),
    provider(answers),
    profile(starter, models),
    priceList(starter, models),
    guardrail,
    tests(starter, first),
    local(answers),
    dev(answers),
  ];
}

function modelsOf({ starter, residency }: ProjectAnswers): readonly StarterModel[] {
  switch (starter) {
    case 'bedrock':
      return bedrockModels(residency);
    case 'anthropic':
      return anthropicModels;
    case 'openai':
      return openaiModels;
  }
}

function resource(kind: string, name: string, spec: object): object {
  return { apiVersion, kind, metadata: { name }, spec };
}

function project({ name }: ProjectAnswers): NewFile {
  return {
    path: 'gatewright.yaml',
    value: resource('Project', name, { gatewayVersion: gatewayVersions[0], promotion: ['dev'] }),
    notes: [[['spec', 'promotion'], 'A merge deploys these in this order. Add prod when there is one.']],
  };
}

const tiers: NewFile = {
  path: 'tenants/tiers.yaml',
  about: 'What tenants choose from. A tenant may have more than the defaults of its tier, up to the ceilings.',
  value: resource('Tiers', 'tiers', {
    sandbox: tier([20, 100_000, '25.00'], [60, 500_000, '50.00']),
    standard: tier([100, 500_000, '100.00'], [300, 2_000_000, '500.00']),
  }),
};

type Bounds = readonly [requestsPerMinute: number, tokensPerDay: number, monthlyUsd: string];

function tier(defaults: Bounds, ceilings: Bounds): object {
  const bounds = ([requestsPerMinute, tokensPerDay, monthlyUsd]: Bounds) => ({
    limits: { requestsPerMinute, tokensPerDay },
    budget: { monthlyUsd },
  });
  return { defaults: bounds(defaults), ceilings: bounds(ceilings) };
}

function provider({ starter, region, residency }: ProjectAnswers): NewFile {
  const isBedrock = starter === 'bedrock';
  const spec = isBedrock
    ? { type: starter, region, residency, credentials: 'taskRole', prices: starter }
    : { type: starter, residency: 'us', credentials: { secret: `${starter}-api-key` }, prices: starter };
  return {
    path: `routing/providers/${starter}.yaml`,
    value: resource('Provider', starter, spec),
    notes: isBedrock
      ? []
      : [[['spec', 'credentials'], 'The name of a secret, never the key: infra knows where it is.']],
  };
}

function profile(starter: Starter, models: readonly StarterModel[]): NewFile {
  // OpenAI keeps what passes unless it is told not to.
  const parameters = starter === 'openai' ? { parameters: { overrides: { store: false } } } : {};
  const routed = models.map(({ publicName, upstreamModel }) => [
    publicName,
    { ...parameters, single: { provider: starter, model: upstreamModel } },
  ]);
  return {
    path: 'routing/profiles/base.yaml',
    about: 'What clients ask for on the left, where it goes on the right.',
    value: resource('RoutingProfile', 'base', { models: Object.fromEntries(routed) }),
  };
}

function priceList(starter: Starter, models: readonly StarterModel[]): NewFile {
  const priced = models.map(({ upstreamModel, price }) => {
    const { tiers = [], effectiveFrom, rates, ...read } = price;
    return [upstreamModel, { prices: [{ effectiveFrom, rates, ...(tiers.length === 0 ? {} : { tiers }), ...read }] }];
  });
  return {
    path: `pricing/${starter}.yaml`,
    about: [
      'USD per 1M tokens, from public price data, to start with. Nobody has read them for you: compare each with its source',
      'and your contract, then set verifiedOn to that day.',
    ].join('\n'),
    value: resource('PriceList', starter, { models: Object.fromEntries(priced) }),
  };
}

const guardrail: NewFile = {
  path: 'guardrails/baseline.yaml',
  about: 'Keys of AWS are refused, e-mail addresses are masked, before a provider sees them.',
  value: resource('Guardrail', 'baseline', {
    mode: 'enforce',
    phases: ['request'],
    patterns: [
      { name: 'aws-keys', regex: String.raw`\b(AKIA|ASIA)[0-9A-Z]{16}\b`, action: 'reject' },
      { name: 'email', builtin: 'email', action: 'mask' },
    ],
    examples: { blocked: ['my key is AKIAIOSFODNN7EXAMPLE'], allowed: ['what is a key?'] },
  }),
};

function tests(starter: Starter, { publicName, upstreamModel }: StarterModel): NewFile {
  const path = '/v1/chat/completions';
  const given = { tenant: firstTenant.name, path, model: publicName };
  return {
    path: 'routing/tests/first-steps.test.yaml',
    about: 'What is promised here is tried on every change: gatewright test.',
    value: resource('ConfigTest', 'first-steps', {
      cases: [
        { name: 'a model reaches its provider', given, expect: { status: 200, provider: starter, upstreamModel } },
        {
          name: 'nobody else is let in',
          given: { credential: 'missing', path, model: publicName },
          expect: { status: 401 },
        },
        {
          name: 'a model that is not there',
          given: { ...given, model: 'unheard-of' },
          expect: { status: 404, attempts: [] },
        },
        {
          name: 'a key of AWS goes nowhere',
          given: { ...given, body: { text: 'my key is AKIAIOSFODNN7EXAMPLE' } },
          expect: { status: 403, attempts: [] },
        },
      ],
    }),
  };
}

const image = `cr.agentgateway.dev/agentgateway:${gatewayVersions[0]}`;

function local({ region }: ProjectAnswers): NewFile {
  return {
    path: 'infra/environments/local.yaml',
    about: 'The embedded AWS on your machine: no account, no cost.',
    value: resource('Environment', 'local', {
      class: 'local',
      aws: { region, account: '000000000000' },
      gateway: { image },
      access: { resourceServer: 'https://gateway.local.example.com' },
      guardrails: { mandatory: ['baseline'] },
      limits: { backend: 'local' },
      safety: { quarantineDays: 0 },
    }),
  };
}

function dev({ region }: ProjectAnswers): NewFile {
  return {
    path: 'infra/environments/dev.yaml',
    about: 'The first environment in an account of yours. Until then nothing is deployed to it.',
    value: resource('Environment', 'dev', {
      class: 'dev',
      aws: { region, account: '000000000000' },
      gateway: { image },
      access: { resourceServer: 'https://gateway.dev.example.com' },
      guardrails: { mandatory: ['baseline'] },
      limits: { backend: 'local' },
      budgets: { onFailure: 'allow' },
    }),
    notes: [
      [['spec', 'aws'], 'Write the account that dev runs in.'],
      [['spec', 'access'], 'Any https URL of yours: it names the scope <resourceServer>/invoke.'],
      [['spec', 'budgets'], 'The budget service is asked before a request; while it is down, requests pass.'],
    ],
  };
}
