import type { RateName } from '../../../../contract/artifacts/cost-table.ts';
import type { Rule, Target } from '../../../../contract/artifacts/decision-table.ts';
import { type LogFieldName, priceKeyFields } from '../../../../contract/observability.ts';
import type { Report } from '../../../diagnostics/finding.ts';
import { fixedUpstream, type Model, type PricedRow } from '../../../resolve/model.ts';
import { catalogueKey } from '../../../resolve/prices.ts';
import { surfaces } from '../../../table/surfaces.ts';

const ledgerFields = ['gw.tenant', 'gw.cost_center'] as const satisfies readonly LogFieldName[];

/** The chain by which a request is paid for, each link as a finding names it. */
export const edges = {
  credential: 'credential → app client',
  client: 'app client → tenant',
  table: 'tenant → decision table',
  price: `log fields ${priceKeyFields.join(' and ')} → price row`,
  ledger: `price row → ledger key (${ledgerFields.join(', ')})`,
} as const;

/**
 * Tokens that have to have a rate, by the field of the log that counts them. Of those that have a field but need none, the
 * gateway and the ledger price what is cached as input and what is reasoned as output.
 */
const pricedFields = {
  'gw.tokens.input': 'input',
  'gw.tokens.output': 'output',
} as const satisfies Partial<Readonly<Record<LogFieldName, RateName>>>;

/** From what the gateway logs of a target to the one price row that the ledger finds by it. */
export class PriceChain {
  readonly #model: Model;
  readonly #rows: ReadonlyMap<string, readonly PricedRow[]>;
  readonly #followed = new Set<string>();

  constructor(model: Model) {
    this.#model = model;
    const rows = new Map<string, PricedRow[]>();
    for (const row of model.prices.rows) {
      if (row.from > model.date || (row.until !== null && row.until <= model.date)) continue;
      const key = `${row.provider} ${row.model}`;
      const known = rows.get(key);
      if (known === undefined) rows.set(key, [row]);
      else known.push(row);
    }
    this.#rows = rows;
  }

  /** What breaks on the way of a target under one public name; undefined also where it was followed before. */
  follow(publicName: string, rule: Rule, target: Target): Pick<Report, 'code' | 'message' | 'hint'> | undefined {
    const provider = this.#model.resources.providers.get(target.provider);
    if (provider === undefined) return undefined;
    const { spec } = provider;
    const logged = fixedUpstream(this.#model.resources, target) ?? publicName;
    const visit = `${rule.profile} ${rule.model} ${target.provider} ${logged}`;
    if (this.#followed.has(visit)) return undefined;
    this.#followed.add(visit);
    // Without any price pricing/unpriced-model speaks.
    if (this.#model.prices.inForce(target.provider, logged) === undefined) return undefined;
    const key = catalogueKey(provider);
    const rows = this.#rows.get(`${key} ${logged}`) ?? [];
    const [row] = rows;
    if (row === undefined || rows.length > 1) {
      return broken(
        `${logged} of ${key} has ${rows.length} rows on ${this.#model.date}`,
        'let one price hold on a day',
      );
    }
    // Where both lists price the model pricing/conflict speaks.
    const own = this.#model.resources.priceLists.get(spec.prices);
    if (row.priceList !== spec.prices && own !== undefined && !Object.hasOwn(own.spec.models, logged)) {
      return broken(
        `provider ${target.provider} is logged as ${key} and would be charged for ${logged} by price list ${row.priceList}, but it names ${spec.prices}, which has no such model`,
        `add ${logged} to price list ${spec.prices}, or name ${row.priceList}`,
      );
    }
    const rate = ratesFor(rule).find((name) => row.rates[name] === undefined);
    return rate && broken(`${logged} of ${key} has no ${rate} rate for tokens that its paths count`, 'add the rate');
  }
}

/** Embeddings have no answer that would be counted. */
function ratesFor({ surfaces: paths }: Rule): readonly RateName[] {
  const answered = new Set<string | undefined>(['completions', 'messages', 'responses']);
  const answers = paths.some((path) => answered.has(surfaces[path]?.routeType));
  return answers ? Object.values(pricedFields) : [pricedFields['gw.tokens.input']];
}

export function breaks(edge: string, why: string, hint: string): Pick<Report, 'code' | 'message' | 'hint'> {
  return { code: 'attribution/closure', message: `attribution breaks at ${edge}: ${why}`, hint };
}

function broken(why: string, hint: string): Pick<Report, 'code' | 'message' | 'hint'> {
  return breaks(edges.price, why, hint);
}
