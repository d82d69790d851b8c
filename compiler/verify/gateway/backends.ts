import type { Law } from './subject.ts';

/** Backends have one name each, are used, and exist where they are named: validation finds none of it. */
export const backends: Law = function* ({ config }) {
  const names = new Set(config.backends.map(({ name }) => `/${name}`));
  if (names.size !== config.backends.length) yield 'agentgateway.json: two backends have one name';
  const used = new Set<string>();
  for (const { place, reference } of references(config)) {
    used.add(reference);
    if (!names.has(reference)) yield `agentgateway.json: ${place} names backend ${reference}, which does not exist`;
  }
  for (const name of names) if (!used.has(name)) yield `agentgateway.json: nothing names backend ${name}`;
  for (const { name, host, ai, policies } of config.backends) {
    if ((host === undefined) === (ai === undefined)) yield `agentgateway.json: backend ${name} is neither host nor ai`;
    if ((ai?.groups?.length ?? 0) > 1 && policies?.health === undefined)
      yield `agentgateway.json: backend ${name} has several groups but no health policy: it would never fail over`;
    if (host !== undefined && !/^([1-9]\d*)(ms|s)$/.test(policies?.http?.requestTimeout ?? ''))
      yield `agentgateway.json: backend ${name} has no deadline: the gateway would wait for ever`;
  }
  for (const { place, text } of authorities(config.backends)) {
    if (!canBeCalled(text))
      yield `agentgateway.json: ${place} is ${text}, which is no host with a port from 1 to 65535`;
  }
};

/** Every host with a port. What infra publishes is bound later. */
function* authorities(value: unknown, place = ''): Iterable<{ readonly place: string; readonly text: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const here = placeIn(place, key, item);
    if (['host', 'hostOverride'].includes(key) && typeof item === 'string') yield { place: here, text: item };
    else yield* authorities(item, here);
  }
}

function canBeCalled(authority: string): boolean {
  if (/^@\{infra:\w+\}$/.test(authority)) return true;
  const port = /^[a-z0-9.-]+:([1-9]\d{0,4})$/.exec(authority)?.[1];
  return port !== undefined && Number(port) <= 65_535;
}

interface Reference {
  readonly place: string;
  readonly reference: string;
}

/** Every `backend` in the config, wherever it stands. */
function* references(value: unknown, place = ''): Iterable<Reference> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'modelCatalog' || key === 'metadata') continue;
    if (key === 'backend' && typeof item === 'string') yield { place, reference: item };
    else yield* references(item, placeIn(place, key, item));
  }
}

function placeIn(place: string, key: string, item: unknown): string {
  const name: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'name') : undefined;
  return `${place}${place === '' ? '' : '.'}${typeof name === 'string' ? name : key}`;
}
