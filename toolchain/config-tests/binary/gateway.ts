import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { JsonObject } from '../../../contract/canonical.ts';
import { endWithThisProcess } from './children.ts';
import { environmentNames } from './described.ts';

/** A running gateway. */
export interface Gateway {
  /** Of its gateway `default`. */
  readonly port: number;
  /** The access log line of the one request that was sent since the last call. */
  nextLine(): Promise<JsonObject>;
  /** Why it ended or what it panicked about; undefined: nothing of that kind happened. */
  trouble(): Promise<string | undefined>;
  stop(): Promise<void>;
}

export interface Start {
  readonly executable: string;
  readonly configText: string;
  readonly port: number;
  readonly readiness: number;
}

/** A big config on a busy machine takes a second or two. */
const readyWithin = 30_000;
const lineWithin = 5000;
/** A connection breaks a moment before the end of the process is known. */
const endKnownWithin = 100;

/** Starts the gateway and waits until it serves. It ends with this process. */
export async function startGateway({ executable, configText, port, readiness }: Start): Promise<Gateway> {
  const directory = mkdtempSync(join(tmpdir(), 'gatewright-gateway-'));
  const file = join(directory, 'agentgateway.json');
  writeFileSync(file, configText);
  const child = spawn(executable, ['-f', file], {
    cwd: directory,
    env: { ...testKeys(configText), HOME: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithThisProcess(child, directory);
  const output = new Output(child);
  const gateway: Gateway = {
    port,
    nextLine: () => output.nextLine(),
    async trouble() {
      await new Promise((resolve) => setTimeout(resolve, endKnownWithin));
      return output.failure ?? output.panic;
    },
    async stop() {
      await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    await ready(readiness, output);
  } catch (error) {
    await gateway.stop();
    throw error;
  }
  return gateway;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Every variable that the config names has a value, and the gateway can sign for AWS. None of them is a secret. */
function testKeys(configText: string): Record<string, string> {
  const keys = environmentNames(configText).map((name) => [name, 'test-key']);
  return {
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test-key',
    AWS_REGION: 'us-east-1',
    ...Object.fromEntries(keys),
  };
}

class Output {
  readonly #lines: JsonObject[] = [];
  readonly #last: string[] = [];
  #waiting: ((line: JsonObject) => void) | undefined;
  #failure: string | undefined;
  #panicked = false;

  constructor(child: Child) {
    createInterface(child.stdout).on('line', (text) => this.#take(text));
    createInterface(child.stderr).on('line', (text) => this.#keep(text));
    child.once('error', (error) => {
      this.#failure = error.message;
    });
    child.once('exit', (code, signal) => {
      this.#failure ??= `it ended with ${code ?? signal}`;
    });
  }

  /** Why the gateway is not there (any more); undefined while it is. */
  get failure(): string | undefined {
    return this.#failure === undefined ? undefined : [this.#failure, ...this.#last].join('\n');
  }

  /** A panic ends one connection, and the process goes on. */
  get panic(): string | undefined {
    return this.#panicked ? this.#last.join('\n') : undefined;
  }

  nextLine(): Promise<JsonObject> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the gateway logged no line for a request')), lineWithin);
      this.#waiting = (next) => {
        clearTimeout(timer);
        resolve(next);
      };
    });
  }

  #take(text: string): void {
    const line = parseLine(text);
    if (line?.['scope'] !== 'request') {
      this.#keep(text);
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#lines.push(line);
    else waiting(line);
  }

  /** The last words are what explains an end. */
  #keep(text: string): void {
    this.#panicked ||= text.includes('panicked at');
    this.#last.push(text);
    if (this.#last.length > 5) this.#last.shift();
  }
}

function parseLine(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

async function ready(port: number, output: Output): Promise<void> {
  const deadline = Date.now() + readyWithin;
  while (Date.now() < deadline) {
    if (output.failure !== undefined) throw new Error(`the gateway did not start: ${output.failure}`);
    if (await isReady(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`the gateway was not ready within ${readyWithin / 1000} s`);
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/healthz/ready', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
  });
}

/** It holds nothing that a graceful end would save. */
function ended(child: Child): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
