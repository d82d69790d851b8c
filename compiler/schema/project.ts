import { z } from 'zod';
import { plainMetadata, reference, resource } from './common.ts';

/** The behaviours of these gateway versions are known to the compiler. */
export const gatewayVersions = ['v1.4.1'] as const;

export const projectSchema = resource(
  'Project',
  plainMetadata,
  z.strictObject({
    gatewayVersion: z
      .enum(gatewayVersions)
      .describe('agentgateway version whose behaviours, limits and functions the compiler targets'),
    promotion: z
      .array(reference('Environment'))
      .describe('A merge deploys these environments in this order, each after the one before succeeded'),
    checks: z
      .record(z.string(), z.enum(['error', 'warning', 'info', 'off']).describe('What the finding counts as'))
      .default({})
      .describe('Severity by finding code; security/* cannot be changed'),
  }),
);
