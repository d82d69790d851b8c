import type { AnalysedEnvironment } from '../analysis.ts';
import { fixedUpstream, targetsOf } from '../resolve/model.ts';
import { catalogueKey } from '../resolve/prices.ts';

/** Who is touched when something happens to a model of a provider. */
export interface Reach {
  readonly models: string[];
  readonly tenants: string[];
}

/** Public models whose rules lead to an upstream model, and the tenants that may still call them on a day. */
export type ReachOf = (priceKey: string, upstream: string, on: string) => Reach;

/** Read from the decision table once; each question is then a look-up. */
export function reachIn(analysed: AnalysedEnvironment): ReachOf {
  const found = everyReach(analysed);
  const leaving = new Map(
    analysed.model.tenants
      .filter(({ statusAsWritten }) => statusAsWritten === 'retired')
      .map(({ name, retiredOn }) => [name, retiredOn]),
  );
  const stays = (name: string, on: string) => {
    const day = leaving.get(name);
    return day === undefined || on < day;
  };
  return (priceKey, upstream, on) => {
    const reach = found.get(`${priceKey} ${upstream}`);
    return {
      models: [...(reach?.models ?? [])].sort(),
      tenants: [...(reach?.tenants ?? [])].filter((name) => stays(name, on)).sort(),
    };
  };
}

type Reaches = Map<string, { readonly models: Set<string>; readonly tenants: Set<string> }>;

/** By price key and upstream model. */
function everyReach({ model, table }: AnalysedEnvironment): Reaches {
  const { classes, rules, tenants } = table.data;
  const members = new Map<string, string[]>();
  for (const [tenant, { class: id }] of Object.entries(tenants)) members.set(id, [...(members.get(id) ?? []), tenant]);
  const found: Reaches = new Map();
  for (const [id, { models, aliases }] of Object.entries(classes)) {
    for (const [name, rule] of Object.entries(models)) {
      if (Object.hasOwn(aliases, name)) continue;
      for (const target of targetsOf(rules[rule] ?? { cases: [] })) {
        const provider = model.resources.providers.get(target.provider);
        if (provider === undefined) continue;
        const key = `${catalogueKey(provider)} ${fixedUpstream(model.resources, target) ?? name}`;
        const reach = found.get(key) ?? { models: new Set(), tenants: new Set() };
        reach.models.add(name);
        for (const tenant of members.get(id) ?? []) reach.tenants.add(tenant);
        found.set(key, reach);
      }
    }
  }
  return found;
}
