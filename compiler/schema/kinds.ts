import type { z } from 'zod';
import { configTestSchema } from './config-test.ts';
import { environmentSchema } from './environment.ts';
import { federationSchema } from './federation.ts';
import { guardrailSchema } from './guardrail.ts';
import { priceListSchema } from './price-list.ts';
import { projectSchema } from './project.ts';
import { providerSchema } from './provider.ts';
import { routingProfileSchema } from './routing-profile.ts';
import { tenantSchema, tiersSchema } from './tenant.ts';

/** Every kind with its schema and the place where its files live. The first place that matches a path decides its kind. */
export const kinds = {
  Project: { schema: projectSchema, place: /^gatewright\.yaml$/, example: 'gatewright.yaml' },
  Tiers: { schema: tiersSchema, place: /^tenants\/tiers\.yaml$/, example: 'tenants/tiers.yaml' },
  Federation: { schema: federationSchema, place: /^tenants\/federation\.yaml$/, example: 'tenants/federation.yaml' },
  Tenant: { schema: tenantSchema, place: /^tenants\/([^/]+\/)*[^/]+\.yaml$/, example: 'tenants/<name>.yaml' },
  Provider: {
    schema: providerSchema,
    place: /^routing\/providers\/[^/]+\.yaml$/,
    example: 'routing/providers/<name>.yaml',
  },
  RoutingProfile: {
    schema: routingProfileSchema,
    place: /^routing\/profiles\/[^/]+\.yaml$/,
    example: 'routing/profiles/<name>.yaml',
  },
  ConfigTest: {
    schema: configTestSchema,
    place: /^routing\/tests\/[^/]+\.test\.yaml$/,
    example: 'routing/tests/<name>.test.yaml',
  },
  Guardrail: { schema: guardrailSchema, place: /^guardrails\/[^/]+\.yaml$/, example: 'guardrails/<name>.yaml' },
  PriceList: { schema: priceListSchema, place: /^pricing\/[^/]+\.yaml$/, example: 'pricing/<name>.yaml' },
  Environment: {
    schema: environmentSchema,
    place: /^infra\/environments\/[^/]+\.yaml$/,
    example: 'infra/environments/<name>.yaml',
  },
} as const;

export type Kind = keyof typeof kinds;

/** A resource as its schema gives it: defaults filled in, nothing unknown left. */
export type Parsed<K extends Kind> = z.infer<(typeof kinds)[K]['schema']>;
export type Spec<K extends Kind> = Parsed<K>['spec'];
export type Metadata<K extends Kind> = Parsed<K>['metadata'];

export const kindNames = Object.keys(kinds) as readonly Kind[];

export function kindOf(path: string): Kind | undefined {
  return kindNames.find((kind) => kinds[kind].place.test(path));
}
