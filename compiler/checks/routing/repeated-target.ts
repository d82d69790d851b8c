import type { Path } from '../../diagnostics/finding.ts';
import { at } from '../../resolve/resources.ts';
import { type CaseSpec, casesOf, type ModelSpec, type TargetSpec } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';
import { writtenModels } from '../written-models.ts';

/** A target that failed is left alone for the cooldown: a second entry of it would not be tried. */
export const routingRepeatedTarget: TreeCheck = function* ({ resources }) {
  for (const { name, spec, owner } of writtenModels(resources)) {
    for (const { verb, targets } of listsOf(spec)) {
      const texts = targets.map(([, { provider, model }]) => `${provider} ${model ?? ''}`);
      for (const [index, text] of texts.entries()) {
        const [first, repeated] = [targets[texts.indexOf(text)], targets[index]];
        if (first === undefined || repeated === undefined || first === repeated) continue;
        yield {
          code: 'routing/repeated-target',
          message: `${name} ${verb} to a target that is already in its list`,
          at: at(owner, 'spec', 'models', name, ...repeated[0]),
          hint: 'remove it, or name another provider or model',
          related: [{ message: 'the same target', at: at(owner, 'spec', 'models', name, ...first[0]) }],
        };
      }
    }
  }
};

interface TargetList {
  readonly verb: string;
  /** Each with its path below the model. */
  readonly targets: readonly (readonly [Path, TargetSpec])[];
}

/** Every fallback, and of every split the branches that have one target. */
function listsOf(model: ModelSpec): readonly TargetList[] {
  return casesOf(model).flatMap((routeCase) => [...fallbacksOf(routeCase), splitOf(routeCase)]);
}

function fallbacksOf({ branches }: CaseSpec): TargetList[] {
  return branches.map(({ path, fallback }) => ({
    verb: 'falls back',
    targets: (fallback?.targets ?? []).map((target, index) => [[...path, 'fallback', 'targets', index], target]),
  }));
}

function splitOf({ branches }: CaseSpec): TargetList {
  return {
    verb: 'splits',
    targets: branches.flatMap(({ path, single }) =>
      single === undefined ? [] : [[[...path, 'single'], single] as const],
    ),
  };
}
