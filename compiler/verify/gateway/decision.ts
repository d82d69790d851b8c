import type { GatewayConfig } from './config.ts';
import { type Lookup, lookupOf } from './literals.ts';

/** A tenant's row as the gateway reads it. */
export interface Row {
  readonly id?: string;
  readonly class?: string;
  readonly cc?: string;
  readonly rpm?: number;
  readonly tpd?: number;
}

/** The decision, read out of the expressions of the gateway phase. */
export interface Decision {
  /** Expression of each entry, in order. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The same without their tables. */
  readonly forms: Readonly<Record<string, string>>;
  readonly lookups: Readonly<Record<'credential' | 'tenant' | 'model' | 'guards' | 'rule' | 'list', Lookup>>;
  /** undefined where a row is no JSON object. */
  readonly rows: ReadonlyMap<string, Row | undefined>;
  /** Class → public name → rule. */
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Class → alias → model. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export function decisionOf(config: GatewayConfig): Decision {
  const metadata = config.gateways['default']?.transformations?.request?.metadata ?? {};
  const list = config.routes.find(({ name }) => name === 'models')?.policies?.directResponse?.bodyExpression;
  const lookups = {
    credential: lookupOf(metadata['credential']),
    tenant: lookupOf(metadata['tenant']),
    model: lookupOf(metadata['model']),
    guards: lookupOf(metadata['guards']),
    rule: lookupOf(metadata['decision']),
    list: listLookup(list),
  };
  const { list: _, ...tables } = lookups;
  const forms = Object.entries(metadata).map(([name, expression]) => [
    name,
    tableOf(name) in tables ? tables[tableOf(name) as keyof typeof tables].form : expression,
  ]);
  return {
    metadata,
    forms: Object.fromEntries(forms),
    lookups,
    rows: new Map(Object.entries(lookups.tenant.map).map(([name, text]) => [name, objectIn(text) as Row | undefined])),
    rules: byClass(lookups.rule.map),
    aliases: byClass(lookups.model.map),
  };
}

/** The table of rules stands in the decision; `rule` is what guardrails make of it. */
function tableOf(entry: string): string {
  return entry === 'decision' ? 'rule' : entry === 'rule' ? '' : entry;
}

/** The list of models is the one table behind another brace. */
function listLookup(expression: string | undefined): Lookup {
  const before = 'toJson({"object": "list", "data": json(';
  if (!expression?.startsWith(before)) return { form: expression ?? '', map: {} };
  const { form, map } = lookupOf(expression.slice(before.length));
  return { form: before + form, map };
}

function objectIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keys are `<class>/<model>`. No class has a slash in its name; models have. */
function byClass(map: Readonly<Record<string, string>>): Map<string, Map<string, string>> {
  const classes = new Map<string, Map<string, string>>();
  for (const [key, value] of Object.entries(map)) {
    const slash = key.indexOf('/');
    const id = key.slice(0, slash);
    const models = classes.get(id) ?? new Map<string, string>();
    classes.set(id, models.set(key.slice(slash + 1), value));
  }
  return classes;
}
