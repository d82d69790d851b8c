import { describe, expect, it } from 'vitest';
import { analyse } from '../../../compiler/analyse.ts';
import { explain, type Outcome } from '../../../compiler/explain/explain.ts';
import type { Present } from '../../../compiler/explain/explanation.ts';
import { explanationRenderers } from '../../../compiler/explain/renderers.ts';
import type { Question } from '../../../compiler/explain/subject.ts';
import { day, type Files, minimal, overlay, treeOf } from '../project.ts';

const price = (more = '') =>
  `{${more}prices: [{effectiveFrom: 2026-01-01, rates: {input: "3", output: "15"}, source: https://prices.example, verifiedOn: 2026-11-01}]}`;

/** Two providers, a fallback between them, a wildcard with one model that is sold no more. */
const base = overlay(minimal, {
  'pricing/list.yaml': `apiVersion: gatewright/v1
kind: PriceList
metadata: {name: list}
spec:
  models:
    claude-sonnet: ${price()}
    claude-old: ${price('retiresOn: 2026-03-01, ')}
    claude-new: ${price()}
`,
  'routing/providers/europe.yaml': `apiVersion: gatewright/v1
kind: Provider
metadata: {name: europe}
spec: {type: bedrock, region: eu-central-1, residency: eu, credentials: taskRole, prices: list}
`,
  'routing/profiles/base.yaml': `apiVersion: gatewright/v1
kind: RoutingProfile
metadata: {name: base}
spec:
  models:
    sonnet:
      aliases: [sonnet-latest]
      fallback:
        targets:
          - {provider: anthropic, model: claude-sonnet}
          - {provider: europe, model: claude-sonnet}
        cooldown: 5s
    "claude-*":
      single: {provider: anthropic}
`,
});

function tenant(spec: string): Files {
  return overlay(base, {
    'tenants/acme.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: acme, formerly: [apex], displayName: Acme, owners: ["@acme/all"], costCenter: CC-1}
spec:
  tier: standard
  routing: base
  clients: [{name: default}]
${spec}`,
  });
}

function outcomeOf(files: Files, question: Omit<Question, 'tenant'> & { readonly tenant?: string } = {}): Outcome {
  return explain(analyse({ tree: treeOf(files), date: day }), { tenant: 'acme', ...question });
}

function present(files: Files, question: Omit<Question, 'tenant'> = {}): Present {
  const outcome = outcomeOf(files, question);
  if (!('explanation' in outcome)) throw new Error(JSON.stringify(outcome));
  const [only] = outcome.explanation.environments;
  if (only === undefined || only.absent !== null) throw new Error('the tenant is not there');
  return only;
}

/** `name: status sentence line` of all that may not be called. */
function withheld(files: Files, question: Omit<Question, 'tenant'> = {}): string[] {
  return (present(files, question).models?.withheld ?? []).map(
    ({ name, status, sentence, place }) => `${name}: ${status} ${sentence} (${place?.file}:${place?.line})`,
  );
}

describe('why a model may not be called', () => {
  const retired = 'claude-old: 404 retired by its provider on 2026-03-01 (pricing/list.yaml:7)';

  it('is that the provider retired it', () => {
    expect(withheld(tenant(''))).toEqual([retired]);
    expect(present(tenant(''), { model: 'claude-old' }).route).toMatchObject({ reason: 'retired', status: 404 });
  });

  it('is the pattern that denies one of its names', () => {
    expect(withheld(tenant('  models:\n    deny:\n      - "*-new"\n      - sonnet-l*\n'))).toEqual([
      'claude-new: 404 denied by *-new, which matches claude-new (tenants/acme.yaml:10)',
      retired,
      'sonnet: 404 denied by sonnet-l*, which matches sonnet-latest (tenants/acme.yaml:11)',
    ]);
  });

  it('is that no pattern allows it', () => {
    expect(withheld(tenant('  models: {allow: [sonnet-latest]}\n'))).toEqual([
      'claude-new: 404 no pattern of allow matches it (tenants/acme.yaml:8)',
      'claude-sonnet: 404 no pattern of allow matches it (tenants/acme.yaml:8)',
      retired,
    ]);
  });

  it('is that residency leaves no target', () => {
    expect(withheld(tenant('  residency: [eu]\n'))).toContain(
      'claude-new: 404 residency is eu: none of its targets is there (tenants/acme.yaml:8)',
    );
  });

  it('is that it does not serve the path', () => {
    expect(withheld(tenant(''), { path: '/v1/responses' })).toContain(
      'sonnet: 400 not all its targets can serve /v1/responses (routing/profiles/base.yaml:6)',
    );
  });

  it('is that every request is refused', () => {
    expect(present(tenant('  status: suspended\n')).refusesAll).toMatchObject({
      status: 403,
      code: 'tenant_suspended',
    });
    expect(present(tenant('  limits: {tokensPerDay: 0}\n')).refusesAll).toMatchObject({
      status: 429,
      sentence: 'its limit tokensPerDay is zero',
    });
    expect(present(tenant('  status: retired\n  retiredOn: 2026-11-01\n')).refusesAll).toMatchObject({ status: 403 });
  });
});

describe('the way of a request', () => {
  it('names the targets that residency removed, and fails over to nobody then', () => {
    const { route } = present(tenant('  residency: [us]\n'), { model: 'sonnet-latest' });
    expect(route).toMatchObject({
      model: 'sonnet',
      removed: [{ provider: 'europe', residency: 'eu' }],
      cases: [{ branches: [{ percent: 100, failover: null, targets: [{ provider: 'anthropic' }] }] }],
    });
  });

  it('says of each part of a failover who decided it', () => {
    const { route } = present(tenant(''), { model: 'sonnet' });
    expect(route).toMatchObject({
      cases: [
        {
          branches: [
            {
              failover: {
                cooldown: { value: '5s', layer: 'profile', place: { file: 'routing/profiles/base.yaml', line: 12 } },
                retries: { value: 1, layer: 'default', place: null },
              },
            },
          ],
        },
      ],
    });
  });

  it('sends the name of a wildcard upstream', () => {
    const { route } = present(tenant(''), { model: 'claude-new' });
    expect(route).toMatchObject({
      model: 'claude-new',
      cases: [{ branches: [{ targets: [{ upstream: [{ model: 'claude-new', price: { rates: { input: '3' } } }] }] }] }],
    });
  });
});

describe('who decided a value', () => {
  it('is the override, the tenant, the tier or nobody', () => {
    const { limits, budget } = present(
      tenant(`  limits: {requestsPerMinute: 50, tokensPerDay: 7000}
  environments:
    dev: {limits: {requestsPerMinute: 20}}
`),
    );
    expect(limits.requestsPerMinute).toMatchObject({ value: 20, layer: 'override', ceiling: { headroom: 280 } });
    expect(limits.tokensPerDay).toMatchObject({ value: 7000, layer: 'tenant', place: { line: 8 } });
    expect(budget.monthlyUsd).toMatchObject({ value: '100.00', layer: 'tier', ceiling: { headroom: '400.00' } });
    expect(budget.timezone).toEqual({ value: 'UTC', layer: 'default', place: null });
  });

  it('lies ahead for a tenant that will retire', () => {
    const { status } = present(tenant('  status: retired\n  retiredOn: 2026-12-01\n'));
    expect(status).toMatchObject({
      value: 'active',
      becomes: [
        { on: '2026-12-01', event: 'retires' },
        { on: '2026-12-15', event: 'deletable' },
      ],
    });
  });
});

describe('a name that nothing has', () => {
  it.each([
    [{ tenant: 'acne' }, 'tenant', 'did you mean acme?'],
    [{ tenant: 'apex' }, 'tenant', 'it is called acme now'],
    [{ client: 'defualt' }, 'client', 'did you mean default?'],
    [{ path: '/v1/message' }, 'path', 'did you mean /v1/messages?'],
    [{ model: 'sonet' }, 'model', 'did you mean sonnet?'],
  ])('%o is answered with what was meant', (question, what, hint) => {
    expect(outcomeOf(tenant(''), question)).toMatchObject({ unknown: { what, hint } });
  });

  it('is told apart from what a provider calls a model', () => {
    const files = overlay(tenant(''), {
      'routing/profiles/base.yaml': (minimal['routing/profiles/base.yaml'] ?? '').replace('sonnet:', 'opus:'),
    });
    expect(outcomeOf(files, { model: 'claude-sonnet' })).toMatchObject({
      unknown: { hint: 'that is what a provider calls it: clients send opus' },
    });
  });
});

describe('a configuration with errors', () => {
  it('is explained as far as it is known', () => {
    const outcome = outcomeOf(tenant('  guardrails: [nobody]\n'), {});
    if (!('explanation' in outcome)) throw new Error(JSON.stringify(outcome));
    expect(outcome.explanation.errors).toBeGreaterThan(0);
    const text = explanationRenderers.text(outcome.explanation);
    expect(text).toContain('there is no such guardrail');
    expect(text).toContain('so this is only what is known');
  });

  it('cannot be explained where the tenant cannot be read', () => {
    const files = overlay(base, { 'tenants/acme.yaml': 'kind: [' });
    expect(outcomeOf(files)).toEqual({ unreadable: 'acme' });
  });
});
