import type { EnvironmentCheck } from '../check.ts';
import { offeredBy } from '../residency.ts';

export const accessNoModels: EnvironmentCheck = function* ({ model, table }) {
  if (!model.resources.sound) return;
  const offered = offeredBy(model.resources);
  for (const tenant of model.tenants) {
    const entry = table.data.classes[table.data.tenants[tenant.name]?.class ?? ''];
    if (entry === undefined || Object.keys(entry.models).length > 0) continue;
    if (!model.profiles.has(tenant.routing)) continue; // reference/unknown
    const { residency } = tenant;
    if (residency?.every((label) => !offered.has(label))) continue; // routing/unknown-residency
    yield {
      code: 'access/no-models',
      message: `tenant ${tenant.name} can use no model at all: its profile ${tenant.routing}, models and residency leave none`,
      at: tenant.origin(residency === undefined ? 'routing' : 'residency'),
      hint:
        residency === undefined
          ? 'widen models.allow, or choose another profile'
          : 'correct residency, widen models.allow, or choose another profile',
    };
  }
};
