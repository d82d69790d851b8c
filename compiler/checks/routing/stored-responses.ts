import { targetsOf } from '../../resolve/model.ts';
import type { Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

const surface = '/v1/responses';

/** Unless a request says otherwise, a Responses API keeps input and answer, for 30 days on Bedrock. */
export const routingStoredResponses: EnvironmentCheck = function* ({ model, table }) {
  for (const [id, rule] of Object.entries(table.data.rules)) {
    const origin = table.origins.rules.get(id);
    const { defaults, overrides } = rule.parameters;
    if (origin === undefined || !rule.surfaces.includes(surface)) continue;
    const isForced = overrides['store'] === true;
    // Who writes a default of `store: true` has decided, and leaves it to clients to decide otherwise.
    if (!isForced && ('store' in defaults || 'store' in overrides)) continue;
    const keeper = targetsOf(rule).find(({ provider }) => keepsResponses(model.resources.providers.get(provider)));
    if (keeper === undefined) continue;
    yield {
      code: 'routing/stored-responses',
      message: `${rule.model} serves ${surface} through ${keeper.provider}, which keeps requests and answers ${isForced ? 'whatever clients say: its overrides force store: true' : 'where nothing says store: false'}`,
      at: origin,
      hint: 'write parameters: {overrides: {store: false}}; with defaults: {store: true} the decision is yours',
    };
  }
};

/** Those that are asked in the Responses format; for the others the gateway translates, and nothing is kept. */
function keepsResponses(provider: Resource<'Provider'> | undefined): boolean {
  if (provider?.spec.type === 'custom') return provider.spec.formats.includes('responses');
  return provider?.spec.type === 'openai' || provider?.spec.type === 'azure';
}
