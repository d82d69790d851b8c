import type { Report } from '../diagnostics/finding.ts';
import { type Memory, noMemory } from '../memory.ts';
import type { Model } from '../resolve/model.ts';
import type { Resource, Resources } from '../resolve/resources.ts';
import type { SourceDocument } from '../source/document.ts';
import { buildTable } from '../table/build.ts';
import type { EnvironmentContext, TreeContext } from './check.ts';
import { cardOf, type Scope, scopeOf } from './scope.ts';
import { shardsOf } from './shards.ts';

type Check<C> = (context: C) => Iterable<Report>;
type Checks<C> = Readonly<Record<string, Check<C>>>;
type Tenant = Resource<'Tenant'>;

/**
 * What checks over the whole tree report. With a memory, those that judge each tenant by itself run on a few tenants at
 * a time, and again only where one of these or something around them changed. What they say of the surroundings they
 * say each time: the engine takes repetitions away.
 */
export function treeReports(checks: Checks<TreeContext>, context: TreeContext, memory: Memory): Report[] {
  if (memory === noMemory) return reportsOf(checks, context);
  const { resources, documents } = context;
  const around = surroundings(resources, memory);
  const ofFile = new Map(documents.map((document) => [document.file, document]));
  const run = (scopes: readonly Scope[], tenants: readonly Tenant[], parsed: readonly SourceDocument[]): Report[] => {
    const seen = { ...around, tenants: new Map(tenants.map((tenant) => [tenant.name, tenant])) };
    return reportsOf(within(checks, scopes), { resources: seen, documents: parsed });
  };
  const label = Object.keys(checks).join();
  const reports = reportsOf(within(checks, ['all']), context);
  for (const { name, tenants } of shardsOf([...resources.tenants.values()])) {
    const parsed = tenants.flatMap(({ file }) => ofFile.get(file) ?? []);
    for (const { file } of tenants) ofFile.delete(file);
    const inputs = [around, ...tenants, ...parsed];
    reports.push(...memory.recall(`${label} on ${name}`, inputs, () => run(['tenant'], tenants, parsed)));
  }
  const tenants = [...resources.tenants.values()];
  const cards = tenants.map((one) => memory.recall(`card of ${one.file}`, [one], () => JSON.stringify(cardOf(one))));
  const ofCards = (): Report[] => run(['cards'], tenants.map(cardOf), []);
  reports.push(...memory.recall(`${label} on cards`, [around, ...cards], ofCards));
  const others = [...ofFile.values()];
  reports.push(...memory.recall(label, [around, ...others], () => run(['around', 'tenant'], [], others)));
  return reports;
}

/** The same of checks of one environment; the table that they see is that of the tenants they look at. */
export function environmentReports(
  checks: Checks<EnvironmentContext>,
  context: EnvironmentContext,
  memory: Memory,
): Report[] {
  if (memory === noMemory) return reportsOf(checks, context);
  const { model } = context;
  const { environment, date } = model;
  const around = surroundings(model.resources, memory);
  const run = (scopes: readonly Scope[], tenants: Model['tenants']): Report[] => {
    const resources = { ...around, tenants: new Map(tenants.map(({ name, resource }) => [name, resource])) };
    const seen = { ...model, tenants, resources };
    return reportsOf(within(checks, scopes), { model: seen, table: buildTable(seen, memory) });
  };
  const reports = reportsOf(within(checks, ['all']), context);
  const inputs = [around, environment, date];
  for (const { name, tenants } of shardsOf(model.tenants)) {
    const label = `checks of ${environment.name} on ${name}`;
    reports.push(...memory.recall(label, [...inputs, ...tenants], () => run(['tenant'], tenants)));
  }
  reports.push(...memory.recall(`checks of ${environment.name}`, inputs, () => run(['around', 'tenant'], [])));
  return reports;
}

function reportsOf<C>(checks: Checks<C>, context: C): Report[] {
  const reports: Report[] = [];
  for (const check of Object.values(checks)) for (const report of check(context)) reports.push(report);
  return reports;
}

function within<C>(checks: Checks<C>, scopes: readonly Scope[]): Checks<C> {
  return Object.fromEntries(Object.entries(checks).filter(([name]) => scopes.includes(scopeOf(name))));
}

/** Everything but the tenants. */
function surroundings(resources: Resources, memory: Memory): Resources {
  const around = { ...resources, tenants: new Map<string, Tenant>() };
  const { tenants: _, ...inputs } = resources;
  return memory.recall(`surroundings, sound: ${resources.sound}`, Object.values(inputs), () => around);
}
