import { type Model, type PricedRow, type ResolvedModel, type ResolvedTarget, targetsOf } from '../resolve/model.ts';
import { upstreamModels } from '../table/rule.ts';

/** A target, under one of the model ids that its provider may be called with. */
export interface Upstream {
  readonly target: ResolvedTarget;
  readonly name: string;
  /** The price in force. */
  readonly row: PricedRow | undefined;
}

export function upstreamsOf(model: Model, routed: ResolvedModel): readonly Upstream[] {
  return targetsOf(routed).flatMap((target) =>
    upstreamModels(model, routed, target).map((name) => ({
      target,
      name,
      row: model.prices.inForce(target.provider, name),
    })),
  );
}

export interface RoutedUpstream extends Upstream {
  readonly routed: ResolvedModel;
}

/** Those of every model of every profile. */
export function* routedUpstreams(model: Model): Iterable<RoutedUpstream> {
  for (const { models } of model.profiles.values()) {
    for (const routed of models) {
      for (const upstream of upstreamsOf(model, routed)) yield { ...upstream, routed };
    }
  }
}
