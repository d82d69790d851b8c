import { describe, expect, it } from 'vitest';
import type { AnalysedEnvironment } from '../../compiler/analysis.ts';
import { attributionClosure } from '../../compiler/checks/attribution/closure.ts';
import { logFields, priceKeyFields } from '../../contract/observability.ts';
import { compiled, type Files, filesIn, minimal, overlay, repository } from './project.ts';

function environmentOf(files: Files): AnalysedEnvironment {
  const [environment] = compiled(files).environments;
  if (environment === undefined) throw new Error('no environment');
  return environment;
}

const people = overlay(minimal, {
  'tenants/acme.yaml': `${minimal['tenants/acme.yaml']}  groups: [engineers]\n`,
  'tenants/federation.yaml': `apiVersion: gatewright/v1
kind: Federation
metadata: {name: federation}
spec:
  client: {name: workforce, callbackUrls: [https://portal.example/callback]}
  tenantClaim: tenant
  identityProviders: [{name: sso, type: saml, metadataUrl: https://sso.example/m, groupsAttribute: groups}]
`,
});

type Data = AnalysedEnvironment['table']['data'];

/** What the check says where one piece of what was decided is gone or other than it should be. */
function saidOf({ model, table }: AnalysedEnvironment, data: Partial<Data>, prices = model.prices): string[] {
  const context = { model: { ...model, prices }, table: { ...table, data: { ...table.data, ...data } } };
  return [...attributionClosure(context)].map(({ message }) => message);
}

function booked(tenants: Data['tenants'], costCenter: string): Data['tenants'] {
  return Object.fromEntries(Object.entries(tenants).map(([name, row]) => [name, { ...row, costCenter }]));
}

describe('the chain from credential to cost centre', () => {
  const whole = environmentOf(people);
  const { data } = whole.table;
  const { rows } = whole.model.prices;
  const { 'acme/default': _, ...withoutMachine } = data.clients;
  const { 'federation/workforce': __, ...withoutPeople } = data.clients;

  it('is unbroken for every tenant of the example, in every environment', () => {
    for (const context of compiled(filesIn(repository)).environments) {
      expect([...attributionClosure(context)]).toEqual([]);
    }
    expect(saidOf(whole, {})).toEqual([]);
  });

  it.each<readonly [string, Partial<Data>, string]>([
    ['an app client that the table does not know', { clients: withoutMachine }, 'acts for nobody'],
    ['an app client of somebody else', { clients: { ...data.clients, 'acme/default': 'globex' } }, 'acts for globex'],
    ['people whose claim is not read', { clients: withoutPeople }, 'the claim of the workforce client is not read'],
    ['a tenant without a row', { tenants: {} }, 'acme has no row in it'],
    ['another cost centre', { tenants: booked(data.tenants, 'CC-2') }, 'would be booked on "CC-2"'],
    ['a class that does not exist', { classes: {} }, 'the class of acme does not exist'],
    ['a model without a rule', { rules: {} }, 'sonnet leads to no rule'],
  ])('breaks with %s', (_case, tampered, why) => {
    expect(saidOf(whole, tampered)).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    ['no row that the log leads to', rows.map((row) => ({ ...row, provider: 'openai' })), 'has 0 rows'],
    ['two rows', [...rows, ...rows], 'has 2 rows'],
    ['no rate for answers', rows.map((row) => ({ ...row, rates: { input: '3' } })), 'has no output rate'],
  ] as const)('breaks with %s', (_case, tampered, why) => {
    const prices = { ...whole.model.prices, rows: tampered };
    expect(saidOf(whole, {}, prices)).toEqual([expect.stringContaining(why)]);
  });

  it('names the fields of the log by which a price is found, and they are what the gateway computes', () => {
    const prices = { ...whole.model.prices, rows: [] };
    expect(saidOf(whole, {}, prices)).toEqual([
      expect.stringContaining('gw.provider and gw.upstream_model → price row'),
    ]);
    expect(priceKeyFields.map((name) => logFields[name].cel)).toEqual(['llm.provider', 'llm.requestModel']);
    expect([logFields['gw.tenant'].cel, logFields['gw.cost_center'].cel]).toEqual([
      'metadata.tenant.id',
      'metadata.tenant.cc',
    ]);
  });
});
