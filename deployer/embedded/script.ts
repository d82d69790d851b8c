import { z } from 'zod';
import type { Store } from './store.ts';

const phase = z.enum(['before-commit', 'after-commit']);
export type Phase = z.infer<typeof phase>;

const outcome = z.strictObject({
  outcome: z.enum(['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'STOPPED', 'hang']),
  statusReason: z.string().optional(),
  triggeredAlarmNames: z.array(z.string()).optional(),
});
export type Outcome = z.infer<typeof outcome>;

const failure = z.strictObject({
  service: z.string().optional(),
  operation: z.string().optional(),
  call: z.int().positive().optional().describe('Index of the call, counted from the start of the server'),
  skip: z.int().nonnegative().default(0).describe('Matching calls to let through first'),
  times: z.int().positive().default(1),
  code: z.string(),
  message: z.string().default('scripted failure'),
  status: z.int().min(400).max(599).optional(),
  phase: phase.default('before-commit').describe('after-commit: the call takes effect and yet answers the error'),
});
type Failure = z.infer<typeof failure>;

const drop = z.strictObject({ call: z.int().positive(), phase });

export const scriptSchema = z.strictObject({
  deployments: z.array(outcome).default([]).describe('Outcomes of the next service deployments, in order'),
  failures: z.array(failure).default([]),
  drops: z.array(drop).default([]).describe('Calls whose connection is cut instead of answered'),
});
export type ScriptInput = z.input<typeof scriptSchema>;

const fileSchema = z.strictObject({ deployments: z.array(outcome) });
const file = 'script.json';

export interface Matchable {
  readonly index: number;
  readonly service: string;
  readonly operation: string;
}

/** What a test, or a person who wants to see a failed rollout, asks of this server. */
export class Script {
  readonly #store: Store;
  #failures: Failure[] = [];
  #drops: z.infer<typeof drop>[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  add(input: unknown): void {
    const script = scriptSchema.parse(input);
    this.#failures.push(...script.failures);
    this.#drops.push(...script.drops);
    if (script.deployments.length > 0) this.#writeOutcomes([...this.#outcomes(), ...script.deployments]);
  }

  /** Outcomes are a file, read at each use: they outlive the server, which lives only as long as one command. */
  nextOutcome(): Outcome {
    const [next, ...rest] = this.#outcomes();
    if (next === undefined) return { outcome: 'SUCCESSFUL' };
    this.#writeOutcomes(rest);
    return next;
  }

  takeFailure(call: Matchable, at: Phase): Failure | undefined {
    const found = this.#failures.find((entry) => entry.phase === at && matches(entry, call));
    if (found === undefined) return undefined;
    if (found.skip > 0) {
      found.skip -= 1;
      return undefined;
    }
    found.times -= 1;
    if (found.times === 0) this.#failures = this.#failures.filter((entry) => entry !== found);
    return found;
  }

  drops(call: Matchable, at: Phase): boolean {
    return this.#drops.some((entry) => entry.call === call.index && entry.phase === at);
  }

  #outcomes(): Outcome[] {
    const content = this.#store.readJson(file);
    return content === undefined ? [] : fileSchema.parse(content).deployments;
  }

  #writeOutcomes(deployments: Outcome[]): void {
    if (deployments.length === 0) this.#store.remove(file);
    else this.#store.write(file, `${JSON.stringify({ deployments }, null, 2)}\n`);
  }
}

function matches(entry: Failure, call: Matchable): boolean {
  return (
    (entry.service === undefined || entry.service === call.service) &&
    (entry.operation === undefined || entry.operation === call.operation) &&
    (entry.call === undefined || entry.call === call.index)
  );
}
