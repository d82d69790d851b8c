import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Infra } from '../../contract/infra.ts';
import { type Answer, AwsError, xmlError } from './answers.ts';
import { type Call, jsonCall } from './aws-json.ts';
import { Cognito } from './cognito.ts';
import type { Account, Context } from './context.ts';
import { Ecs } from './ecs.ts';
import { Objects } from './objects.ts';
import { acquire, type Owner, release } from './owner.ts';
import { RateLimit } from './rate-limit.ts';
import { isTrusted, readBody, signedService } from './requests.ts';
import { s3Call } from './s3.ts';
import { type Phase, Script, type ScriptInput } from './script.ts';
import { SecretsManager } from './secrets-manager.ts';
import { type SeedInput, type Services, seed } from './seed.ts';
import { Store } from './store.ts';

/** One AWS request, in the order of arrival. */
export interface CallRecord {
  /** From 1, since the start of the server. */
  readonly index: number;
  readonly service: string;
  readonly operation: string;
  readonly key: string;
  /** AWS error code; null: answered well; absent: not answered, or not yet. */
  error?: string | null;
}

export interface Hooks {
  /**
   * Awaited around every call, reads included: before it takes effect, and after it took effect and before the
   * answer leaves. `drop` cuts the connection there: before-commit, the call never happens.
   */
  onCall?(call: CallRecord & { readonly phase: Phase }): undefined | 'drop' | Promise<undefined | 'drop'>;
}

export interface EmbeddedOptions {
  readonly stateDir: string;
  /** 0 or absent: a free port. */
  readonly port?: number;
  readonly now?: () => Date;
  readonly ids?: () => string;
  readonly hooks?: Hooks;
  /** Cognito's 5 requests per second for one operation on one pool; default on. */
  readonly throttle?: boolean;
  readonly clientQuota?: number;
  readonly pageSize?: number;
  /** How long a live owner of the directory may take to leave. */
  readonly waitForOwnerMilliseconds?: number;
}

export interface EmbeddedAws {
  readonly endpoint: string;
  calls(): readonly CallRecord[];
  script(input: ScriptInput): void;
  seed(input: SeedInput): Infra;
  close(): Promise<void>;
}

export async function startEmbeddedAws(options: EmbeddedOptions): Promise<EmbeddedAws> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const owner: Owner = { pid: process.pid, endpoint, instance: randomUUID() };
  let embedded: Embedded | undefined;
  server.on('request', (request, response) => {
    if (embedded !== undefined) void embedded.serve(request, response);
    // Before this server owns, and has read, the state, only a rival has something to ask.
    else send(response, isTrusted(request) ? json(200, owner) : json(403, {}));
  });
  try {
    await acquire(options.stateDir, owner, options.waitForOwnerMilliseconds ?? 0);
    embedded = new Embedded(options, owner);
    return embedded.handle(endpoint, () => stop(server, options.stateDir, owner));
  } catch (error) {
    await stop(server, options.stateDir, owner);
    throw error;
  }
}

async function stop(server: Server, stateDir: string, owner: Owner): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  release(stateDir, owner);
}

class Embedded {
  readonly #owner: Owner;
  readonly #context: Context;
  readonly #services: Services;
  readonly #hooks: Hooks;
  readonly #calls: CallRecord[] = [];
  #closed = false;

  constructor(options: EmbeddedOptions, owner: Owner) {
    this.#owner = owner;
    const store = new Store(options.stateDir);
    // First, because it clears what was staged and never committed.
    const objects = new Objects(store);
    this.#context = {
      store,
      account: store.collection<Account>('account', () => 'account'),
      script: new Script(store),
      poolRate: options.throttle === false ? null : new RateLimit(5),
      clientQuota: options.clientQuota ?? 1000,
      pageSize: options.pageSize ?? 1000,
      now: options.now ?? (() => new Date()),
      id: options.ids ?? randomId,
    };
    this.#services = {
      objects,
      cognito: new Cognito(this.#context),
      secrets: new SecretsManager(this.#context),
      ecs: new Ecs(this.#context),
    };
    this.#hooks = options.hooks ?? {};
  }

  handle(endpoint: string, stopServer: () => Promise<void>): EmbeddedAws {
    return {
      endpoint,
      calls: () => this.#calls,
      script: (input) => this.#context.script.add(input),
      seed: (input) => seed(this.#context, this.#services, input),
      close: async () => {
        this.#closed = true;
        await stopServer();
      },
    };
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = isTrusted(request)
        ? await this.#answer(request)
        : xmlError(new AwsError('AccessDenied', 'Only direct requests to loopback are served'));
      if (answer === 'drop') response.destroy();
      else send(response, answer, request.method);
    } catch (error) {
      const known = error instanceof AwsError ? error : new AwsError('InternalError', (error as Error).message);
      // The rest of a body that was not read would be taken for the next request.
      send(response, { ...xmlError(known), headers: { connection: 'close' } }, request.method);
    }
  }

  async #answer(request: IncomingMessage): Promise<Answer | 'drop'> {
    const body = await readBody(request);
    const url = request.url ?? '/';
    if (url.startsWith('/_embedded/')) return this.#control(request, url, body);
    const target = request.headers['x-amz-target'];
    const service = signedService(request);
    if (typeof target === 'string') {
      const services = [this.#services.cognito, this.#services.secrets, this.#services.ecs];
      const call = jsonCall(services, target, body);
      const foreign = services.some(({ name }) => name === call.service && name !== service);
      if (service === null || foreign) return call.fail(unsigned('MissingAuthenticationTokenException', call.service));
      return this.#perform(call);
    }
    const [path = '/', query = ''] = url.split(/\?(.*)/s);
    const { method = 'GET', headers } = request;
    const s3Request = { method, path, query: new URLSearchParams(query), headers, body };
    const call = s3Call(this.#context, this.#services.objects, s3Request);
    if (service !== 's3') return call.fail(unsigned('AccessDenied', 's3'));
    return this.#perform(call);
  }

  async #perform(call: Call): Promise<Answer | 'drop'> {
    const { service, operation, key } = call;
    const record: CallRecord = { index: this.#calls.length + 1, service, operation, key };
    this.#calls.push(record);
    if (await this.#isDropped(record, 'before-commit')) return 'drop';
    const answer = this.#run(call, record);
    if (await this.#isDropped(record, 'after-commit')) return 'drop';
    return answer;
  }

  #run(call: Call, record: CallRecord): Answer {
    const { script } = this.#context;
    try {
      record.error = null;
      const before = script.takeFailure(record, 'before-commit');
      if (before !== undefined) throw new AwsError(before.code, before.message, before.status);
      const answer = call.run();
      const after = script.takeFailure(record, 'after-commit');
      if (after !== undefined) throw new AwsError(after.code, after.message, after.status);
      return answer;
    } catch (error) {
      const known = error instanceof AwsError ? error : new AwsError('InternalError', (error as Error).message);
      record.error = known.code;
      return call.fail(known);
    }
  }

  async #isDropped(record: CallRecord, phase: Phase): Promise<boolean> {
    const wish = await this.#hooks.onCall?.({ ...record, phase });
    return wish === 'drop' || this.#closed || this.#context.script.drops(record, phase);
  }

  #control(request: IncomingMessage, url: string, body: Buffer): Answer {
    const route = `${request.method} ${url}`;
    if (route === 'GET /_embedded/calls') return json(200, { count: this.#calls.length, calls: this.#calls });
    if (route === 'GET /_embedded/owner') return json(200, this.#owner);
    if (request.method === 'POST' && request.headers['content-type'] !== 'application/json') {
      return json(415, { error: 'send application/json' });
    }
    try {
      if (route === 'POST /_embedded/seed') return json(200, seed(this.#context, this.#services, parse(body)));
      if (route === 'POST /_embedded/script') {
        this.#context.script.add(parse(body));
        return json(200, {});
      }
    } catch (error) {
      return json(400, { error: (error as Error).message });
    }
    return json(404, { error: `no ${route}` });
  }
}

function parse(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}

function unsigned(code: string, service: string): AwsError {
  return new AwsError(code, `The request is not signed for ${service}`, 403);
}

function json(status: number, value: object): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function send(response: ServerResponse, answer: Answer, method?: string): void {
  const length = method === 'HEAD' || answer.status === 304 ? {} : { 'content-length': Buffer.byteLength(answer.body) };
  response.writeHead(answer.status, { 'x-amzn-requestid': randomUUID(), ...length, ...answer.headers });
  response.end(answer.body);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** 26 characters out of 36: more than 128 bits, so an identifier never comes twice. */
function randomId(): string {
  return Array.from(randomBytes(26), (byte) => alphabet[byte % alphabet.length]).join('');
}
