import { describe, expect, it } from 'vitest';
import { type Enforcement, gaps } from '../../contract/artifacts/enforcement.ts';
import { type Files, minimal, overlay, parsed, releaseOf } from './project.ts';

/** The minimal project with other fields of its environment, its tenant and one mandatory guardrail. */
function project({ environment = '', tenant = '', guardrail = '' }): Files {
  const mandatory = guardrail === '' ? '' : '  guardrails: {mandatory: [guard]}\n';
  return overlay(minimal, {
    'infra/environments/dev.yaml': `apiVersion: gatewright/v1
kind: Environment
metadata: {name: dev}
spec:
  class: dev
  aws: {region: us-east-1, account: "123456789012"}
  gateway: {image: "registry.example/agentgateway:v1.4.1"}
  access: {resourceServer: https://gateway.example}
${environment}${mandatory}`,
    'tenants/acme.yaml': `${minimal['tenants/acme.yaml']}${tenant}`,
    ...(guardrail === '' ? {} : { 'guardrails/guard.yaml': `${guardrailHead}${guardrail}` }),
  });
}

const guardrailHead = `apiVersion: gatewright/v1
kind: Guardrail
metadata: {name: guard}
spec:
`;

function enforcementOf(files: Files): Enforcement {
  return parsed<Enforcement>(releaseOf(files, 'dev'), 'enforcement.json');
}

interface Config {
  readonly policies: readonly { readonly policy: { readonly remoteRateLimit?: unknown } }[];
  readonly backends: readonly { readonly name: string; readonly policies?: { readonly http?: unknown } }[];
}

const both = '  limits: {backend: global, onFailure: reject}\n  budgets: {cacheSeconds: 7, onFailure: reject}\n';

describe('what is said of limits and budgets', () => {
  it('is that nothing enforces them where the environment names nothing', () => {
    const { statements } = enforcementOf(project({}));
    expect(Object.values(statements).map(({ strength, outage }) => [strength, outage])).toEqual([
      ['none', null],
      ['none', null],
      ['none', null],
    ]);
  });

  it('is advisory for requests and nothing for tokens where each task counts for itself', () => {
    const { statements } = enforcementOf(project({ environment: '  limits: {backend: local}\n  budgets: {}\n' }));
    expect(statements.requestsPerMinute?.strength).toBe('advisory');
    expect(statements.requestsPerMinute?.overshoot).toContain('times the number of tasks');
    expect(statements.tokensPerDay?.strength).toBe('none');
    expect(statements.tokensPerDay?.mechanism).toContain('not enforced');
  });

  it('names the services that an environment of class local has not', () => {
    const local = project({ environment: both });
    const files = overlay(local, {
      'gatewright.yaml': (local['gatewright.yaml'] ?? '').replace(/promotion: .*/, 'promotion: []'),
      'infra/environments/dev.yaml': (local['infra/environments/dev.yaml'] ?? '').replace('class: dev', 'class: local'),
    });
    const lacking = 'needs a service that the embedded AWS does not run';
    const mechanisms = (enforcement: Enforcement) => Object.values(enforcement.statements).map((s) => s.mechanism);
    expect(mechanisms(enforcementOf(files)).filter((text) => text.includes(lacking))).toHaveLength(3);
    expect(mechanisms(enforcementOf(local)).filter((text) => text.includes(lacking))).toEqual([]);
  });

  it('names what clients see in an outage as the environment decides it', () => {
    const closed = enforcementOf(project({ environment: both })).statements;
    const open = enforcementOf(project({ environment: both.replaceAll('reject', 'allow') })).statements;
    expect(closed.requestsPerMinute).toMatchObject({ strength: 'hard', outage: expect.stringContaining('get 500') });
    expect(closed.tokensPerDay).toMatchObject({ strength: 'next-request', outage: expect.stringContaining('get 500') });
    expect(closed.monthlyBudget).toMatchObject({
      strength: 'next-request',
      outage: expect.stringContaining('get 503'),
    });
    expect(open.tokensPerDay?.outage).toContain('pass uncounted');
    expect(open.monthlyBudget?.outage).toContain('requests pass');
  });

  it('counts the seconds for which an answer of the budget service is kept', () => {
    const { statements } = enforcementOf(project({ environment: both }));
    expect(statements.monthlyBudget?.overshoot).toContain('7s');
    const asked = enforcementOf(project({ environment: both.replace('cacheSeconds: 7', 'cacheSeconds: 0') }));
    expect(asked.statements.monthlyBudget?.overshoot).not.toContain('within');
  });

  it('names the deadlines that the gateway has for the services it asks', () => {
    const release = releaseOf(project({ environment: both }), 'dev');
    const { statements } = parsed<Enforcement>(release, 'enforcement.json');
    const { backends } = parsed<Config>(release, 'agentgateway.json');
    const deadline = (name: string) => {
      const http = backends.find((backend) => backend.name === name)?.policies?.http;
      return (http as { readonly requestTimeout: string }).requestTimeout;
    };
    expect(statements.requestsPerMinute?.outage).toMatch(new RegExp(` after ${deadline('ratelimit')}$`));
    expect(statements.monthlyBudget?.outage).toMatch(new RegExp(` after ${deadline('budget')}$`));
  });

  it('has no strength for a budget that only warns, but an outage', () => {
    const tenant = '  budget: {onExceeded: warn, models: {sonnet: {monthlyUsd: "5.00"}}}\n';
    const { statements } = enforcementOf(project({ environment: both, tenant }));
    expect(Object.keys(statements).sort()).toEqual([
      'modelBudgetsWarn',
      'monthlyBudgetWarn',
      'requestsPerMinute',
      'tokensPerDay',
    ]);
    expect(statements.monthlyBudgetWarn).toMatchObject({
      strength: 'none',
      outage: expect.stringContaining('get 503'),
    });
  });

  it('is one denial for all limits of a tenant with a limit of zero', () => {
    const { statements } = enforcementOf(project({ environment: both, tenant: '  limits: {tokensPerDay: 0}\n' }));
    expect(statements.zeroLimit).toMatchObject({ strength: 'hard', tenants: 1 });
    expect(statements.requestsPerMinute).toBeUndefined();
    expect(statements.tokensPerDay).toBeUndefined();
  });

  it('leaves out tenants that are not served', () => {
    expect(enforcementOf(project({ environment: both, tenant: '  status: suspended\n' })).statements).toEqual({});
  });

  it('does not grow with the number of tenants', () => {
    const more = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `tenants/t${index}.yaml`,
        (minimal['tenants/acme.yaml'] ?? '').replace('name: acme,', `name: t${index},`),
      ]),
    );
    const few = enforcementOf(project({ environment: both }));
    const many = enforcementOf(overlay(project({ environment: both }), more));
    expect(many.statements.tokensPerDay?.tenants).toBe(201);
    expect(Object.keys(many.statements)).toEqual(Object.keys(few.statements));
  });
});

const pattern = (action: string) => `  patterns: [{name: keys, regex: 'AKIA[0-9A-Z]{16}', action: ${action}}]\n`;
const enforced = '  mode: enforce\n  phases: [request, response]\n';

function gapsOf(guardrail: string): Record<string, string> {
  const [found = []] = Object.values(enforcementOf(project({ environment: both, guardrail })).guardrails);
  return Object.fromEntries(found.map(({ gap, statement }) => [gap, statement]));
}

describe('what is said of guardrails', () => {
  it.each([
    ['patterns that reject, in requests', '  mode: enforce\n  phases: [request]\n', pattern('reject'), ['text-only']],
    [
      'patterns that mask, in both phases',
      enforced,
      pattern('mask'),
      ['text-only', 'unread-surfaces', 'mask-limit', 'stream-windows', 'stream-masks'],
    ],
    [
      'patterns that reject, in both phases',
      enforced,
      pattern('reject'),
      ['text-only', 'stream-windows', 'rejected-usage'],
    ],
    [
      'patterns in answers, but not in streams',
      `${enforced}  streaming: pass\n`,
      pattern('mask'),
      ['text-only', 'unread-surfaces', 'mask-limit', 'unread-streams'],
    ],
    ['patterns that detect', '  mode: detect\n  phases: [request, response]\n', pattern('reject'), ['detect-only']],
    [
      'Bedrock that detects',
      '  mode: detect\n  phases: [request, response]\n',
      '  bedrock: {words: {profanity: true}}\n',
      ['detect-only', 'text-only', 'unread-surfaces', 'unread-streams', 'bedrock-outage'],
    ],
    [
      'Bedrock that masks requests',
      '  mode: enforce\n  phases: [request]\n',
      '  bedrock: {pii: [{entity: NAME, action: mask}]}\n',
      ['text-only', 'unread-surfaces', 'rebuilt-messages', 'bedrock-outage'],
    ],
    [
      'a webhook for both phases',
      enforced,
      '  webhook: {backend: https://guard.example/check, timeout: 3s}\n',
      [
        'text-only',
        'unread-surfaces',
        'rebuilt-messages',
        'stream-windows',
        'stream-masks',
        'rejected-usage',
        'webhook-outage',
      ],
    ],
  ])('%s', (_, head, content, expected) => {
    expect(Object.keys(gapsOf(`${head}${content}`))).toEqual(expected);
  });

  it('names the parts that do not see embeddings, and that rejecting patterns do', () => {
    const bedrock = '  bedrock: {words: {profanity: true}}\n';
    const mixed = gapsOf(`${enforced}${pattern('reject')}${bedrock}`)['unread-surfaces'];
    expect(mixed).toBe('Bedrock does not see embeddings and token counts; patterns that reject do');
    const masked = gapsOf(`${enforced}${pattern('mask')}${bedrock}`)['unread-surfaces'];
    expect(masked).toBe('masks and Bedrock do not see embeddings and token counts');
  });

  it('tells how a webhook fails', () => {
    const webhook = (onFailure: string) =>
      `  webhook: {backend: https://g.example, timeout: 3s, onFailure: ${onFailure}}\n`;
    expect(gapsOf(`${enforced}${webhook('reject')}`)['webhook-outage']).toBe(
      'while the webhook fails or takes over 3s, requests and answers get 503, streams are cut',
    );
    expect(gapsOf(`${enforced}${webhook('allow')}`)['webhook-outage']).toMatch(/requests and answers pass unread$/);
  });

  it('has a sentence for every kind of gap', () => {
    const seen = new Set(
      [
        `${enforced}${pattern('mask')}  bedrock: {pii: [{entity: NAME, action: mask}]}\n  webhook: {backend: https://g.example}\n`,
        '  mode: detect\n  phases: [request, response]\n  bedrock: {words: {profanity: true}}\n',
      ].flatMap((guardrail) => Object.keys(gapsOf(guardrail))),
    );
    expect([...seen].sort()).toEqual([...gaps].sort());
  });
});

describe('the configuration of the rate limit service', () => {
  it('names the domain in which the gateway asks, and nothing else', () => {
    const release = releaseOf(project({ environment: both }), 'dev');
    const { policies } = parsed<Config>(release, 'agentgateway.json');
    const [remote] = policies.flatMap(({ policy }) => policy.remoteRateLimit ?? []);
    const [{ domain }] = (remote as { readonly conditional: readonly [{ readonly domain: string }] }).conditional;
    expect(parsed(release, 'ratelimit.json')).toEqual({ domain });
  });

  it('is written where nothing asks the service, too', () => {
    expect(parsed(releaseOf(project({}), 'dev'), 'ratelimit.json')).toEqual({ domain: 'gatewright-dev' });
  });
});
