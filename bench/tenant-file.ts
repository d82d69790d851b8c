/** What a team wants; between them, these differ in everything that makes a class or a rule. */
interface Team {
  readonly unit: string;
  readonly purpose: string;
  readonly tier: string;
  readonly routing: string;
  readonly guardrails: string;
  readonly residency?: string | undefined;
  readonly allow?: string | undefined;
  readonly deny?: string | undefined;
  readonly requestsPerMinute: number;
  readonly tokensPerDay: number;
  readonly monthlyUsd: number;
  readonly model: string;
}

const teams: readonly [Team, ...Team[]] = [
  {
    unit: 'customer-operations',
    purpose: 'Answers to customers; new prompts are tuned in dev first.',
    tier: 'high',
    routing: 'bedrock-first',
    guardrails: '[baseline, strict]',
    allow: '["claude-*", nova-lite, titan-embed]',
    deny: '[claude-opus, claude-split]',
    requestsPerMinute: 900,
    tokensPerDay: 12_000_000,
    monthlyUsd: 3000,
    model: 'claude-sonnet',
  },
  {
    unit: 'finance',
    purpose: 'Reports; only what is processed in the US.',
    tier: 'standard',
    routing: 'openai-first',
    guardrails: '[baseline, strict]',
    residency: '[us]',
    allow: '[gpt-sol, gpt-terra, claude-sonnet, text-embedding-3-large]',
    requestsPerMinute: 60,
    tokensPerDay: 1_500_000,
    monthlyUsd: 400,
    model: 'gpt-sol',
  },
  {
    unit: 'corporate',
    purpose: 'Contracts and policies; nothing leaves the EU.',
    tier: 'standard',
    routing: 'eu-resident',
    guardrails: '[baseline, pii-detect]',
    residency: '[eu]',
    requestsPerMinute: 80,
    tokensPerDay: 900_000,
    monthlyUsd: 300,
    model: 'claude-sonnet',
  },
  {
    unit: 'engineering',
    purpose: 'Coding assistants and pipelines.',
    tier: 'high',
    routing: 'evaluation',
    guardrails: '[baseline]',
    deny: '[claude-opus]',
    requestsPerMinute: 1200,
    tokensPerDay: 18_000_000,
    monthlyUsd: 4000,
    model: 'gpt-terra',
  },
  {
    unit: 'research',
    purpose: 'Experiments with small models on test data.',
    tier: 'sandbox',
    routing: 'base',
    guardrails: '[baseline]',
    requestsPerMinute: 40,
    tokensPerDay: 300_000,
    monthlyUsd: 40,
    model: 'claude-haiku',
  },
];

const timezones = ['Europe/Zurich', 'America/New_York', 'Asia/Singapore', 'UTC', 'Europe/Dublin'];

export interface TenantFile {
  readonly path: string;
  readonly text: string;
}

/** The same for the same index, always; teams, timezones and amounts repeat with different periods. */
export function tenantFile(index: number, classes: number | null): TenantFile {
  const usual = teams[index % teams.length] ?? teams[0];
  const team = classes === null ? usual : { ...usual, ...variant(index % classes) };
  const name = `team-${String(index).padStart(5, '0')}`;
  return {
    path: `tenants/${team.unit}/${name}.yaml`,
    text: `${[...head(name, index, team), ...spec(name, index, team)].join('\n')}\n`,
  };
}

/** Profiles with enough models of their own that what is denied can make a thousand classes of each. */
const varied: readonly [Varied, ...Varied[]] = [
  {
    routing: 'bedrock-first',
    models: `claude-sonnet claude-auto claude-haiku claude-opus claude-sonnet-4-6 claude-split gpt-luna gpt-sol-bedrock
      nova-lite titan-embed`.split(/\s+/),
  },
  {
    routing: 'evaluation',
    models: `gpt-terra assistant claude-haiku claude-opus claude-sonnet gpt-4o* gpt-luna gpt-sol text-embedding-3-large
      titan-embed`.split(/\s+/),
  },
];

interface Varied {
  readonly routing: string;
  readonly models: readonly string[];
}

/** Each number a class of its own: its bits say which models are denied. The last model is denied last. */
function variant(number: number): Pick<Team, 'routing' | 'residency' | 'allow' | 'deny' | 'model'> {
  const { routing, models } = varied[number % varied.length] ?? varied[0];
  const bits = Math.floor(number / varied.length);
  const isDenied = (index: number) => ((bits >> index) & 1) === 1;
  const denied = models.filter((_, index) => isDenied(index)).map((name) => `"${name}"`);
  return {
    routing,
    residency: undefined,
    allow: undefined,
    deny: denied.length === 0 ? undefined : `[${denied.join(', ')}]`,
    model: models.find((name, index) => !isDenied(index) && !name.includes('*')) ?? 'titan-embed',
  };
}

/** The budget line of a file, and what an edit makes of it. */
export function raiseBudget(text: string): string {
  return text.replace(/^( {4}monthlyUsd: "\d+)\.00"/m, '$1.50"');
}

function head(name: string, index: number, team: Team): string[] {
  return [
    `# ${team.purpose}`,
    'apiVersion: gatewright/v1',
    'kind: Tenant',
    'metadata:',
    `  name: ${name}`,
    ...(index % 7 === 0 ? [`  formerly: [squad-${index}]`] : []),
    `  displayName: Team ${index} (${team.unit})`,
    `  owners: ["@acme/${name}", "leads-${team.unit}@acme.example"]`,
    `  costCenter: CC-${1000 + (index % 9000)}`,
    `  orgUnit: ${team.unit}`,
  ];
}

function spec(name: string, index: number, team: Team): string[] {
  const share = team.monthlyUsd - (index % 11);
  return [
    'spec:',
    `  tier: ${team.tier}`,
    ...(team.residency === undefined ? [] : [`  residency: ${team.residency}`]),
    `  routing: ${team.routing}`,
    `  guardrails: ${team.guardrails}`,
    ...models(team),
    ...(isOfPeople(index) ? ['  clients: []'] : ['  clients:', '    - {name: default, accessTokenMinutes: 60}']),
    ...(index % 18 === 0
      ? ['    # Nightly runs outlive an hour.', '    - {name: batch, scopes: [invoke], accessTokenMinutes: 720}']
      : []),
    ...(index % 2 === 0 ? [`  groups: [${name}-members, ${name}-contractors]`] : []),
    `  limits: {requestsPerMinute: ${team.requestsPerMinute - (index % 13)}, tokensPerDay: ${team.tokensPerDay}}`,
    '  budget:',
    `    monthlyUsd: "${share}.00"`,
    `    timezone: ${timezones[index % timezones.length]}`,
    '    alertsAtPercent: [50, 80, 100]',
    '    models:',
    `      ${team.model}: {monthlyUsd: "${Math.floor(share / 2)}.00"}`,
    '  environments:',
    '    dev:',
    `      limits: {requestsPerMinute: ${20 + (index % 20)}}`,
    `      budget: {monthlyUsd: "20.00", models: {${team.model}: {monthlyUsd: "5.00"}}}`,
    ...(index % 10 === 4 ? ['    # Test data only, so it stays out of prod.', '    prod: absent'] : []),
  ];
}

/** Ten thousand tenants share the ten thousand app clients that a user pool can have: a third is used by people alone. */
function isOfPeople(index: number): boolean {
  return index % 2 === 0 && index % 3 !== 0;
}

function models({ allow, deny }: Team): string[] {
  return [
    ...(allow === undefined && deny === undefined ? [] : ['  models:']),
    ...(allow === undefined ? [] : [`    allow: ${allow}`]),
    ...(deny === undefined ? [] : [`    deny: ${deny}`]),
  ];
}
