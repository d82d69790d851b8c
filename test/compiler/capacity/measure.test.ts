import { describe, expect, it } from 'vitest';
import { measureConfig } from '../../../compiler/capacity/measure.ts';
import { capacityReports } from '../../../compiler/capacity/report.ts';
import { shareText, type Use } from '../../../compiler/capacity/use.ts';
import { taskSchema } from '../../../contract/artifacts/task.ts';
import type { Infra } from '../../../contract/infra.ts';
import { schemaVersion } from '../../../contract/vocabulary.ts';
import { taskDefinition } from '../../../deployer/task-definition.ts';
import { compiled, type Files, filesIn, minimal, overlay, parsed, releaseOf, repository } from '../project.ts';

function useOf(files: Files, environment: string, name: string): Use {
  const found = compiled(files, [environment]).environments[0]?.capacity.find((use) => use.name === name);
  if (found === undefined) throw new Error(`${environment} has no ${name}`);
  return found;
}

/** Names as long as Terraform may make them. */
const infra: Infra = {
  schemaVersion,
  environment: 'dev',
  account: '123456789012',
  region: 'ap-southeast-2',
  releaseBucket: `gatewright-${'e'.repeat(24)}-123456789012`,
  cluster: 'c'.repeat(64),
  service: 's'.repeat(64),
  taskFamily: 'f'.repeat(128),
  executionRoleArn: `arn:aws:iam::123456789012:role/${'r'.repeat(64)}`,
  taskRoleArn: `arn:aws:iam::123456789012:role/${'r'.repeat(64)}`,
  cpu: '1024',
  memory: '4096',
  logGroup: `/ecs/${'l'.repeat(120)}`,
  configInitImage: `123456789012.dkr.ecr.ap-southeast-2.amazonaws.com/${'i'.repeat(100)}@sha256:${'0'.repeat(64)}`,
  budgetHost: 'budget.internal:443',
  rateLimitHost: 'ratelimit.internal:8081',
  userPoolId: 'ap-southeast-2_EXAMPLE',
  issuer: 'https://cognito-idp.ap-southeast-2.amazonaws.com/ap-southeast-2_EXAMPLE',
  jwksUrl: 'https://cognito-idp.ap-southeast-2.amazonaws.com/ap-southeast-2_EXAMPLE/.well-known/jwks.json',
  tokenUrl: 'https://auth.example/oauth2/token',
  secrets: {},
  guardrails: {},
};

/** With tokens replaced by what they will stand for. */
function definitionBytes(files: Files): number {
  const arn = `arn:aws:secretsmanager:ap-southeast-2:123456789012:secret:${'s'.repeat(90)}-abcdef`;
  const text = JSON.stringify(parsed(releaseOf(files, 'dev'), 'task.json'))
    .replace(/@\{secret:[^}]*\}/g, arn)
    .replace(/@\{infra:(\w+)\}/g, (_, field: keyof Infra) => String(infra[field]))
    .replaceAll('@{linked}', '0'.repeat(64));
  return taskDefinition(taskSchema.parse(JSON.parse(text)), infra).bytes;
}

/** One provider with a key of its own for each of `count` models. */
function manySecrets(count: number): Files {
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  const models = names.map((name) => `    ${name}: {single: {provider: ${name}, model: claude-sonnet}}\n`).join('');
  const secret = (name: string) => `${name}-${'k'.repeat(30)}`;
  const providers = names.map((name) => [
    `routing/providers/${name}.yaml`,
    `apiVersion: gatewright/v1\nkind: Provider\nmetadata: {name: ${name}}\nspec: {type: anthropic, residency: us, credentials: {secret: ${secret(name)}}, prices: list}\n`,
  ]);
  return overlay(minimal, {
    'routing/providers/anthropic.yaml': null,
    ...Object.fromEntries(providers),
    'routing/profiles/base.yaml': `apiVersion: gatewright/v1\nkind: RoutingProfile\nmetadata: {name: base}\nspec:\n  models:\n${models}`,
  });
}

describe('the task definition', () => {
  it.each([1, 50, 150])('is measured no smaller than the deployer makes it, with %i secrets', (count) => {
    const files = count === 1 ? minimal : manySecrets(count);
    const { used } = useOf(files, 'dev', 'task definition');
    const real = definitionBytes(files);
    expect(used).toBeGreaterThanOrEqual(real);
    expect(used).toBeLessThan(real * 1.3 + 4096);
  });

  it('is refused before ECS refuses it', () => {
    const { findings, releases } = compiled(manySecrets(260));
    expect(findings.map(({ code }) => code)).toEqual(['limits/capacity']);
    expect(releases).toEqual([]);
  });
});

describe('the config of the gateway', () => {
  it('is measured by a compile, in bytes', () => {
    const { environments, releases } = compiled(minimal);
    const text = releases[0]?.artifacts['agentgateway.json'] ?? '';
    const use = environments[0]?.capacity.find(({ name }) => name === 'agentgateway.json');
    expect(use?.used).toBe(Buffer.byteLength(text));
  });

  it('is no release where it is too large, and a warning a little before', () => {
    const [environment] = compiled(minimal).environments;
    if (environment === undefined) throw new Error('minimal has an environment');
    const codes = (bytes: number) =>
      [...capacityReports([measureConfig(environment.model, 'é'.repeat(bytes / 2))])].map(({ code }) => code);
    expect(codes(12 * 1024 * 1024)).toEqual([]);
    expect(codes(14 * 1024 * 1024)).toEqual(['limits/headroom']);
    expect(codes(16 * 1024 * 1024 + 2)).toEqual(['limits/capacity']);
  });
});

/** Profiles whose requests carry nearly a mebibyte of parameters, each of them of a rule of its own. */
function largeConfig(profiles: number): Files {
  const names = Array.from({ length: profiles }, (_, index) => `large-${index}`);
  const parameter = 'x'.repeat(1_000_000);
  const files = names.flatMap((name) => [
    [
      `routing/profiles/${name}.yaml`,
      `apiVersion: gatewright/v1\nkind: RoutingProfile\nmetadata: {name: ${name}}\nspec:\n  models:\n    sonnet:\n      parameters: {defaults: {note: ${parameter}}}\n      single: {provider: anthropic, model: claude-sonnet}\n`,
    ],
    [
      `tenants/${name}.yaml`,
      `apiVersion: gatewright/v1\nkind: Tenant\nmetadata: {name: ${name}, displayName: ${name}, owners: ["@acme/all"], costCenter: CC-1}\nspec: {tier: standard, routing: ${name}, clients: [{name: default}]}\n`,
    ],
  ]);
  return overlay(minimal, Object.fromEntries(files));
}

describe('a config that is too large', () => {
  it('is found by a compile, which then has no release', () => {
    const { findings, releases } = compiled(largeConfig(17));
    expect(findings.map(({ code, place }) => `${code} ${place.file}`)).toEqual([
      'limits/capacity infra/environments/dev.yaml',
    ]);
    expect(releases).toEqual([]);
  });
});

describe('what is left', () => {
  it('is stated for each environment of the example', () => {
    const { environments } = compiled(filesIn(repository));
    for (const { model, capacity } of environments) {
      const names = capacity.map(({ name }) => name);
      expect(names).toContain('app clients');
      expect(names).toContain('task definition');
      expect(names.includes('counted tenants')).toBe(model.environment.spec.limits?.backend === 'local');
      for (const { used, most } of capacity) expect(used).toBeLessThanOrEqual(most * 0.8);
    }
  });

  it('never looks smaller than it is', () => {
    const use = { name: '', whose: '', what: '', most: 61_440, at: { file: '', path: [] }, hint: '' };
    expect(shareText({ ...use, used: 61_441, unit: 'bytes' })).toBe('60.1 of 60 KiB');
    expect(shareText({ ...use, used: 7, most: 9, unit: '' })).toBe('7 of 9');
  });
});
