import type { Json } from '../../contract/canonical.ts';
import type { LogFieldName } from '../../contract/observability.ts';

/** The answer of every mock provider counts these tokens, in both engines: a cost is a fact that a test can state. */
export const mockUsage = { inputTokens: 1000, outputTokens: 500 } as const;

/** What every mock provider says where a case does not say it. */
export const mockAnswer = 'a mock answer';

/** How a provider resource, or the budget service, behaves in a case. A number is the status of its answer. */
export type Behaviour = 'ok' | 'down' | 'slow' | number;

/** Which token a request carries. Everything but `valid` is turned away. */
export type Credential =
  | 'valid'
  | 'missing'
  | 'expired'
  | 'wrong-issuer'
  | 'without-scope'
  | 'id-token'
  | 'unknown-client';

/** One request, as both engines send it. */
export interface TestRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly the bytes that are sent; undefined: no body. */
  readonly body: string | undefined;
  readonly credential: Credential;
  /** App client by its key `<tenant>/<client>`. */
  readonly client: string;
  /** Claims beside those of every token: `username` and the tenant claim of a workforce user. */
  readonly claims: Readonly<Record<string, Json>>;
}

/** The world around the gateway while a case runs. */
export interface World {
  /** By provider resource; those not named answer 200. */
  readonly providers: Readonly<Record<string, Behaviour>>;
  /** The text that providers answer. */
  readonly answer: string;
  /** What the ledger has counted this month, decimal strings of USD: of the tenant, and of each public model. */
  readonly spent: { readonly tenantUsd: string; readonly models: Readonly<Record<string, string>> };
  readonly budgetService: Behaviour;
  /** What webhooks answer: the `action` object of their answer, or how they fail. */
  readonly webhook: { readonly action: Json } | Behaviour;
  /** How often the same request was already sent within the minute. */
  readonly requestsBefore: number;
}

/** Everything works, and nothing was spent. */
export const quietWorld: World = {
  providers: {},
  answer: mockAnswer,
  spent: { tenantUsd: '0', models: {} },
  budgetService: 'ok',
  webhook: 'ok',
  requestsBefore: 0,
};

/** One way in which a request can end. */
export interface Observation {
  readonly status: number;
  /** Response headers, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, the text otherwise; of a stream the whole event text. */
  readonly body: Json;
  /** The assistant's text as the client reads it, of a JSON answer or of a stream; undefined where there is none. */
  readonly text: string | undefined;
  /** Name of the route that the gateway chose; undefined: it answered before, or found none. */
  readonly route: string | undefined;
  /** Provider resources that were called, in order; the last of them answered. */
  readonly attempts: readonly string[];
  /** What the last called provider was sent; undefined where none was called. */
  readonly upstream: { readonly model: string; readonly body: Json } | undefined;
  /** The fields of the access log that begin with `gw.`, as they were logged. */
  readonly log: Readonly<Partial<Record<LogFieldName, Json>>>;
}

/** Possible ends with their probability: a split has several. Weights are relative. */
export interface Outcome {
  readonly weight: number;
  readonly observation: Observation;
}

/** Something that answers requests as the gateway does with one compiled, linked config. */
export interface Engine {
  readonly name: 'model' | 'binary';
  /** All possible outcomes (model), or those of `runs` requests (binary). Throws a Refusal where it cannot tell. */
  run(request: TestRequest, world: World, runs: number): Promise<readonly Outcome[]>;
  close(): Promise<void>;
}
