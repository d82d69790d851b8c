import type { Report } from '../../diagnostics/finding.ts';
import { milliseconds } from '../../resolve/duration.ts';
import type { Model, ResolvedModel, ResolvedProfile } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** What is left for the last target is no time to answer. */
const shortest = 5000;

/** The request's time runs through all attempts: slow targets can use it up before the last one has its turn. */
export const routingLateTarget: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    const late = latestOf(profile);
    if (late !== undefined) yield report(profile, late, model);
  }
};

interface Late {
  readonly routed: ResolvedModel;
  /** Targets that have their turn before the last. */
  readonly before: number;
}

/** The fallback that has the least time left, where that is too little. */
function latestOf({ timeouts, models }: ResolvedProfile): Late | undefined {
  const [request, attempt] = [milliseconds(timeouts.request), milliseconds(timeouts.attempt)];
  // An attempt as long as the request is told by routing/timeouts.
  if (request <= attempt) return undefined;
  const late = models.flatMap((routed) =>
    routed.cases.flatMap(({ branches }) =>
      branches.flatMap(({ targets, failover }): Late[] => {
        const before = targets.length - 1;
        const left = failover && before > 0 ? request - before * (attempt + milliseconds(failover.backoff)) : request;
        return left < shortest && left < attempt ? [{ routed, before }] : [];
      }),
    ),
  );
  return late.reduce<Late | undefined>((worst, one) => (one.before > (worst?.before ?? 0) ? one : worst), undefined);
}

function report({ timeouts }: ResolvedProfile, { routed, before }: Late, model: Model): Report {
  const { decidedBy, request, attempt } = timeouts;
  const decider = decidedBy && model.profiles.get(decidedBy.name);
  // Who extends a profile inherits its mistake: the same words in the same place are one finding.
  const isDecided = decidedBy !== undefined && decider !== undefined && latestOf(decider)?.before === before;
  return {
    code: 'routing/late-target',
    message: `slow targets leave the last one of a fallback no time: a request has ${request}, and what comes before may take ${before} × ${attempt}`,
    at: isDecided ? at(decidedBy, 'spec', 'timeouts') : routed.origin,
    hint: `let request be well above ${before} × attempt, or shorten timeouts.attempt`,
    related: [{ message: 'a fallback that it holds for', at: routed.origin }],
  };
}
