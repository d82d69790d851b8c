import type { Model, ResolvedModel } from '../../resolve/model.ts';
import type { EnvironmentCheck } from '../check.ts';
import { upstreamsOf } from '../upstreams.ts';

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
  const priced = upstreamsOf(model, routed).filter(({ row }) => row !== undefined);
  const chat = priced.find(({ row }) => row?.rates.output !== undefined)?.name;
  const embedding = priced.find(({ row }) => row?.rates.output === undefined)?.name;
  return chat === undefined || embedding === undefined ? undefined : { chat, embedding };
}
