import { z } from 'zod';
import type { Infra } from '../contract/infra.ts';
import { pointerObject, stateObject } from './bucket-layout.ts';
import { type DeployState, type Pointer, pointerSchema, stateSchema } from './state.ts';
import { parseStored, restore } from './stored.ts';
import type { Violation } from './violation.ts';

interface Records {
  readonly state: DeployState | null;
  readonly pointer: Pointer | null;
  readonly violations: readonly Violation[];
}

/** What earlier deploys recorded of an environment (null: nothing), and whether it can be gone on from. */
export function readRecords(infra: Infra, stateText: string | null, pointerText: string | null): Records {
  const { environment } = infra;
  const violations: Violation[] = [];
  const read = <T>(schema: z.ZodType<T>, key: string, text: string | null): T | null => {
    if (text === null) return null;
    const parsed = parseStored(schema, text);
    if ('value' in parsed) return parsed.value;
    violations.push({ code: 'state-invalid', reason: `${key} is not valid: ${parsed.problem}`, fix: restore });
    return null;
  };
  const own = { environment: z.literal(environment) };
  const state = read(stateSchema.extend(own), stateObject(environment), stateText);
  const pointer = read(pointerSchema.extend(own), pointerObject(environment), pointerText);
  if (stateText === null && pointerText !== null) violations.push(stateMissing(environment));
  if (state !== null && state.userPoolId !== infra.userPoolId) violations.push(otherPool(state.userPoolId, infra));
  return { state, pointer, violations };
}

function stateMissing(environment: string): Violation {
  return {
    code: 'state-missing',
    reason: `${pointerObject(environment)} says that a release runs, but there is no ${stateObject(environment)}`,
    fix: 'restore an earlier version of state.json; without it nobody knows which app clients are ours',
  };
}

function otherPool(recorded: string, { environment, userPoolId }: Infra): Violation {
  return {
    code: 'wrong-user-pool',
    reason: `the app clients of ${environment} are in user pool ${recorded}, infra.json names ${userPoolId}`,
    fix: `publish ${recorded} in infra.json again; to begin anew in ${userPoolId}, with new ids and secrets for every tenant, remove state.json and current.json`,
  };
}
