import { type Model, type ResolvedModel, targetsOf } from '../../resolve/model.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

export const routingNoSurface: EnvironmentCheck = function* ({ model, table }) {
  if (!model.resources.sound) return;
  for (const [id, rule] of Object.entries(table.data.rules)) {
    const origin = table.origins.rules.get(id);
    if (rule.surfaces.length > 0 || origin === undefined) continue;
    const routed = model.profiles.get(rule.profile)?.models.find(({ name }) => name === rule.model);
    const mixture = routed === undefined ? undefined : mixtureOf(routed, model);
    yield {
      code: 'routing/no-surface',
      message:
        mixture === undefined
          ? `no path can be served by all targets of ${rule.model}: the gateway cannot convert between their formats`
          : `${rule.model} mixes chat models such as ${mixture.chat} with embedding models such as ${mixture.embedding}: no path serves both`,
      at: origin,
      hint:
        mixture === undefined
          ? 'choose targets that share a format; a model whose price has no output rate counts as an embedding model'
          : `route them under different names; if ${mixture.embedding} is a chat model, its price lacks an output rate`,
    };
  }
};

interface Mixture {
  readonly chat: string;
  readonly embedding: string;
}

function mixtureOf(routed: ResolvedModel, model: Model): Mixture | undefined {
  const priced = targetsOf(routed).flatMap((target) =>
    upstreamModels(model, routed, target).flatMap((upstream) => {
      const row = model.prices.inForce(target.provider, upstream);
      return row === undefined ? [] : [{ upstream, isEmbedding: row.rates.output === undefined }];
    }),
  );
  const chat = priced.find(({ isEmbedding }) => !isEmbedding)?.upstream;
  const embedding = priced.find(({ isEmbedding }) => isEmbedding)?.upstream;
  return chat === undefined || embedding === undefined ? undefined : { chat, embedding };
}
