import type { Enforced } from '../../contract/artifacts/enforcement.ts';
import { howEnforced, isSubjectTo } from '../resolve/enforcement.ts';
import { toDecimal, toUnits, usdText } from '../resolve/money.ts';
import { at } from '../resolve/resources.ts';
import type { Enforcement, Present } from './explanation.ts';
import type { Place } from './place.ts';
import type { Subject } from './subject.ts';

type LimitName = 'requestsPerMinute' | 'tokensPerDay';

export function limitsOf(subject: Subject): Present['limits'] {
  return { requestsPerMinute: limitOf(subject, 'requestsPerMinute'), tokensPerDay: limitOf(subject, 'tokensPerDay') };
}

function limitOf(subject: Subject, name: LimitName): Present['limits'][LimitName] {
  const { tenant, places } = subject;
  const value = tenant.limits[name] ?? null;
  const ceiling = tierOf(subject)?.ceilings.limits[name];
  return {
    ...places.decided(value, tenant.origin('limits', name)),
    ceiling:
      ceiling === undefined || value === null
        ? null
        : { value: ceiling, headroom: ceiling - value, place: ceilingPlace(subject, 'limits', name) },
    enforcement: value === 0 ? enforcement(subject, 'zeroLimit') : enforcement(subject, name),
  };
}

export function budgetOf(subject: Subject): Present['budget'] {
  const { tenant, places } = subject;
  const { monthlyUsd, timezone, alertsAtPercent, onExceeded, models } = tenant.budget;
  const origin = (...path: string[]) => tenant.origin('budget', ...path);
  const ceiling = tierOf(subject)?.ceilings.budget.monthlyUsd;
  const perModel = enforcement(subject, onExceeded === 'reject' ? 'modelBudgets' : 'modelBudgetsWarn');
  return {
    monthlyUsd: {
      ...places.decided(monthlyUsd ?? null, origin('monthlyUsd')),
      ceiling:
        ceiling === undefined || monthlyUsd === undefined
          ? null
          : {
              value: usdText(ceiling),
              headroom: left(ceiling, monthlyUsd),
              place: ceilingPlace(subject, 'budget', 'monthlyUsd'),
            },
      enforcement: enforcement(subject, onExceeded === 'reject' ? 'monthlyBudget' : 'monthlyBudgetWarn'),
    },
    timezone: places.decided(timezone, origin('timezone')),
    alertsAtPercent: places.decided([...alertsAtPercent], origin('alertsAtPercent')),
    onExceeded: places.decided(onExceeded, origin('onExceeded')),
    models:
      perModel === null
        ? []
        : [...models].map(([model, amount]) => ({
            model,
            monthlyUsd: places.decided(amount, origin('models', model, 'monthlyUsd')),
            enforcement: perModel,
          })),
  };
}

function enforcement({ model, tenant }: Subject, kind: Enforced): Enforcement | null {
  return isSubjectTo[kind](tenant) ? howEnforced(kind, model.environment.spec) : null;
}

function tierOf({ model, tenant }: Subject) {
  return model.resources.tiers?.spec[tenant.tier];
}

function ceilingPlace({ model, tenant, places }: Subject, ...path: string[]): Place {
  const { tiers } = model.resources;
  return places.of(tiers === undefined ? tenant.origin('tier') : at(tiers, 'spec', tenant.tier, 'ceilings', ...path));
}

/** Negative where the budget is above its ceiling, which is a finding. */
function left(ceiling: string, amount: string): string {
  const units = toUnits(ceiling) - toUnits(amount);
  return units < 0n ? `-${toDecimal(-units, 2)}` : toDecimal(units, 2);
}
