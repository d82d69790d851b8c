import type { Violation } from './violation.ts';

/** What failed, in words; never a secret value. */
export interface Failure {
  readonly reason: string;
  /** What to do about it. */
  readonly fix: string;
  /** CloudWatch alarms that made the service roll back. */
  readonly alarms: readonly string[];
}

/**
 * What an apply cannot go on from, with its reason: a lost lock, an object that somebody else wrote, a client that is
 * not ours. The one exception that the deployer throws itself; `deploy` turns it into an outcome.
 */
export class Halt extends Error {
  readonly fix: string;

  constructor(reason: string, fix: string) {
    super(reason);
    this.name = 'Halt';
    this.fix = fix;
  }
}

/** The deploy was told to stop, and stopped between two actions. */
export class Interrupted extends Error {
  constructor() {
    super('the deploy was interrupted');
    this.name = 'Interrupted';
  }

  get failure(): Failure {
    return { reason: this.message, fix: 'run the deploy again: it continues where it stopped', alarms: [] };
  }
}

export interface Classified {
  readonly kind: 'failed' | 'unavailable';
  readonly failure: Failure;
}

/** What an error means; null: it is no answer of AWS but a defect of the deployer, to be thrown on. */
export function classify(error: unknown): Classified | null {
  if (error instanceof Halt) return failed(error.message, error.fix);
  if (!(error instanceof Error)) return null;
  const refusedConnection = networkCode(error);
  if (refusedConnection !== null) {
    return unavailable(`AWS could not be reached: ${refusedConnection}`, 'check the network and the endpoint');
  }
  if (isSignedOut(error)) return failed(`AWS takes no credentials any more: ${error.name}`, signIn);
  const status = statusOf(error);
  if (status === null) return null;
  const said = `${error.name} (HTTP ${status}): ${error.message}`;
  if (error.name === 'TooManyRequestsException' || status >= 500 || status === 429) {
    return unavailable(`AWS answered ${said}`, 'run the deploy again: it continues where it stopped');
  }
  return failed(`AWS answered ${said}`, 'correct the cause and run the deploy again: it continues where it stopped');
}

/** What the SDK says when it finds no credentials, and the services when they are over or unknown. */
const signedOutErrors = [
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidToken',
  'UnrecognizedClientException',
];

const signIn = 'sign in, for example with aws sso login, and run it again';

export function isSignedOut(error: unknown): boolean {
  return isAwsError(error, ...signedOutErrors);
}

export function signedOut(place: string): Violation {
  return { code: 'no-credentials', reason: `no AWS credentials for ${place}`, fix: signIn };
}

const networkCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** Node puts the code on the error, or on what several addresses failed with. */
export function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code !== null && networkCodes.includes(code)) return code;
  if (error.name === 'TimeoutError') return error.name;
  return error instanceof AggregateError ? networkCode(error.errors[0]) : null;
}

function statusOf(error: Error): number | null {
  const metadata: unknown = '$metadata' in error ? error.$metadata : null;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}

/** By name: conditional writes answer with errors that the SDK has no class for. */
export function isAwsError(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** Whether the call may have taken effect although it failed. */
export function mayHaveHappened(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return networkCode(error) !== null || (statusOf(error) ?? 0) >= 500;
}

function failed(reason: string, fix: string): Classified {
  return { kind: 'failed', failure: { reason, fix, alarms: [] } };
}

function unavailable(reason: string, fix: string): Classified {
  return { kind: 'unavailable', failure: { reason, fix, alarms: [] } };
}
