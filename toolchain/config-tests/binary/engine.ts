import type { TenantDirectory } from '../../../contract/artifacts/tenants.ts';
import { canonicalText, type Json, type JsonObject } from '../../../contract/canonical.ts';
import type { Access } from '../claims.ts';
import type { Engine, Observation, Outcome, TestRequest, World } from '../engine.ts';
import type { RecordedCall } from '../providers/providers.ts';
import { countedElsewhere, unlinkedClient } from '../refusals.ts';
import { answerText } from './answer-text.ts';
import { providerResources, uses } from './described.ts';
import { objectIn, objectsIn } from './edit.ts';
import { exchange, type Received } from './exchange.ts';
import { freePorts } from './free-ports.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { localIssuer } from './issuer.ts';
import { withoutOtherRules } from './narrow.ts';
import { type Places, rewriteForLoopback } from './rewrite.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';

interface BinaryEngineOptions extends Access {
  /** Path of an agentgateway executable. */
  readonly executable: string;
  readonly linkedConfigText: string;
  /** What the budget service decides by. */
  readonly directory: TenantDirectory;
}

/**
 * Answers requests with a real gateway on this machine, between mock providers, the reference budget service and a
 * mock webhook. A gateway remembers failed targets and counted requests. What it learnt from one request must not
 * decide another, so whatever could have taught it something ends it, and the next request gets a fresh one.
 */
export async function binaryEngine(options: BinaryEngineOptions): Promise<Engine> {
  const config = JSON.parse(options.linkedConfigText) as JsonObject;
  const surroundings = await startSurroundings(providerResources(config), options.directory);
  const binary = new Binary(options, config, surroundings);
  return {
    name: 'binary',
    run: (request, world, runs) => binary.run(request, world, runs),
    close: () => binary.close(),
  };
}

class Binary {
  readonly #options: BinaryEngineOptions;
  readonly #config: JsonObject;
  /** What the next gateway is started with. */
  #read: JsonObject;
  readonly #surroundings: Surroundings;
  readonly #issuer: ReturnType<typeof localIssuer>;
  #gateway: Gateway | undefined;
  /** Requests that the running gateway has counted. */
  #served = 0;
  /** Whether the running gateway may answer otherwise than a fresh one. */
  #hasLearnt = false;
  /** One request at a time: what was called and logged is told apart by nothing else. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: BinaryEngineOptions, config: JsonObject, surroundings: Surroundings) {
    this.#options = options;
    this.#config = config;
    this.#read = config;
    this.#surroundings = surroundings;
    this.#issuer = localIssuer(String(objectIn(config, 'gateways', 'default', 'jwtAuth')['issuer']), options);
  }

  run(request: TestRequest, world: World, runs: number): Promise<readonly Outcome[]> {
    if (!Object.hasOwn(this.#options.clients, request.client)) return Promise.reject(unlinkedClient(request.client));
    if (world.requestsBefore > 0 && uses(this.#config, 'remoteRateLimit')) return Promise.reject(countedElsewhere());
    const result = this.#turn.then(() => this.#runAll(request, world, runs));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#forget();
    await this.#surroundings.close();
  }

  async #runAll(request: TestRequest, world: World, runs: number): Promise<readonly Outcome[]> {
    this.#surroundings.world = world;
    const outcomes: Outcome[] = [];
    try {
      for (let run = 0; run < runs; run++) {
        const observation = await this.#observe(request, world);
        outcomes.push({ weight: 1, observation });
        const rule = observation.log['gw.rule'];
        // Each run needs a fresh gateway: one that reads less is there sooner.
        if (this.#hasLearnt && typeof rule === 'string') this.#read = withoutOtherRules(this.#config, rule);
      }
    } finally {
      if (this.#read !== this.#config) await this.#forget();
      this.#read = this.#config;
    }
    return outcomes;
  }

  async #observe(request: TestRequest, world: World): Promise<Observation> {
    if (this.#hasLearnt || (world.requestsBefore > 0 && this.#served > 0)) await this.#forget();
    const isFresh = this.#served === 0;
    this.#hasLearnt = true;
    for (let before = 0; before < world.requestsBefore; before++) await this.#send(request);
    const seen = await this.#send(request);
    this.#hasLearnt = world.requestsBefore > 0 || teaches(seen, world);
    if (isFresh || !mayBeLimited(seen)) return seen;
    // The bucket may have been emptied by requests of other cases and runs.
    await this.#forget();
    return this.#observe(request, world);
  }

  async #send(request: TestRequest): Promise<Observation> {
    const gateway = this.#gateway ?? (await this.#start(2));
    this.#gateway = gateway;
    const token = this.#issuer.token(request);
    this.#surroundings.forgetCalls();
    this.#served += 1;
    try {
      const received = await exchange(gateway.port, request, token);
      return observation(received, this.#surroundings.calls(), await gateway.nextLine());
    } catch (error) {
      const trouble = await gateway.trouble();
      if (trouble === undefined || !(error instanceof Error)) throw error;
      throw new Error(`${error.message}; the gateway: ${trouble}`, { cause: error });
    }
  }

  /** A port that was free may be taken before the gateway has it: then others are tried. */
  async #start(tries: number): Promise<Gateway> {
    try {
      return await this.#startOnFreePorts();
    } catch (error) {
      if (tries <= 1 || !String(error).includes('Address already in use')) throw error;
      return this.#start(tries - 1);
    }
  }

  async #startOnFreePorts(): Promise<Gateway> {
    const [port = 0, ops = 0, admin = 0, stats = 0, readiness = 0] = await freePorts(5);
    const places: Places = {
      ...this.#surroundings.ports,
      gateways: { default: port, ops },
      admin,
      stats,
      readiness,
      jwks: this.#issuer.jwks,
    };
    const config = rewriteForLoopback(this.#read, places);
    // The order of members is the order in which the gateway evaluates some of them.
    const inOrder = new Set<Json>([...objectsIn(config)].map(([, object]) => object));
    const configText = canonicalText(config, inOrder);
    return startGateway({ executable: this.#options.executable, configText, port, readiness });
  }

  async #forget(): Promise<void> {
    await this.#gateway?.stop();
    this.#gateway = undefined;
    this.#served = 0;
    this.#hasLearnt = false;
  }
}

/** A target that failed, or whose answer was refused on the way back, is left alone for a while. */
function teaches({ attempts, status }: Observation, world: World): boolean {
  const failed = attempts.some((provider) => (world.providers[provider] ?? 'ok') !== 'ok');
  return failed || (attempts.length > 0 && status >= 400);
}

function mayBeLimited({ attempts, status }: Observation): boolean {
  return status === 429 && attempts.length === 0;
}

function observation(received: Received, calls: readonly RecordedCall[], line: JsonObject): Observation {
  const body = parsed(received);
  const last = calls.at(-1);
  return {
    status: received.status,
    headers: received.headers,
    body,
    text: answerText(body),
    attempts: calls.map((call) => call.provider),
    upstream: last === undefined ? undefined : { model: last.model, body: last.body },
    route: routeIn(line),
    log: Object.fromEntries(Object.entries(line).filter(([name]) => name.startsWith('gw.'))),
  };
}

/** Logged below a namespace that no config names. */
function routeIn({ route }: JsonObject): string | undefined {
  return typeof route === 'string' ? route.replace(/^default\//, '') : undefined;
}

function parsed({ text }: Received): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
