import { type Model, type ResolvedModel, type ResolvedTarget, targetsOf } from '../../resolve/model.ts';
import { isWildcard } from '../../resolve/pattern.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

/** Vectors of two models have nothing to do with each other: a search over a mix of them finds nothing, without an error. */
export const routingMixedEmbeddings: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      if (isWildcard(routed.name)) continue;
      const embeddings = targetsOf(routed).flatMap((target) => embeddingsOf(model, routed, target));
      const [first] = embeddings;
      const other = embeddings.find(({ kind }) => kind !== first?.kind);
      if (first === undefined || other === undefined) continue;
      yield {
        code: 'routing/mixed-embeddings',
        message: `${routed.name} answers with vectors of ${first.upstream} or of ${other.upstream}, which cannot be compared with each other`,
        at: other.target.origin,
        hint: 'give each embedding model a name of its own',
        related: [{ message: 'the first of them', at: first.target.origin }],
      };
    }
  }
};

interface Embedding {
  readonly target: ResolvedTarget;
  readonly upstream: string;
  /** The same for one model on two providers. */
  readonly kind: string;
}

function embeddingsOf(model: Model, routed: ResolvedModel, target: ResolvedTarget): readonly Embedding[] {
  return upstreamModels(model, routed, target).flatMap((upstream) => {
    const row = model.prices.inForce(target.provider, upstream);
    if (row === undefined || row.rates.output !== undefined) return [];
    return [{ target, upstream, kind: kindOf(upstream) }];
  });
}

/** `us.cohere.embed-v4:0`, `cohere.embed-v4` and `cohere/embed-v4` are one model. */
function kindOf(upstream: string): string {
  const bare = upstream.toLowerCase().replace(/:\d+$/, '');
  return bare.replace(/^(us|eu|apac|jp|au|ca|global)\./, '').replace(/^[a-z]+[./]/, '');
}
