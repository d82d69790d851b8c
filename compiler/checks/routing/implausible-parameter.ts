import type { Report } from '../../diagnostics/finding.ts';
import { closest } from '../../diagnostics/suggest.ts';
import { at, atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { type WrittenModel, writtenModels } from '../written-models.ts';

type Judge = (value: unknown) => boolean;

const within =
  (least: number, most: number): Judge =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most;
const count: Judge = (value) => Number.isInteger(value) && Number(value) > 1 && Number(value) <= 1_000_000;
const counted = 'a whole number from 2 to 1000000';
const flag: Judge = (value) => typeof value === 'boolean';

/** What providers agree on. Other parameters are theirs to judge. */
const known: Readonly<Record<string, readonly [isPlausible: Judge, expected: string]>> = {
  temperature: [within(0, 2), 'a number from 0 to 2'],
  top_p: [within(0, 1), 'a number from 0 to 1'],
  frequency_penalty: [within(-2, 2), 'a number from -2 to 2'],
  presence_penalty: [within(-2, 2), 'a number from -2 to 2'],
  max_tokens: [count, counted],
  max_completion_tokens: [count, counted],
  max_output_tokens: [count, counted],
  store: [flag, 'true or false'],
  parallel_tool_calls: [flag, 'true or false'],
  tools: [(value) => Array.isArray(value) && value.length > 0, 'a list of at least one tool'],
  // Another tier is billed at other rates than those of the price list.
  service_tier: [
    (value) => ['auto', 'default', 'standard', 'standard_only'].includes(String(value)),
    'auto, default, standard or standard_only: other tiers have other prices than the price list',
  ],
};

/** The gateway puts a parameter into every request as it stands: providers refuse it, or do not look at it. */
export const routingImplausibleParameter: TreeCheck = function* ({ resources }) {
  for (const written of writtenModels(resources)) {
    yield* toolless(written);
    for (const list of ['defaults', 'overrides'] as const) {
      for (const [parameter, value] of Object.entries(written.spec.parameters[list])) {
        const report = judge(written, list, parameter, value);
        if (report !== undefined) yield report;
      }
    }
  }
};

/** Providers refuse a request that must call a tool and has none. */
function* toolless({ name, spec, owner }: WrittenModel): Iterable<Report> {
  const { defaults, overrides } = spec.parameters;
  if ('tools' in defaults || 'tools' in overrides) return;
  for (const [list, { tool_choice: choice }] of [
    ['defaults', defaults],
    ['overrides', overrides],
  ] as const) {
    if (choice !== 'required' && !mustCall(choice)) continue;
    yield {
      code: 'routing/implausible-parameter',
      message: `${list} of ${name} set tool_choice to ${JSON.stringify(choice)} and no tools: a request without tools is refused`,
      at: at(owner, 'spec', 'models', name, 'parameters', list, 'tool_choice'),
      hint: 'write "auto", or leave it to clients',
    };
  }
}

function mustCall(choice: unknown): boolean {
  return (
    typeof choice === 'object' &&
    choice !== null &&
    'type' in choice &&
    ['any', 'tool', 'function'].includes(String(choice.type))
  );
}

function judge(
  { name, owner }: WrittenModel,
  list: 'defaults' | 'overrides',
  parameter: string,
  value: unknown,
): Report | undefined {
  const path = ['spec', 'models', name, 'parameters', list, parameter];
  const rule = Object.hasOwn(known, parameter) ? known[parameter] : undefined;
  if (rule !== undefined) {
    const [isPlausible, expected] = rule;
    if (isPlausible(value)) return undefined;
    return {
      code: 'routing/implausible-parameter',
      message: `${list} of ${name} set ${parameter} to ${JSON.stringify(value)}, but it takes ${expected}`,
      at: at(owner, ...path),
      hint: `write ${expected}`,
    };
  }
  // Short names of other parameters are too close to each other to tell a slip.
  const meant = parameter.length > 7 ? closest(parameter, Object.keys(known)) : undefined;
  if (meant === undefined || !isSlip(parameter, meant)) return undefined;
  return {
    code: 'routing/implausible-parameter',
    message: `${list} of ${name} set ${parameter}, which no provider is known to take`,
    at: atKey(owner, ...path),
    hint: `did you mean ${meant}?`,
  };
}

/** Of `max_tokens` and `max_tokens_to_sample` one is no slip of the other. */
function isSlip(written: string, meant: string): boolean {
  return Math.abs(written.length - meant.length) < 3;
}
