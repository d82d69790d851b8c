import { z } from 'zod';
import { schemaVersion } from './vocabulary.ts';

const hostAndPort = z
  .string()
  .regex(/^[a-z0-9.-]+:[1-9]\d{0,4}$/, 'a host with a port, such as budget.internal:443')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'a port is at most 65535');

/**
 * The one object that `infra` publishes to the release bucket as `environments/<env>/infra.json`: the names of all
 * that Terraform makes. The embedded AWS publishes its own for `local`.
 */
export const infraSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  account: z.string().regex(/^\d{12}$/),
  region: z.string(),
  releaseBucket: z.string(),
  cluster: z.string(),
  service: z.string(),
  taskFamily: z.string(),
  executionRoleArn: z.string(),
  taskRoleArn: z.string(),
  cpu: z.string().describe('Task CPU units, as ECS takes them'),
  memory: z.string().describe('Task memory in MiB, as ECS takes it'),
  logGroup: z.string(),
  configInitImage: z.string().describe('Image, pinned by digest, that fetches and verifies the linked config'),
  budgetHost: hostAndPort.describe('Budget service, reached over TLS'),
  rateLimitHost: hostAndPort.describe('Envoy rate limit service, gRPC without TLS in the private network'),
  userPoolId: z.string(),
  issuer: z.url(),
  jwksUrl: z.url(),
  tokenUrl: z.url(),
  secrets: z.record(z.string(), z.string()).describe('Provider secret name → ARN'),
  guardrails: z.record(z.string(), z.strictObject({ id: z.string(), version: z.string(), digest: z.string() })),
});

export type Infra = z.infer<typeof infraSchema>;
