import type { Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

const surface = '/v1/responses';

/** Unless a request says otherwise, a Responses API keeps input and answer, for 30 days on Bedrock. */
export const routingStoredResponses: EnvironmentCheck = function* ({ model, table }) {
  for (const [id, rule] of Object.entries(table.data.rules)) {
    const origin = table.origins.rules.get(id);
    const { defaults, overrides } = rule.parameters;
    // Who writes `store: true` has decided.
    if (origin === undefined || !rule.surfaces.includes(surface) || 'store' in defaults || 'store' in overrides)
      continue;
    const targets = rule.cases.flatMap(({ branches }) => branches.flatMap((branch) => branch.targets));
    const keeper = targets.find(({ provider }) => keepsResponses(model.resources.providers.get(provider)));
    if (keeper === undefined) continue;
    yield {
      code: 'routing/stored-responses',
      message: `${rule.model} serves ${surface} through ${keeper.provider}, which keeps requests and answers where nothing says store: false`,
      at: origin,
      hint: 'write parameters: {overrides: {store: false}}; with store: true the decision is yours',
    };
  }
};

function keepsResponses(provider: Resource<'Provider'> | undefined): boolean {
  return provider?.spec.type === 'custom' && provider.spec.formats.includes('responses');
}
