import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';
import { environmentNames, providerResources } from '../../../toolchain/config-tests/binary/described.ts';
import { editAt, listIn, objectIn, objectsIn } from '../../../toolchain/config-tests/binary/edit.ts';
import { withoutOtherRules } from '../../../toolchain/config-tests/binary/narrow.ts';
import { type Places, rewriteForLoopback, rewritings } from '../../../toolchain/config-tests/binary/rewrite.ts';
import { config } from './binary-config.ts';

const goldenFile = join(import.meta.dirname, '../../compiler/golden/expected/agentgateway.json');
const golden = JSON.parse(readFileSync(goldenFile, 'utf8')) as JsonObject;

function places(of: JsonObject): Places {
  const providers = providerResources(of).map((name, index) => [name, 9000 + index]);
  return {
    providers: Object.fromEntries(providers),
    budgetService: 8001,
    webhook: 8002,
    gateways: { default: 7001, ops: 7002 },
    admin: 7003,
    stats: 7004,
    readiness: 7005,
    jwks: '{"keys":["local"]}',
  };
}

/** Alone, so that it opens no placeholder of a template. */
const dollar = '$';

const rewrite = (of: JsonObject) => rewriteForLoopback(of, places(of));

/** Paths at which two values differ; of lists of different length the list. */
function differences(before: Json | undefined, after: Json | undefined, path: readonly string[] = []): string[][] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const sameShape =
    Array.isArray(before) && Array.isArray(after)
      ? before.length === after.length
      : isObject(before) && isObject(after);
  if (!sameShape) return [[...path]];
  const [a, b] = [before as JsonObject, after as JsonObject];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) => differences(a[name], b[name], [...path, name]));
}

function isListed(path: readonly string[]): boolean {
  return rewritings.some(({ at, members }) => {
    const matches = at.every((step, index) => step === '*' || step === path[index]);
    return matches && members.includes(path[at.length] ?? '');
  });
}

const named = (of: JsonObject, list: string, name: string): JsonObject => {
  const found = listIn(of, list).find((item) => isObject(item) && item['name'] === name);
  return isObject(found) ? found : {};
};

function provider(of: JsonObject, backend: string): JsonObject {
  const [group] = listIn(objectIn(named(of, 'backends', backend), 'ai'), 'groups');
  const [entry] = isObject(group) ? listIn(group, 'providers') : [];
  return isObject(entry) ? entry : {};
}

describe('rewriting for loopback', () => {
  it.each([
    ['the golden config', golden],
    ['a config with local limits', config('local')],
  ])('changes nothing of %s that is not listed', (_, before) => {
    const changed = differences(before, rewrite(before));
    expect(changed.length).toBeGreaterThan(10);
    expect(changed.filter((path) => !isListed(path))).toEqual([]);
  });

  it('removes only policies that ask a rate limit service', () => {
    const before = config('global');
    expect(differences(before, rewrite(before)).filter((path) => !isListed(path))).toEqual([['policies']]);
    const names = listIn(rewrite(before), 'policies').map((entry) => objectIn({ entry }, 'entry', 'name')['name']);
    expect(names).toEqual(['budget']);
  });

  it.each(rewritings.map((rewriting) => [rewriting.at.join('.'), rewriting] as const))(
    'has an effect at %s, and a reason',
    (_, { at, edit }) => {
      const before = config('global');
      const context = { places: places(before), original: before };
      const after = editAt(before, at, (found, names) => edit(found, { ...context, names }));
      expect(differences(before, after)).not.toEqual([]);
    },
  );

  it('leaves no host of another machine, and no TLS', () => {
    for (const before of [golden, config('global')]) {
      const after = rewrite(before);
      const hosts = [...objectsIn(after)].flatMap(([, object]) => [object['host'], object['hostOverride']]);
      const remote = hosts.filter((host) => host !== undefined && !/^(127\.0\.0\.1|localhost):\d+$/.test(String(host)));
      expect(remote).toEqual([]);
      expect([...objectsIn(after)].filter(([name]) => name === 'backendTLS')).toEqual([]);
    }
  });

  it('keeps the order in which members are evaluated', () => {
    const metadata = (of: JsonObject) => objectIn(of, 'gateways', 'default', 'transformations', 'request', 'metadata');
    expect(Object.keys(metadata(rewrite(golden)))).toEqual(Object.keys(metadata(golden)));
  });

  it('gives every provider type its path and a credential that needs nobody', () => {
    const after = rewrite(config());
    expect(provider(after, 'b-bedrock')).toMatchObject({
      pathPrefix: '/',
      policies: { backendAuth: { aws: { region: 'us-east-1' } } },
    });
    expect(provider(after, 'b-anthropic')).toMatchObject({
      pathPrefix: '/v1',
      policies: { backendAuth: { key: `${dollar}{GW_SECRET_KEY}` } },
    });
    expect(provider(after, 'b-vertex-claude')).toMatchObject({
      pathPrefix: '/',
      policies: { backendAuth: { key: 'test-key' } },
    });
    expect(provider(after, 'b-custom')).toMatchObject({ pathPrefix: '/openai/v1' });
  });

  it('leads the entries of one resource to one mock, and services by who asks them', () => {
    const before = config('global');
    const after = rewrite(before);
    const ports = places(before).providers;
    const entries = [...objectsIn(after)].filter(([, object]) => object['hostOverride'] !== undefined);
    for (const [, { name, hostOverride }] of entries) {
      expect(hostOverride).toBe(`127.0.0.1:${ports[String(name).replace(/\.\d+$/, '')]}`);
    }
    expect(named(after, 'backends', 'budget')['host']).toBe('127.0.0.1:8001');
    expect(named(after, 'backends', 'guard-house')['host']).toBe('127.0.0.1:8002');
    expect(named(after, 'backends', 'ratelimit')['host']).toBe('localhost:1');
  });

  it('shortens what a slow service would wait for, in proportion', () => {
    const after = rewrite(config());
    expect(objectIn(named(after, 'routes', 'fallback-10'), 'policies', 'timeout')).toEqual({
      requestTimeout: '5000ms',
      backendRequestTimeout: '1000ms',
    });
    const eviction = objectIn(named(after, 'backends', 'b-fallback'), 'policies', 'health', 'eviction');
    expect(eviction).toEqual({ duration: '500ms' });
    expect(objectIn(named(after, 'backends', 'budget'), 'policies', 'http')).toEqual({ requestTimeout: '1s' });
    expect(objectIn(named(after, 'backends', 'guard-house'), 'policies', 'http')).toEqual({ requestTimeout: '1000ms' });
  });

  it('takes out the guards of Bedrock and keeps the others in their order', () => {
    const guards = objectIn(named(rewrite(config()), 'routes', 'guarded-12'), 'policies', 'ai', 'promptGuard');
    const kinds = listIn(guards, 'request').map((guard) => objectIn({ guard }, 'guard', 'regex')['action']);
    expect(kinds).toEqual(['reject', 'mask']);
  });
});

describe('a config for the repeated runs of a case', () => {
  it('loses the routes that the request cannot match, and nothing else', () => {
    const before = config();
    const after = withoutOtherRules(before, 'auto');
    expect(differences(before, after)).toEqual([['routes']]);
    const names = listIn(after, 'routes').map((route) => objectIn({ route }, 'route')['name']);
    expect(names).toEqual(['deny.model', 'auto-15', 'auto-16']);
  });
});

describe('what a config says about its surroundings', () => {
  it.each([
    ['{A}', []],
    [`${dollar}{A} and ${dollar}{B_2} and ${dollar}{A}`, ['A', 'B_2']],
    [`$${dollar}{A}`, []],
    [`$$${dollar}{A}`, ['A']],
    [`costs $$5, $${dollar}{A}, ${dollar}{B}`, ['B']],
  ])('names the environment variables that are expanded in %s', (written, names) => {
    expect(environmentNames(written)).toEqual(names);
  });

  it('names each provider resource once', () => {
    expect(providerResources(config())).toEqual([
      'anthropic',
      'azure',
      'bedrock',
      'custom',
      'gemini',
      'openai',
      'vertex',
    ]);
  });
});
