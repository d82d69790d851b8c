import { isObject, type JsonObject } from '../../../contract/canonical.ts';
import { milliseconds } from '../cel/duration.ts';
import { listIn, objectIn, objectsIn } from './edit.ts';

/** The provider resource behind an entry: a resource that a backend names twice has a suffix from the second time on. */
export function resourceOf(providerEntry: string): string {
  return providerEntry.split('.')[0] ?? providerEntry;
}

export function providerResources(config: JsonObject): readonly string[] {
  const entries = listIn(config, 'backends')
    .filter(isObject)
    .flatMap((backend) => listIn(objectIn(backend, 'ai'), 'groups').filter(isObject))
    .flatMap((group) => listIn(group, 'providers').filter(isObject));
  return [...new Set(entries.map((entry) => resourceOf(String(entry['name']))))].sort();
}

/** Named backends that are asked by `user`: extAuthz, webhook, remoteRateLimit. Named by reference: a name is only a name. */
export function backendsAskedBy(config: JsonObject, user: string): ReadonlySet<string> {
  const users = [...objectsIn(config)].filter(([name]) => name === user).map(([, object]) => object);
  const references = users.flatMap((object) => [...objectsIn(object)].map(([, inner]) => inner['backend']));
  return new Set(references.filter((name) => typeof name === 'string').map((name) => name.replace(/^\//, '')));
}

/** The shortest attempt timeout of the routes that lead to a backend, in milliseconds; undefined: none has one. */
export function attemptTimeoutTo(config: JsonObject, backend: string): number | undefined {
  const timeouts = listIn(config, 'routes')
    .filter(isObject)
    .filter((route) => listIn(route, 'backends').some((b) => isObject(b) && b['backend'] === `/${backend}`))
    .map((route) => objectIn(route, 'policies', 'timeout')['backendRequestTimeout'])
    .filter((duration) => typeof duration === 'string')
    .map(milliseconds);
  return timeouts.length === 0 ? undefined : Math.min(...timeouts);
}

export function uses(config: JsonObject, policy: string): boolean {
  return [...objectsIn(config)].some(([name]) => name === policy);
}

/** Environment variables that the gateway expands while it reads the text. A doubled dollar sign is a plain one. */
export function environmentNames(configText: string): readonly string[] {
  const names = [...configText.matchAll(/\$\$|\$\{(\w+)\}/g)].map((match) => match[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
