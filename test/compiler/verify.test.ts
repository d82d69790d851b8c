import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BrokenArtifact, verify } from '../../compiler/verify/verify.ts';
import { type ArtifactName, type Artifacts, artifactNames } from '../../contract/artifacts/artifacts.ts';
import { isRecord, type Path } from './effect/leaves.ts';
import { replaced, valueAt } from './effect/mutations.ts';
import { minimal, overlay, releaseOf, sections } from './project.ts';

const project = readFileSync(join(import.meta.dirname, 'golden/project.txt'), 'utf8');
const { artifacts } = releaseOf(overlay(minimal, sections(project)), 'dev');

/** What verify says about the release with one artifact's text changed. */
function broken(name: ArtifactName, change: (text: string) => string): readonly string[] {
  const text = change(artifacts[name]);
  expect(text).not.toBe(artifacts[name]);
  try {
    verify({ ...artifacts, [name]: text });
  } catch (error) {
    if (error instanceof BrokenArtifact) return error.violations;
    throw error;
  }
  return [];
}

/** The same, with the value at a path replaced; `undefined` takes it away. */
function brokenAt(name: ArtifactName, path: Path, value: unknown): readonly string[] {
  return broken(name, (text) => JSON.stringify(replaced(JSON.parse(text), path, value)));
}

const gateway: unknown = JSON.parse(artifacts['agentgateway.json']);
const routes = valueAt(gateway, ['routes']) as readonly { readonly name: string; readonly policies: object }[];

function routeNamed(name: string): number {
  const index = routes.findIndex((route) => route.name === name);
  if (index === -1) throw new Error(`there is no route ${name}`);
  return index;
}

const retrying = routes.findIndex(({ policies }) => 'retry' in policies);

describe('a release as it was compiled', () => {
  it('breaks no law', () => {
    expect(() => verify(artifacts)).not.toThrow();
  });
});

describe('the gateway config', () => {
  const name = 'agentgateway.json';

  it('names backends that exist', () => {
    const path = ['routes', routeNamed('base.sonnet-00'), 'backends', 0, 'backend'];
    expect(brokenAt(name, path, '/b-gone')).toEqual([
      'agentgateway.json: route base.sonnet-00 names backend /b-gone, which does not exist',
    ]);
    expect(brokenAt(name, path, String(valueAt(gateway, path)).slice(1))).toHaveLength(1);
  });

  it('has no two backends of one name', () => {
    const first = valueAt(gateway, ['backends', 0, 'name']);
    expect(brokenAt(name, ['backends', 1, 'name'], first)).toContain('agentgateway.json: two backends have one name');
  });

  it('doubles every dollar sign', () => {
    expect(broken(name, (text) => text.replace('$$', () => '$'))).toEqual([
      'agentgateway.json: a single dollar sign would be expanded by the gateway',
    ]);
  });

  it('reads only variables that the task sets', () => {
    expect(broken(name, (text) => text.replaceAll('GW_SECRET_ANTHROPIC_KEY', 'HOME'))).toContain(
      `agentgateway.json: ${'$'}{HOME} is not set in the task`,
    );
    expect(brokenAt('task.json', ['containers', 1, 'secrets'], {})).toContain(
      `agentgateway.json: ${'$'}{GW_SECRET_ANTHROPIC_KEY} is not set in the task`,
    );
  });

  it('has a route for every rule on every surface', () => {
    const without = routes.filter(({ name: route }) => route !== 'base.split-00');
    const violations = brokenAt(name, ['routes'], without);
    expect(violations.length).toBeGreaterThan(2);
    for (const violation of violations)
      expect(violation).toMatch(/^agentgateway\.json: no route serves rule base\.split on \//);
    const path = ['routes', routeNamed('base.split-00'), 'matches', 0, 'path', 'exact'];
    expect(brokenAt(name, path, '/v1/elsewhere')).toEqual([
      `agentgateway.json: no route serves rule base.split on ${valueAt(gateway, path)}`,
      'agentgateway.json: a route serves base.split /v1/elsewhere, which the table does not have',
    ]);
  });

  it('has no two routes of one name', () => {
    expect(brokenAt(name, ['routes', routeNamed('models'), 'name'], 'base.sonnet-00')).toEqual([
      'agentgateway.json: two routes are named default/base.sonnet-00; the gateway keeps one',
    ]);
  });

  it('has exact paths, and no method but GET', () => {
    const match = ['routes', routeNamed('base.sonnet-00'), 'matches', 0];
    expect(brokenAt(name, [...match, 'path'], { pathPrefix: '/v1' })).toContain(
      'agentgateway.json: route default/base.sonnet-00 matches no exact path',
    );
    expect(brokenAt(name, [...match, 'method'], 'POST')).toEqual([
      'agentgateway.json: route default/base.sonnet-00 has a method, which outranks every denial',
    ]);
  });

  it.each(['optional', 'permissive', undefined])('has strict authentication, not %s', (mode) => {
    expect(brokenAt(name, ['gateways', 'default', 'jwtAuth', 'mode'], mode)).toEqual([
      'agentgateway.json: jwtAuth is not strict',
    ]);
  });

  it('has authentication at all', () => {
    expect(brokenAt(name, ['gateways', 'default', 'jwtAuth'], undefined)).toEqual([
      'agentgateway.json: jwtAuth is not strict',
    ]);
  });

  it.each(['codes', 'backoff'])('retries with %s', (field) => {
    expect(brokenAt(name, ['routes', retrying, 'policies', 'retry', field], undefined)).toEqual([
      `agentgateway.json: route default/${routes[retrying]?.name} retries without codes or backoff`,
    ]);
  });

  it('answers every denial on every path', () => {
    const index = routeNamed('deny.token.anthropic');
    const without = routes.filter((_, i) => i !== index);
    expect(brokenAt(name, ['routes'], without)).toEqual([
      'agentgateway.json: 0 routes answer !token on /v1/messages',
      'agentgateway.json: 0 routes answer !token on /v1/messages/count_tokens',
    ]);
    const open = ['routes', routeNamed('deny.unsupported.openai'), 'matches', 0, 'path', 'exact'];
    expect(brokenAt(name, open, '/v1/elsewhere')).toEqual([
      `agentgateway.json: 0 routes answer what no other route takes on ${valueAt(gateway, open)}`,
    ]);
  });

  it('keeps the decision from the providers', () => {
    const path = ['routes', retrying, 'policies', 'requestHeaderModifier', 'remove'];
    expect(brokenAt(name, path, ['x-other'])).toEqual([
      `agentgateway.json: route default/${routes[retrying]?.name} sends x-gw-rule to the provider`,
    ]);
  });

  it('says what each path speaks', () => {
    expect(brokenAt(name, ['routes', retrying, 'policies', 'ai', 'routes'], undefined)).toEqual([
      `agentgateway.json: route default/${routes[retrying]?.name} has no explicit map of route types`,
    ]);
  });

  it('fails over only where health is watched', () => {
    expect(brokenAt(name, ['backends', 0, 'policies'], {})).toEqual([
      `agentgateway.json: backend ${valueAt(gateway, ['backends', 0, 'name'])} has several groups but no health policy: it would never fail over`,
    ]);
  });
});

describe('tokens', () => {
  it.each(['@{relaese}', '@{guardrail:pii}', '@{infra:bucket-name}', '@{env:HOME}', '@{'])('%s is none', (token) => {
    expect(brokenAt('task.json', ['containers', 0, 'image'], token)).toEqual([expect.stringContaining('is no token')]);
  });

  it('name clients that will exist', () => {
    const rename = (text: string) => text.replaceAll('@{client:globex/default}', '@{client:globex/other}');
    expect(broken('agentgateway.json', rename)).toEqual([
      'agentgateway.json: @{client:globex/other} names no app client',
    ]);
  });
});

describe('the decision table', () => {
  const table: unknown = JSON.parse(artifacts['decision-table.json']);
  const [id = ''] = Object.keys(valueAt(table, ['classes']) as object);

  it('leads each tenant to a class and each model to a rule', () => {
    expect(brokenAt('decision-table.json', ['tenants', 'acme', 'class'], 'c-0000000000')).toEqual([
      'decision-table.json: tenant acme points to class c-0000000000, which does not exist',
    ]);
    expect(brokenAt('decision-table.json', ['classes', id, 'models', 'sonnet'], 'base.gone')).toEqual([
      `decision-table.json: ${id}/sonnet points to rule base.gone, which does not exist`,
    ]);
  });

  it('has no rule that looks like a denial', () => {
    const rule = valueAt(table, ['rules', 'base.split']);
    expect(brokenAt('decision-table.json', ['rules', '!model'], rule)).toContain(
      'decision-table.json: rule !model looks like a denial',
    );
  });
});

describe('schemas', () => {
  const ours = artifactNames.filter((name) => name !== 'agentgateway.json');

  it.each(ours)('%s has no field but its own, and all of them', (name) => {
    expect(brokenAt(name, ['extra'], 1)).toEqual([`${name}: must NOT have additional properties`]);
    expect(brokenAt(name, ['schemaVersion'], undefined)).toEqual([
      `${name}: must have required property 'schemaVersion'`,
    ]);
    expect(brokenAt(name, ['schemaVersion'], 2)).toEqual([`${name}/schemaVersion: must be equal to constant`]);
  });
});

describe('the error', () => {
  it('lists every violation', () => {
    const text = JSON.stringify(replaced(gateway, ['gateways', 'default', 'jwtAuth', 'mode'], 'optional')).replace(
      '$$',
      () => '$',
    );
    const both: Artifacts = { ...artifacts, 'agentgateway.json': text };
    const error = (() => {
      try {
        verify(both);
        return undefined;
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(BrokenArtifact);
    expect(isRecord(error) && error['message']).toMatch(
      /^the compiled artifacts break 2 law\(s\):\n {2}agentgateway\.json: .*\n {2}/,
    );
  });
});
