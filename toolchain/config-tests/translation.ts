import type { Resource } from '../../compiler/resolve/resources.ts';
import type { RouteType } from '../../contract/artifacts/decision-table.ts';
import type { Outcome } from './engine.ts';
import type { TestedEnvironment } from './environment.ts';
import { providerOf } from './observed.ts';

type Provider = Resource<'Provider'>['spec'];

/** What each type of provider speaks itself. Everything else the gateway translates on the way. */
const spoken: Readonly<Record<Exclude<Provider['type'], 'custom'>, readonly RouteType[]>> = {
  openai: ['completions', 'responses', 'embeddings'],
  azure: ['completions', 'responses', 'embeddings'],
  gemini: ['completions', 'embeddings'],
  anthropic: ['messages', 'anthropicTokenCount'],
  bedrock: [],
  vertex: [],
};

/** Providers that got the request in another format than the client's: how it looks there, only a real gateway knows. */
export function translatedFor(
  outcomes: readonly Outcome[],
  path: string,
  { table, providers }: Pick<TestedEnvironment, 'table' | 'providers'>,
): string[] {
  const routeType = table.surfaces[path]?.routeType;
  const called = new Set(outcomes.flatMap(({ observation }) => providerOf(observation) ?? []));
  return [...called].filter((name) => {
    const provider = providers.get(name);
    if (provider === undefined || routeType === undefined) return true;
    const formats: readonly string[] = provider.type === 'custom' ? provider.formats : spoken[provider.type];
    return !formats.includes(routeType);
  });
}
