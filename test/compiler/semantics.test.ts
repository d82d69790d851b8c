import { describe, expect, it } from 'vitest';
import type { CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import type { CostTable } from '../../contract/artifacts/cost-table.ts';
import type { DecisionTable, Rule } from '../../contract/artifacts/decision-table.ts';
import type { Task } from '../../contract/artifacts/task.ts';
import { minimal, overlay, parsed, releaseOf } from './project.ts';

/** What a configuration means, where two readings would both compile. */

const head = (kind: string, name: string) => `apiVersion: gatewright/v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;

const profile = (models: string, above = '', name = 'base') =>
  `${head('RoutingProfile', name)}spec:\n${above}  models:\n${models}`;

const tenant = (spec: string, metadata = '', routing = 'base') =>
  `apiVersion: gatewright/v1\nkind: Tenant\nmetadata: {name: acme, displayName: A, owners: ["@acme/a"], costCenter: C${metadata}}\n` +
  `spec:\n  tier: standard\n  routing: ${routing}\n  clients: [{name: default}]\n${spec}`;

const provider = (name: string, spec: string) => `${head('Provider', name)}spec: {${spec}, prices: list}\n`;

const priceOf = (model: string, rest = 'output: "15"') =>
  `    "${model}":\n      prices:\n        - {effectiveFrom: 2026-01-01, rates: {input: "3", ${rest}}, source: "https://prices.example", verifiedOn: 2026-11-01}\n`;

const prices = (models: string, discounts = '') =>
  `${head('PriceList', 'list')}spec:\n  models:\n${models}${discounts}`;

function release(changes: Record<string, string>) {
  return releaseOf(overlay(minimal, changes), 'dev');
}

function table(changes: Record<string, string>): DecisionTable {
  return parsed<DecisionTable>(release(changes), 'decision-table.json');
}

function modelsOf(decisions: DecisionTable): string[] {
  return Object.keys(decisions.classes[decisions.tenants['acme']?.class ?? '']?.models ?? {});
}

function ruleOf(decisions: DecisionTable, id: string): Rule {
  const rule = decisions.rules[id];
  if (rule === undefined) throw new Error(`no rule ${id} in ${Object.keys(decisions.rules).join(', ')}`);
  return rule;
}

const anthropic = 'single: {provider: anthropic, model: claude-sonnet}';

describe('allow and deny', () => {
  const aliased = profile(`    sonnet: {aliases: [big, claude], ${anthropic}}\n    spare: {${anthropic}}\n`);

  it('deny a model through any of its names', () => {
    const files = {
      'routing/profiles/base.yaml': aliased,
      'tenants/acme.yaml': tenant('  models: {deny: [claude]}\n'),
    };
    expect(modelsOf(table(files))).toEqual(['spare']);
  });

  it('judge the models that a wildcard stands for one by one', () => {
    const files = {
      'pricing/list.yaml': prices(priceOf('claude-sonnet') + priceOf('claude-haiku')),
      'routing/profiles/base.yaml': profile('    "claude-*": {single: {provider: anthropic}}\n'),
      'tenants/acme.yaml': tenant('  models: {deny: [claude-haiku]}\n'),
    };
    expect(modelsOf(table(files))).toEqual(['claude-sonnet']);
  });
});

describe('inheritance', () => {
  const kid = (above: string, models = '    spare: {single: {provider: anthropic, model: claude-sonnet}}\n') =>
    profile(models, `  extends: base\n${above}`, 'kid');
  const base = profile(
    `    sonnet: {${anthropic}}\n`,
    '  timeouts: {request: 100s, attempt: 10s}\n  promptCaching: {minTokens: 7}\n',
  );
  const files = (text: string) => ({
    'routing/profiles/base.yaml': base,
    'routing/profiles/kid.yaml': text,
    'tenants/acme.yaml': tenant('', '', 'kid'),
  });

  it('takes over models, timeouts and prompt caching', () => {
    const rule = ruleOf(table(files(kid(''))), 'kid.sonnet');
    expect(rule.timeouts).toEqual({ request: '100s', attempt: '10s' });
    expect(rule.promptCaching?.minTokens).toBe(7);
  });

  it('replaces a model by name, and timeouts as a whole', () => {
    const own =
      '    sonnet: {parameters: {defaults: {top_p: 1}}, single: {provider: anthropic, model: claude-sonnet}}\n';
    const rule = ruleOf(table(files(kid('  timeouts: {attempt: 20s}\n', own))), 'kid.sonnet');
    expect(rule.parameters.defaults).toEqual({ top_p: 1 });
    expect(rule.timeouts).toEqual({ request: '300s', attempt: '20s' });
  });
});

it('lets an attempt take no longer than a short request', () => {
  const files = {
    'routing/profiles/base.yaml': profile(`    sonnet: {${anthropic}}\n`, '  timeouts: {request: 30s}\n'),
  };
  expect(ruleOf(table(files), 'base.sonnet').timeouts).toEqual({ request: '30s', attempt: '30s' });
});

describe('guardrails', () => {
  const guardrail = (name: string) =>
    `${head('Guardrail', name)}spec: {mode: enforce, phases: [request], patterns: [{name: a, regex: zebra, action: reject}]}\n`;
  const files = {
    'guardrails/must.yaml': guardrail('must'),
    'guardrails/own.yaml': guardrail('own'),
    'infra/environments/dev.yaml': `${minimal['infra/environments/dev.yaml']}  guardrails: {mandatory: [must]}\n`,
    'tenants/acme.yaml': tenant('  guardrails: [own]\n'),
  };

  it('begin with the mandatory ones', () => {
    const decisions = table(files);
    expect(Object.values(decisions.classes)[0]?.guardrails).toEqual(['must', 'own']);
  });

  it('make a variant of a rule where they are others, not only where they are more', () => {
    const other = releaseOf(
      overlay(minimal, {
        ...files,
        'tenants/b.yaml': tenant('').replace('name: acme, displayName: A', 'name: b, displayName: B'),
      }),
      'dev',
    );
    const rules = Object.keys(parsed<DecisionTable>(other, 'decision-table.json').rules);
    expect(rules).toContain('base.sonnet');
    expect(rules.filter((id) => id.startsWith('base.sonnet.g-'))).toHaveLength(1);
  });
});

describe('surfaces', () => {
  const served = (spec: string, upstream: string) =>
    ruleOf(
      table({
        'pricing/list.yaml': prices(priceOf(upstream) + priceOf('claude-sonnet')),
        'routing/providers/other.yaml': provider('other', spec),
        'routing/profiles/base.yaml': profile(
          `    sonnet: {${anthropic}}\n    m: {single: {provider: other, model: "${upstream}"}}\n`,
        ),
      }),
      'base.m',
    ).surfaces;

  it.each([
    [
      'bedrock, Claude',
      'type: bedrock, region: us-east-1, credentials: taskRole, residency: us',
      'us.anthropic.claude-x',
      false,
      true,
    ],
    [
      'bedrock, others',
      'type: bedrock, region: us-east-1, credentials: taskRole, residency: us',
      'us.amazon.nova',
      true,
      true,
    ],
    [
      'vertex, Claude',
      'type: vertex, projectId: project-1, region: us, credentials: {secret: k}, residency: us',
      'claude-x',
      true,
      false,
    ],
    [
      'vertex, Gemini',
      'type: vertex, projectId: project-1, region: us, credentials: {secret: k}, residency: us',
      'gemini-x',
      true,
      true,
    ],
    ['openai', 'type: openai, credentials: {secret: k}, residency: us', 'gpt-x', true, true],
  ])('of %s', (_, spec, upstream, countsTokens, responses) => {
    const surfaces = served(spec, upstream);
    expect(surfaces).toEqual(expect.arrayContaining(['/v1/chat/completions', '/v1/messages']));
    expect(surfaces.includes('/v1/messages/count_tokens')).toBe(countsTokens);
    expect(surfaces.includes('/v1/responses')).toBe(responses);
  });
});

describe('targets', () => {
  it('retry as often as the longest fallback of a split needs', () => {
    const target = (name: string) => `{provider: ${name}, model: claude-sonnet}`;
    const spare = (name: string) => provider(name, 'type: anthropic, credentials: {secret: k}, residency: us');
    const split = `    sonnet:\n      weighted:\n        - {share: 1, fallback: {targets: [${target('anthropic')}, ${target('two')}]}}\n        - {share: 1, fallback: {targets: [${target('anthropic')}, ${target('two')}, ${target('three')}]}}\n`;
    const decisions = table({
      'routing/providers/two.yaml': spare('two'),
      'routing/providers/three.yaml': spare('three'),
      'routing/profiles/base.yaml': profile(split),
    });
    expect(ruleOf(decisions, 'base.sonnet').cases[0]?.retry?.retries).toBe(2);
  });

  it("send the target's own model to Azure, and the deployment only where it names none", () => {
    const text = release({
      'pricing/list.yaml': prices(priceOf('claude-sonnet') + priceOf('own') + priceOf('shared')),
      'routing/providers/azure.yaml': provider(
        'azure',
        'type: azure, resourceName: acme, deployment: shared, credentials: {secret: k}, residency: eu',
      ),
      'routing/profiles/base.yaml': profile(
        `    sonnet: {${anthropic}}\n    a: {single: {provider: azure, model: own}}\n    b: {single: {provider: azure}}\n`,
      ),
    }).artifacts['agentgateway.json'];
    const models = [...text.matchAll(/"azure": \{\s+"model": "(\w+)"/g)].map(([, model]) => model);
    expect(models.sort()).toEqual(['own', 'shared']);
  });

  it('get a credential document of Vertex as a file of the init container, never as text in the config', () => {
    const files = {
      'pricing/list.yaml': prices(priceOf('claude-sonnet') + priceOf('gemini-x')),
      'routing/providers/vertex.yaml': provider(
        'vertex',
        'type: vertex, projectId: project-1, region: us, credentials: {secret: gcp-key}, residency: us',
      ),
      'routing/profiles/base.yaml': profile(
        `    sonnet: {${anthropic}}\n    g: {single: {provider: vertex, model: gemini-x}}\n`,
      ),
    };
    const [init, gateway] = parsed<Task>(release(files), 'task.json').containers;
    expect(Object.keys(init?.secrets ?? {})).toEqual(['GW_FILE_GCP_KEY']);
    expect(Object.keys(gateway?.secrets ?? {})).toEqual(['GW_SECRET_ANTHROPIC_KEY']);
  });
});

describe('prices', () => {
  it('hold a discount from its first to its last day, exactly', () => {
    const discounts = '  discounts: [{percent: "12.5", from: 2026-03-01, until: 2026-03-31, models: ["*"]}]\n';
    const { rows } = parsed<CostTable>(
      release({ 'pricing/list.yaml': prices(priceOf('claude-sonnet'), discounts) }),
      'cost-table.json',
    );
    expect(rows.map(({ from, until, rates }) => [from, until, rates.input, rates.output])).toEqual([
      ['2026-01-01', '2026-03-01', '3', '15'],
      ['2026-03-01', '2026-04-01', '2.625', '13.125'],
      ['2026-04-01', null, '3', '15'],
    ]);
  });
});

it('takes over the credentials of every former name', () => {
  const { clients } = parsed<CognitoClients>(
    release({ 'tenants/acme.yaml': tenant('', ', formerly: [one, two]') }),
    'cognito-clients.json',
  );
  expect(clients['acme/default']?.formerly).toEqual(['one/default', 'two/default']);
});
