import type { Report } from '../../diagnostics/finding.ts';
import { at, type Resource, type Resources } from '../../resolve/resources.ts';
import { type CaseSpec, casesOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';
import { writtenModels } from '../written-models.ts';
import { type Dead, deadCases } from './unreachable-case/case-coverage.ts';

/** The first case that matches wins: one whose requests all went to earlier cases is never used. */
export const routingUnreachableCase: TreeCheck = function* ({ resources }) {
  const largest = largestBody(resources);
  const deadOf = deadCases(resources);
  for (const { name, spec, owner } of writtenModels(resources)) {
    const cases = casesOf(spec);
    for (const one of cases) if (wants(one) >= largest) yield tooLarge(owner, name, one, largest);
    for (const dead of deadOf(cases)) yield taken(owner, name, dead);
  }
};

function taken(profile: Resource<'RoutingProfile'>, name: string, { later, takers, isLastTaken }: Dead): Report {
  const place = ({ path, when }: CaseSpec) =>
    at(profile, 'spec', 'models', name, ...path, ...(when === undefined ? [] : ['when']));
  const why =
    takers.length === 1
      ? 'whenever its condition holds, that of an earlier case holds as well'
      : `together ${takers.length} earlier cases take every request that it could`;
  return {
    code: 'routing/unreachable-case',
    message: `this case of ${name} never matches: ${why}`,
    at: place(later),
    hint: isLastTaken
      ? 'let the last of the earlier cases be the last one, without its when'
      : `put it before ${takers.length === 1 ? 'the other one' : 'them'}, or remove it`,
    related: takers.map((taker) => ({ message: 'the earlier case', at: place(taker) })),
  };
}

/** Each character of a prompt is at least one byte of the body, and a larger body is not read. */
function tooLarge(profile: Resource<'RoutingProfile'>, name: string, one: CaseSpec, largest: number): Report {
  return {
    code: 'routing/unreachable-case',
    message: `this case of ${name} never matches: it wants more than ${wants(one)} characters, and no environment reads bodies over ${largest} bytes`,
    at: at(profile, 'spec', 'models', name, ...one.path, 'when', 'promptCharactersOver'),
    hint: 'lower it, or raise gateway.maxBodyBytes',
  };
}

function wants({ when }: CaseSpec): number {
  return when?.promptCharactersOver ?? 0;
}

/** Of any environment: what only some of them read is no mistake. */
function largestBody({ environments }: Resources): number {
  const bodies = [...environments.values()].map(({ spec }) => spec.gateway.maxBodyBytes);
  return bodies.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...bodies);
}
