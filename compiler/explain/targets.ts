import { addDays } from '../resolve/calendar.ts';
import { fixedUpstream, type PricedRow, type ResolvedModel, type ResolvedTarget } from '../resolve/model.ts';
import { catalogueKey } from '../resolve/prices.ts';
import { at, atKey } from '../resolve/resources.ts';
import type { Spec } from '../schema/kinds.ts';
import { upstreamModels } from '../table/rule.ts';
import type { Price, Target } from './route-schema.ts';
import type { Subject } from './subject.ts';

/** Nothing for a target whose provider is not there, which is a finding. */
export function targetOf(subject: Subject, routed: ResolvedModel, target: ResolvedTarget): Target[] {
  const { model, places, question } = subject;
  const provider = model.resources.providers.get(target.provider);
  if (provider === undefined) return [];
  const { spec } = provider;
  const upstream = upstreamModels(model, routed, target);
  // Where the client's own name goes upstream, only the one that was asked for does.
  const isFixed = fixedUpstream(model.resources, target) !== undefined;
  const asked = isFixed ? upstream : upstream.filter((name) => name === question.model);
  return [
    {
      provider: provider.name,
      type: spec.type,
      location: locationOf(spec),
      residency: spec.residency,
      credentials: spec.credentials === 'taskRole' ? spec.credentials : spec.credentials.secret,
      priceKey: catalogueKey(provider),
      upstream: asked.map((name) => upstreamOf(subject, target.provider, catalogueKey(provider), name)),
      place: places.of(target.origin),
    },
  ];
}

function locationOf(spec: Spec<'Provider'>): string | null {
  switch (spec.type) {
    case 'bedrock':
    case 'vertex':
      return spec.region;
    case 'azure':
      return spec.resourceName;
    case 'custom':
      return spec.host;
    default:
      return null;
  }
}

function upstreamOf(subject: Subject, provider: string, key: string, name: string): Target['upstream'][number] {
  const { model, places } = subject;
  const row = model.prices.inForce(provider, name);
  const next = model.prices.rows.find((r) => r.provider === key && r.model === name && r.from > model.date);
  const list = row && model.resources.priceLists.get(row.priceList);
  return {
    model: name,
    price: row === undefined ? null : priceOf(subject, row),
    next: next === undefined ? null : { ...priceOf(subject, next), ...discountEdge(subject, row, next) },
    retires:
      list === undefined || row === undefined || row.retiresOn === null
        ? null
        : { on: row.retiresOn, place: places.of(atKey(list, 'spec', 'models', name, 'retiresOn')) },
  };
}

/** Where the price stays and only its discount begins or ends, the discount is what decides. */
function discountEdge(
  { model, places }: Subject,
  row: PricedRow | undefined,
  next: PricedRow,
): Pick<Price, 'place'> | undefined {
  const list = model.resources.priceLists.get(next.priceList);
  if (list === undefined || row?.origin.path.at(-1) !== next.origin.path.at(-1)) return undefined;
  const ending = list.spec.discounts.findIndex(({ until }) => addDays(until, 1) === next.from);
  const index = ending === -1 ? list.spec.discounts.findIndex(({ from }) => from === next.from) : ending;
  return index === -1 ? undefined : { place: places.of(at(list, 'spec', 'discounts', index)) };
}

function priceOf({ places }: Subject, { from, rates, tiers, discountPercent, origin }: PricedRow): Price {
  return { from, rates, tiers: [...tiers], discountPercent, place: places.of(origin) };
}
