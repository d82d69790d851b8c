import { isDenial, type Rule, type Target } from '../../../contract/artifacts/decision-table.ts';
import { claimedTenant, clientKey } from '../../../contract/vocabulary.ts';
import type { Origin, Report } from '../../diagnostics/finding.ts';
import type { ResolvedTenant } from '../../resolve/model.ts';
import { targetsOf } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck, EnvironmentContext } from '../check.ts';
import { breaks, edges, PriceChain } from './closure/price-chain.ts';

/**
 * Walks the chain by which a request is paid for, edge by edge, over what was decided: credential → app client → tenant
 * → class and rule → log fields → price row → ledger key. It asks no other check, and where another one has said the
 * same it is silent; what a rule breaks it says once, however many tenants reach it.
 */
export const attributionClosure: EnvironmentCheck = function* (context) {
  const { model, table } = context;
  if (!model.resources.sound) return;
  const prices = new PriceChain(model);
  const walked = new Set<string>();
  for (const tenant of model.tenants) {
    if (tenant.status === 'retired') continue;
    yield* credentials(tenant, context);
    const row = table.data.tenants[tenant.name];
    if (row === undefined) {
      yield broken(edges.table, `${tenant.name} has no row in it`, at(tenant.resource, 'metadata', 'name'));
      continue;
    }
    yield* ledgerKey(tenant, row.costCenter);
    // A denial costs nothing.
    if (tenant.status !== 'active' || isDenial(row.class) || walked.has(row.class)) continue;
    walked.add(row.class);
    yield* rules(tenant, row.class, context, prices);
  }
};

/** Of machines by their client ids, of people by the claim in tokens of the workforce client. */
function* credentials(tenant: ResolvedTenant, { model: { resources }, table }: EnvironmentContext): Iterable<Report> {
  const { name, resource } = tenant;
  const { clients } = table.data;
  for (const [index, client] of resource.spec.clients.entries()) {
    const holder = clients[clientKey(name, client.name)];
    if (holder !== name) {
      const why = `app client ${client.name} of ${name} acts for ${holder ?? 'nobody'}`;
      yield broken(edges.client, why, at(resource, 'spec', 'clients', index));
    }
    for (const [position, former] of resource.metadata.formerly.entries()) {
      const key = clientKey(former, client.name);
      // Of a tenant that still has the name, tenant/former-name speaks.
      if (clients[key] === undefined || resources.tenants.has(former)) continue;
      yield broken(
        edges.credential,
        `app client ${client.name} of ${name} would take over the credentials of ${key}, which are in use`,
        at(resource, 'metadata', 'formerly', position),
        'rename the client, or remove the former name',
      );
    }
  }
  const federation = resources.federation;
  if (federation === undefined || resource.spec.groups.length === 0) return;
  if (clients[clientKey(federation.name, federation.spec.client.name)] === claimedTenant) return;
  yield broken(edges.client, 'the claim of the workforce client is not read', at(federation, 'spec', 'client', 'name'));
}

function* ledgerKey({ resource, name }: ResolvedTenant, costCenter: string): Iterable<Report> {
  if (costCenter === resource.metadata.costCenter) return;
  const why = `what ${name} spends would be booked on ${JSON.stringify(costCenter)}`;
  yield broken(edges.ledger, why, at(resource, 'metadata', 'costCenter'));
}

function* rules(tenant: ResolvedTenant, id: string, context: EnvironmentContext, prices: PriceChain): Iterable<Report> {
  const { classes, rules: all } = context.table.data;
  const models = classes[id]?.models;
  if (models === undefined) {
    yield broken(edges.table, `the class of ${tenant.name} does not exist`, tenant.origin('routing'));
    return;
  }
  for (const [name, ruleId] of Object.entries(models)) {
    const rule = all[ruleId];
    if (rule === undefined) {
      yield broken(edges.table, `${name} leads to no rule`, tenant.origin('routing'));
      continue;
    }
    for (const target of targetsOf(rule)) {
      const found = prices.follow(name, rule, target);
      if (found !== undefined) yield { ...found, at: placeOf(context, ruleId, rule, target) };
    }
  }
}

/** What no configuration can bring about is a mistake of ours. */
const ours = 'this is a defect of gatewright: please report it';

function broken(edge: string, why: string, where: Origin, hint = ours): Report {
  return { ...breaks(edge, why, hint), at: where };
}

function placeOf({ model, table }: EnvironmentContext, id: string, rule: Rule, target: Target): Origin {
  const routed = model.profiles.get(rule.profile)?.models.find(({ name }) => name === rule.model);
  const targets = routed === undefined ? [] : targetsOf(routed);
  const same = targets.find((one) => one.provider === target.provider && (one.model ?? null) === target.model);
  return same?.origin ?? table.origins.rules.get(id) ?? at(model.environment, 'spec');
}
