import { isWildcard, matchesPattern } from '../../resolve/pattern.ts';
import { at, atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { modelsOf } from '../written-models.ts';

/** A model that replaces an inherited one takes its aliases away as well: clients that send them get 404. */
export const routingDroppedAlias: TreeCheck = function* ({ resources }) {
  for (const profile of resources.profiles.values()) {
    const parent = resources.profiles.get(profile.spec.extends ?? '');
    if (parent === undefined || parent === profile) continue;
    const inherited = modelsOf(parent, resources);
    const served = [...modelsOf(profile, resources).values()].flatMap(({ name, spec }) => [name, ...spec.aliases]);
    const names = new Set(served.filter((name) => !isWildcard(name)));
    const wildcards = served.filter(isWildcard);
    for (const name of Object.keys(profile.spec.models)) {
      const before = inherited.get(name);
      const lost = (before?.spec.aliases ?? []).filter(
        (alias) => !names.has(alias) && !wildcards.some((pattern) => matchesPattern(pattern, alias)),
      );
      if (before === undefined || lost.length === 0) continue;
      yield {
        code: 'routing/dropped-alias',
        message: `${name} of profile ${profile.name} replaces the inherited one without its ${lost.length === 1 ? 'alias' : 'aliases'} ${lost.join(', ')}, which nothing serves now`,
        at: atKey(profile, 'spec', 'models', name),
        hint: `add aliases: [${lost.join(', ')}], or give the name to another model`,
        related: [{ message: 'the inherited aliases', at: at(before.owner, 'spec', 'models', name, 'aliases') }],
      };
    }
  }
};
