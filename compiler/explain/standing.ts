import { denials } from '../../contract/artifacts/decision-table.ts';
import type { Path } from '../diagnostics/finding.ts';
import { valueAt } from '../diagnostics/value-at.ts';
import { addDays } from '../resolve/calendar.ts';
import { ancestry } from '../resolve/profile.ts';
import { at } from '../resolve/resources.ts';
import { isOverride } from '../resolve/tenant.ts';
import { denialAnswers } from '../table/answers.ts';
import type { Present } from './explanation.ts';
import type { Layered } from './place.ts';
import type { Refusal } from './route-schema.ts';
import type { Subject } from './subject.ts';

export function statusOf({ model, tenant, places }: Subject): Present['status'] {
  const decided = places.decided(tenant.status, tenant.origin('status'));
  const { retiredOn, statusAsWritten } = tenant;
  if (retiredOn === undefined || statusAsWritten !== 'retired') return { ...decided, becomes: [] };
  const deletable = addDays(retiredOn, model.environment.spec.safety.quarantineDays);
  const place = places.of(tenant.origin('retiredOn'));
  const quarantine = places.of(at(model.environment, 'spec', 'safety', 'quarantineDays'));
  const events = [
    { on: retiredOn, event: 'retires' as const, place },
    { on: deletable, event: 'deletable' as const, place: quarantine },
  ];
  return { ...decided, becomes: events.filter(({ on }) => model.date < on) };
}

/** Why the table refuses every request of the tenant, whatever its model. */
export function refusesAll({ table, tenant, places }: Subject): Refusal | null {
  const row = table.data.tenants[tenant.name];
  const refusal = (reason: Refusal['reason'], sentence: string, answer: Answer, field: string[]): Refusal => ({
    reason,
    ...answer,
    sentence,
    place: places.of(tenant.origin(...field)),
  });
  if (row === undefined) {
    const sentence = 'the tenant is retired: its clients are unknown to the gateway';
    return refusal('retired-tenant', sentence, denialAnswers.tenant, ['status']);
  }
  switch (row.class) {
    case denials.suspended:
      return refusal('suspended', 'the tenant is suspended', denialAnswers.suspended, ['status']);
    case denials.limit: {
      const field = tenant.limits.requestsPerMinute === 0 ? 'requestsPerMinute' : 'tokensPerDay';
      return refusal('zero-limit', `its limit ${field} is zero`, denialAnswers.limit, ['limits', field]);
    }
    default:
      return null;
  }
}

type Answer = Pick<Refusal, 'status' | 'code'>;

export function routingOf({ model, tenant, profile, places }: Subject): Present['routing'] {
  const chain = profile === undefined ? [] : ancestry(profile.resource, model.resources).chain;
  return {
    ...places.decided(tenant.routing, tenant.origin('routing')),
    extends: chain.slice(1).map((parent, index) => ({
      profile: parent.name,
      place: places.of({ file: chain[index]?.file ?? parent.file, path: ['spec', 'extends'] }),
    })),
  };
}

export function residencyOf({ tenant, places }: Subject): Layered<string[] | null> {
  const value = tenant.residency === undefined ? null : [...tenant.residency];
  return places.decided(value, at(tenant.resource, 'spec', 'residency'));
}

/** Each guardrail with everybody who demands it: the environment, the tenant, or both. */
export function guardrailsOf({ model, tenant, places }: Subject): Present['guardrails'] {
  const { environment, resources } = model;
  const own = tenant.origin('guardrails');
  const ownPlace = (name: string) => placeInList(name, own.path, tenant.resource);
  return tenant.guardrails.map((name) => {
    const mandatory = environment.spec.guardrails.mandatory.indexOf(name);
    const index = ownPlace(name);
    const definition = resources.guardrails.get(name);
    return {
      name,
      mode: definition?.spec.mode ?? null,
      phases: [...(definition?.spec.phases ?? [])],
      demandedBy: [
        ...(mandatory === -1
          ? []
          : [
              {
                layer: 'environment' as const,
                place: places.of(at(environment, 'spec', 'guardrails', 'mandatory', mandatory)),
              },
            ]),
        ...(index === -1
          ? []
          : [
              {
                layer: isOverride(own) ? ('override' as const) : ('tenant' as const),
                place: places.of({ file: own.file, path: [...own.path, index] }),
              },
            ]),
      ],
      definition: definition === undefined ? null : places.of(at(definition, 'spec')),
    };
  });
}

/** Where `name` stands in the list at a path of the tenant; -1: nowhere. */
function placeInList(name: string, path: Path, tenant: Subject['tenant']['resource']): number {
  const value = valueAt(tenant, path);
  return Array.isArray(value) ? value.indexOf(name) : -1;
}
