import type { Model, ResolvedModel, ResolvedTenant } from '../../resolve/model.ts';
import { permittedNames } from '../../table/permission.ts';
import { casesWithin } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

/**
 * A case whose targets all lie elsewhere is not there for a tenant with residency. Without the last one, which has no
 * condition, some requests would have no answer, so the table drops the whole model for these tenants.
 */
export const routingResidencyCase: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.sound) return;
  for (const tenant of model.tenants) {
    for (const routed of droppedModels(model, tenant)) {
      yield {
        code: 'routing/residency-case',
        message: `residency of tenant ${tenant.name} leaves some cases of ${routed.name} but not the last, so the model is not available to it`,
        at: tenant.origin('residency'),
        hint: `give the last case of ${routed.name} a target in ${tenant.residency?.join(' or ')}, or deny the model to the tenant`,
        related: [{ message: 'the last case', at: routed.cases.at(-1)?.origin ?? routed.origin }],
      };
    }
  }
};

function droppedModels(model: Model, tenant: ResolvedTenant): readonly ResolvedModel[] {
  const { residency } = tenant;
  if (residency === undefined || tenant.status === 'retired') return [];
  const { allow, deny } = tenant.resource.spec.models;
  const routed = model.profiles.get(tenant.routing)?.models ?? [];
  return routed.filter((each) => {
    const left = casesWithin(model, each, residency);
    const dropped = left.length > 0 && left.at(-1)?.when !== undefined;
    return dropped && permittedNames(each, allow, deny ?? []).length > 0;
  });
}
