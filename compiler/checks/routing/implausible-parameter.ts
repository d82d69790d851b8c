import { closest } from '../../diagnostics/suggest.ts';
import { at, atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

type Judge = (value: unknown) => boolean;

const within =
  (least: number, most: number): Judge =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;
const count: Judge = (value) => Number.isInteger(value) && Number(value) >= 1;
const flag: Judge = (value) => typeof value === 'boolean';

/** What providers agree on. Other parameters are theirs to judge. */
const known: Readonly<Record<string, readonly [judge: Judge, expected: string]>> = {
  temperature: [within(0, 2), 'a number from 0 to 2'],
  top_p: [within(0, 1), 'a number from 0 to 1'],
  frequency_penalty: [within(-2, 2), 'a number from -2 to 2'],
  presence_penalty: [within(-2, 2), 'a number from -2 to 2'],
  max_tokens: [count, 'a positive whole number'],
  max_completion_tokens: [count, 'a positive whole number'],
  max_output_tokens: [count, 'a positive whole number'],
  store: [flag, 'true or false'],
  parallel_tool_calls: [flag, 'true or false'],
};

/** The gateway puts a parameter into every request as it stands: providers refuse it, or do not look at it. */
export const routingImplausibleParameter: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, { parameters }] of Object.entries(profile.spec.models)) {
      for (const list of ['defaults', 'overrides'] as const) {
        for (const [parameter, value] of Object.entries(parameters[list])) {
          const path = ['spec', 'models', name, 'parameters', list, parameter];
          const rule = Object.hasOwn(known, parameter) ? known[parameter] : undefined;
          // Short names of other parameters are too close to each other to tell a slip.
          const meant = rule === undefined && parameter.length > 7 ? closest(parameter, Object.keys(known)) : undefined;
          if (rule !== undefined && !rule[0](value)) {
            yield {
              code: 'routing/implausible-parameter',
              message: `${list} of ${name} set ${parameter} to ${JSON.stringify(value)}, but it takes ${rule[1]}`,
              at: at(profile, ...path),
              hint: `write ${rule[1]}`,
            };
          } else if (meant !== undefined && isSlip(parameter, meant)) {
            yield {
              code: 'routing/implausible-parameter',
              message: `${list} of ${name} set ${parameter}, which no provider is known to take`,
              at: atKey(profile, ...path),
              hint: `did you mean ${meant}?`,
            };
          }
        }
      }
    }
  }
};

/** Of `max_tokens` and `max_tokens_to_sample` one is no slip of the other. */
function isSlip(written: string, meant: string): boolean {
  return Math.abs(written.length - meant.length) < 3;
}
