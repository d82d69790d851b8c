import { isWildcard } from '../../resolve/pattern.ts';
import { crossRegion } from '../bedrock.ts';
import type { EnvironmentCheck } from '../check.ts';
import { upstreamsOf } from '../upstreams.ts';

/** Vectors of two models have nothing to do with each other: a search over a mix of them finds nothing, without an error. */
export const routingMixedEmbeddings: EnvironmentCheck = function* ({ model }) {
  for (const routed of [...model.profiles.values()].flatMap(({ models }) => models)) {
    if (isWildcard(routed.name)) continue;
    const embeddings = upstreamsOf(model, routed).filter(
      ({ row }) => row !== undefined && row.rates.output === undefined,
    );
    const [first] = embeddings;
    const other = embeddings.find(({ name }) => first !== undefined && modelOf(name) !== modelOf(first.name));
    if (first === undefined || other === undefined) continue;
    yield {
      code: 'routing/mixed-embeddings',
      message: `${routed.name} answers with vectors of ${first.name} or of ${other.name}, which cannot be compared with each other`,
      at: other.target.origin,
      hint: 'give each embedding model a name of its own',
      related: [{ message: 'the first of them', at: first.target.origin }],
    };
  }
};

/** `us.cohere.embed-v4:0`, `cohere.embed-v4` and `cohere/embed-v4` are one model. */
function modelOf(upstream: string): string {
  const name = upstream.toLowerCase().replace(/:\d+$/, '');
  return (crossRegion(name)?.bare ?? name).replace(/^[a-z]+[./]/, '');
}
