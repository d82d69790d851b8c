import { at, type Resources } from '../../resolve/resources.ts';
import { type CaseSpec, casesOf, type When } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';

/** The first case that matches wins: one that asks for less takes all requests of a later one that asks for more. */
export const routingUnreachableCase: TreeCheck = function* ({ resources }) {
  for (const profile of resources.profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      const cases = casesOf(model);
      for (const [index, later] of cases.entries()) {
        const earlier = cases.slice(0, index).find((before) => takesAll(before, later, resources));
        if (earlier === undefined) continue;
        const place = (c: CaseSpec) => at(profile, 'spec', 'models', name, ...c.path, 'when');
        yield {
          code: 'routing/unreachable-case',
          message: `this case of ${name} never matches: whenever its condition holds, that of an earlier case holds as well`,
          at: place(later),
          hint: 'put it before the other one, or remove it',
          related: [{ message: 'the earlier case', at: place(earlier) }],
        };
      }
    }
  }
};

function takesAll(earlier: CaseSpec, later: CaseSpec, resources: Resources): boolean {
  if (earlier.when === undefined || later.when === undefined || !implies(later.when, earlier.when)) return false;
  // Residency can take the earlier case away from a tenant, whose requests go on to the later one.
  const [before, after] = [placesOf(earlier, resources), placesOf(later, resources)];
  return ![...resources.tenants.values()].some(({ spec: { residency } }) => {
    const allowed = (places: ReadonlySet<string>) => residency?.some((place) => places.has(place));
    return residency !== undefined && !allowed(before) && allowed(after);
  });
}

function placesOf({ branches }: CaseSpec, { providers }: Resources): ReadonlySet<string> {
  const targets = branches.flatMap(({ single, fallback }) => [
    ...(single ? [single] : []),
    ...(fallback?.targets ?? []),
  ]);
  return new Set(targets.flatMap(({ provider }) => providers.get(provider)?.spec.residency ?? []));
}

/** Whatever fulfils `strong` fulfils `weak`. */
function implies(strong: When, weak: When): boolean {
  const over = (limit: number | undefined, than: number | undefined) =>
    than === undefined || (limit !== undefined && limit >= than);
  const same = (fact: unknown, as: unknown) => as === undefined || fact === as;
  return (
    over(strong.maxTokensOver, weak.maxTokensOver) &&
    over(strong.promptCharactersOver, weak.promptCharactersOver) &&
    same(strong.stream, weak.stream) &&
    same(strong.tools, weak.tools) &&
    same(strong.header?.name, weak.header?.name) &&
    same(strong.header?.equals, weak.header?.equals)
  );
}
