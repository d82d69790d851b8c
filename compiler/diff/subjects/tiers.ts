import type { Analysis } from '../../analysis.ts';
import type { Change } from '../change.ts';
import { changesOf, type Sides, type Subject } from '../subject.ts';
import { treeOf } from '../tree.ts';
import { counted, listText } from '../words.ts';

export function* tierChanges(sides: Sides): Iterable<Change> {
  const spec = ({ resources }: Analysis) => resources.tiers?.spec ?? {};
  const names = new Set([...Object.keys(spec(sides.before)), ...Object.keys(spec(sides.after))]);
  for (const name of [...names].sort()) {
    yield* changesOf(sides, tierSubject(sides.before, name), tierSubject(sides.after, name), sides.environments);
  }
}

function tierSubject(analysis: Analysis, name: string): Subject | undefined {
  const tiers = analysis.resources.tiers;
  const tier = tiers?.spec[name];
  if (tiers === undefined || tier === undefined) return undefined;
  return {
    kind: 'tier',
    name,
    tree: treeOf(tier),
    origin: (path) => ({ file: tiers.file, path: ['spec', name, ...path] }),
    reach: (path) => (path[0] === 'defaults' ? decidedFor(analysis, name, tiers.file, path.slice(1)) : undefined),
  };
}

/** The tenants that take a default over, in any environment. */
function decidedFor(analysis: Analysis, tier: string, file: string, path: readonly string[]): string {
  const names = analysis.environments.flatMap(({ model }) =>
    model.tenants.filter((t) => t.tier === tier && t.origin(...path).file === file).map((t) => t.name),
  );
  const unique = [...new Set(names)].sort();
  return unique.length === 0 ? 'no tenant takes it' : `for ${counted(unique.length, 'tenant')}: ${listText(unique)}`;
}
