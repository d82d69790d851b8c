import type { z } from 'zod';
import { type Answer, AwsError, jsonAnswer, jsonError } from './answers.ts';

/** A request that was understood but not yet done: what the server can announce, fail, drop or run. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** What the call is about, for people and tests; never a secret value. */
  readonly key: string;
  run(): Answer;
  fail(error: AwsError): Answer;
}

export interface Operation {
  prepare(body: unknown, invalid: (message: string) => AwsError): { readonly key: string; run(): object };
}

/** As AWS JSON services do, an operation ignores members that it does not know. */
export function operation<S extends z.ZodType>(
  schema: S,
  key: (input: z.infer<S>) => string,
  run: (input: z.infer<S>, body: unknown) => object,
): Operation {
  return {
    prepare(body, invalid) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return { key: key(parsed.data), run: () => run(parsed.data, body) };
      const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      return {
        key: '',
        run() {
          throw invalid(`${issues.length} validation error detected: ${issues.join('; ')}`);
        },
      };
    },
  };
}

export interface JsonService {
  /** As in the credential scope of a signed request. */
  readonly name: string;
  readonly target: string;
  /** The error for input that no request model allows. */
  readonly invalidCode: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

export function jsonCall(services: readonly JsonService[], target: string, body: Buffer): Call {
  const [prefix = '', name = ''] = target.split('.');
  const service = services.find((candidate) => candidate.target === prefix);
  const fail = (error: AwsError): Answer => jsonError(error);
  const refuse = (error: AwsError): Call => ({
    service: service?.name ?? prefix,
    operation: name,
    key: '',
    run() {
      throw error;
    },
    fail,
  });
  const found = service !== undefined && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (service === undefined || found === undefined) {
    return refuse(new AwsError('UnknownOperationException', `the embedded AWS has no operation ${target}`));
  }
  const input = parseBody(body);
  if (input === undefined) return refuse(new AwsError('SerializationException', 'the body is no JSON object'));
  const prepared = found.prepare(input, (message) => new AwsError(service.invalidCode, message));
  return { service: service.name, operation: name, key: prepared.key, run: () => jsonAnswer(prepared.run()), fail };
}

function parseBody(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
