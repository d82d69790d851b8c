import type { EnvironmentCheck } from '../check.ts';

export const routingNoSurface: EnvironmentCheck = function* ({ model, table }) {
  if (!model.resources.sound) return;
  for (const [id, rule] of Object.entries(table.data.rules)) {
    const origin = table.origins.rules.get(id);
    if (rule.surfaces.length > 0 || origin === undefined) continue;
    yield {
      code: 'routing/no-surface',
      message: `no path can be served by all targets of ${rule.model}: the gateway cannot convert between their formats`,
      at: origin,
      hint: 'choose targets that share a format; a model whose price has no output rate counts as an embedding model',
    };
  }
};
