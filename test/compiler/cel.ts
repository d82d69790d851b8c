import type { Release } from '../../compiler/emit/release.ts';

/** What the gateway sees of its config: every `$$` is one dollar sign, `${NAME}` its variable. */
export function expanded(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.replaceAll(/\$\$|\$\{(\w+)\}/g, (found, name: string | undefined) => {
    if (name === undefined) return '$';
    return variables[name] ?? found;
  });
}

export function gatewayConfig(release: Release): GatewayConfig {
  return JSON.parse(expanded(release.artifacts['agentgateway.json'])) as GatewayConfig;
}

/** The map literals of an expression that are looked into: `{…}[…]`. Their syntax is JSON's. */
export function lookedUp(expression: string): Record<string, string>[] {
  const maps: Record<string, string>[] = [];
  for (let start = 0; start < expression.length; start = literalEnd(expression, start)) {
    if (expression[start] !== '{') continue;
    const end = closing(expression, start);
    if (expression[end] !== '[') continue;
    maps.push(JSON.parse(expression.slice(start, end)) as Record<string, string>);
  }
  return maps;
}

/** The only map literal that an expression looks into. */
export function lookup(expression: string | undefined): Record<string, string> {
  const [map, ...more] = lookedUp(expression ?? '');
  if (map === undefined || more.length > 0) throw new Error(`not one lookup: ${expression}`);
  return map;
}

/** Behind the string literal or the character at `start`. */
function literalEnd(text: string, start: number): number {
  if (text[start] !== '"') return start + 1;
  let at = start + 1;
  while (text[at] !== '"') {
    if (at >= text.length) throw new Error(`a string literal has no end: ${text.slice(start)}`);
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function closing(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at = literalEnd(text, at)) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  throw new Error(`a map has no end: ${text.slice(start)}`);
}

export interface Match {
  readonly path: { readonly exact?: string };
  readonly method?: string;
  readonly headers?: readonly { readonly name: string; readonly value: { readonly exact: string } }[];
}

export interface Route {
  readonly name: string;
  readonly gateways: string;
  readonly matches?: readonly Match[];
  readonly policies: {
    readonly directResponse?: {
      readonly status: number;
      readonly body?: string;
      readonly bodyExpression?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };
    readonly requestHeaderModifier?: { readonly remove: readonly string[] };
    readonly timeout?: { readonly requestTimeout: string; readonly backendRequestTimeout: string };
    readonly retry?: { readonly attempts: number; readonly backoff: string; readonly codes: readonly number[] };
    readonly ai?: {
      readonly routes: Readonly<Record<string, string>>;
      readonly defaults?: Readonly<Record<string, unknown>>;
      readonly overrides?: Readonly<Record<string, unknown>>;
      readonly promptCaching?: unknown;
    };
  };
  readonly backends?: readonly { readonly backend: string; readonly weight?: number }[];
}

/** The parts of the gateway's config that the tests read. */
export interface GatewayConfig {
  readonly config: { readonly logging: unknown; readonly modelCatalog: unknown };
  readonly frontendPolicies: {
    readonly http: { readonly maxBufferSize: number };
    readonly accessLog: { readonly add: Readonly<Record<string, string>>; readonly remove: readonly string[] };
  };
  readonly gateways: {
    readonly default: {
      readonly port: number;
      readonly jwtAuth: Readonly<Record<string, unknown>>;
      readonly transformations: {
        readonly request: {
          readonly metadata: Readonly<Record<string, string>>;
          readonly set: Readonly<Record<string, string>>;
          readonly remove: readonly string[];
        };
        readonly response: { readonly set: Readonly<Record<string, string>> };
      };
    };
    readonly ops: { readonly port: number };
  };
  readonly routes: readonly Route[];
  readonly backends: readonly {
    readonly name: string;
    readonly policies?: {
      readonly health?: { readonly unhealthyExpression: string; readonly eviction: { readonly duration: string } };
    };
    readonly ai?: { readonly groups: readonly { readonly providers: readonly Readonly<Record<string, unknown>>[] }[] };
  }[];
}
