import type { z } from 'zod';
import type { Kind, kinds } from '../../compiler/schema/kinds.ts';
import type { Files } from '../compiler/project.ts';

/** A resource as people write it: nothing filled in. */
export type Written<K extends Kind> = z.input<(typeof kinds)[K]['schema']>;

/** Everything that decides what one environment does with a request. */
export interface Configuration {
  readonly project: Written<'Project'>;
  readonly environment: Written<'Environment'>;
  readonly tiers: Written<'Tiers'>;
  readonly federation: Written<'Federation'> | undefined;
  readonly tenants: readonly Written<'Tenant'>[];
  readonly providers: readonly Written<'Provider'>[];
  readonly profiles: readonly Written<'RoutingProfile'>[];
  readonly guardrails: readonly Written<'Guardrail'>[];
  readonly priceLists: readonly Written<'PriceList'>[];
}

/** As a tree of files. JSON is YAML. */
export function filesOf(configuration: Configuration): Files {
  const { project, environment, tiers, federation } = configuration;
  const many = (folder: string, resources: readonly { readonly metadata: { readonly name: string } }[]) =>
    resources.map((resource) => [`${folder}/${resource.metadata.name}.yaml`, resource] as const);
  const resources = [
    ['gatewright.yaml', project] as const,
    ['tenants/tiers.yaml', tiers] as const,
    ...(federation === undefined ? [] : [['tenants/federation.yaml', federation] as const]),
    ...many('infra/environments', [environment]),
    ...many('tenants', configuration.tenants),
    ...many('routing/providers', configuration.providers),
    ...many('routing/profiles', configuration.profiles),
    ...many('guardrails', configuration.guardrails),
    ...many('pricing', configuration.priceLists),
  ];
  return Object.fromEntries(resources.map(([path, resource]) => [path, JSON.stringify(resource, null, 1)]));
}
