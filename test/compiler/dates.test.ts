import { describe, expect, it } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { minimal, overlay, treeOf } from './project.ts';

/** One project in which something changes by itself in most months, and nothing else ever does. */
const project = overlay(minimal, {
  'pricing/list.yaml': `apiVersion: gatewright/v1
kind: PriceList
metadata: {name: list}
spec:
  models:
    claude-sonnet:
      retiresOn: 2027-06-01
      prices:
        - {effectiveFrom: 2026-01-01, rates: {input: "3", output: "15"}, source: https://prices.example, verifiedOn: 2026-01-01}
        - {effectiveFrom: 2026-07-01, rates: {input: "2", output: "10"}, source: https://prices.example, verifiedOn: 2026-06-15}
  discounts: [{percent: "10", from: 2026-09-01, until: 2026-09-30, models: ["*"]}]
`,
  'tenants/leaver.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: leaver, displayName: Leaver, owners: ["@acme/all"], costCenter: CC-2}
spec: {status: retired, retiredOn: 2026-11-01, tier: standard, routing: base, clients: [{name: default}]}
`,
  'infra/environments/dev.yaml': `${minimal['infra/environments/dev.yaml']}  safety:
    quarantineDays: 20
    acknowledge: [{change: delete-client, upTo: 12, until: 2027-01-31, reason: lab closed}]
`,
});

function on(date: string): { codes: string[]; input: string | undefined; retired: string[] } {
  const { findings, releases } = compile({ tree: treeOf(project), date, commit: null, toolVersion: 'test' });
  const read = (name: 'agentgateway.json' | 'cognito-clients.json') => JSON.parse(releases[0]?.artifacts[name] ?? '{}');
  const catalogue = read('agentgateway.json').config?.modelCatalog[0].inline.providers.anthropic.models;
  return {
    codes: [...new Set(findings.map(({ code }) => code))],
    input: catalogue?.['claude-sonnet'].rates.input,
    retired: Object.keys(read('cognito-clients.json').retired ?? {}),
  };
}

describe('a project through time', () => {
  it.each([
    // Before its first price: nothing can be sold, and what is known of it is not known yet.
    ['2025-12-31', ['pricing/verified-on', 'time/ahead', 'pricing/unpriced-model'], undefined],
    // The later price was read on a day that is still to come.
    ['2026-01-01', ['pricing/verified-on'], '3'],
    ['2026-06-14', ['pricing/verified-on'], '3'],
    ['2026-06-16', [], '3'],
    ['2026-06-17', ['time/ahead'], '3'],
    ['2026-07-01', [], '2'],
    ['2026-08-17', [], '2'],
    // The discount begins, and ends.
    ['2026-08-18', ['time/ahead'], '2'],
    ['2026-09-01', [], '1.8'],
    ['2026-09-17', ['time/ahead'], '1.8'],
    ['2026-10-01', [], '2'],
    // A tenant retires, and its quarantine ends.
    ['2026-10-18', ['time/ahead'], '2'],
    ['2026-11-01', [], '2'],
    ['2026-11-07', ['time/ahead'], '2'],
    ['2026-11-21', [], '2'],
    // The acknowledgement holds on its last day.
    ['2027-01-17', [], '2'],
    ['2027-01-18', ['time/ahead'], '2'],
    ['2027-01-31', ['time/ahead'], '2'],
    ['2027-02-01', ['time/leftover'], '2'],
    // The model retires.
    ['2027-05-01', ['time/leftover'], '2'],
    ['2027-05-02', ['time/leftover', 'time/retiring-model'], '2'],
    ['2027-05-31', ['time/leftover', 'time/retiring-model'], '2'],
    ['2027-06-01', ['time/leftover', 'routing/retired-model'], undefined],
  ])('says on %s what is due: %j', (date, codes, input) => {
    const found = on(date);
    expect([found.codes.sort(), found.input]).toEqual([[...codes].sort(), input]);
  });

  it('lets the clients of a tenant go on its day', () => {
    expect([on('2026-10-31').retired, on('2026-11-01').retired]).toEqual([[], ['leaver/default']]);
  });

  it('gives the quota back when a quarantine is over', () => {
    const clients = (date: string) => {
      const { environments } = compile({ tree: treeOf(project), date, commit: null, toolVersion: 'test' });
      return environments[0]?.capacity.find(({ name }) => name === 'app clients')?.used;
    };
    expect([clients('2026-11-20'), clients('2026-11-21')]).toEqual([2, 1]);
  });
});
