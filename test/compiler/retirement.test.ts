import { describe, expect, it } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { minimal, overlay, treeOf } from './project.ts';

const leaver = `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: leaver, displayName: Leaver, owners: ["@acme/all"], costCenter: CC-2}
spec:
  status: retired
  retiredOn: 2027-01-01
  tier: standard
  routing: base
  clients: [{name: default}]
`;

function on(date: string) {
  const tree = treeOf(overlay(minimal, { 'tenants/leaver.yaml': leaver }));
  const artifacts = compile({ tree, date, commit: null, toolVersion: '0' }).releases[0]?.artifacts;
  const read = (name: 'cognito-clients.json' | 'decision-table.json' | 'tenants.json') =>
    JSON.parse(artifacts?.[name] ?? '');
  const cognito = read('cognito-clients.json');
  return {
    inTable: 'leaver' in read('decision-table.json').tenants,
    client: 'leaver/default' in cognito.clients,
    retired: cognito.retired,
    status: read('tenants.json').tenants.leaver.status,
  };
}

describe('a tenant that retires', () => {
  it('is active until its day', () => {
    expect(on('2026-12-31')).toEqual({ inTable: true, client: true, retired: {}, status: 'active' });
  });

  it('is out of the table from its day on, and its clients wait in quarantine', () => {
    const retired = { 'leaver/default': '2027-01-01' };
    expect(on('2027-01-01')).toEqual({ inTable: false, client: false, retired, status: 'retired' });
  });
});
