import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

/** What the task definition must carry. Values may hold tokens; the deployer links them. */
const container = z.strictObject({
  name: z.string(),
  image: z.string().describe('Pinned by digest'),
  essential: z.boolean(),
  command: z.array(z.string()),
  ports: z.array(z.int()),
  labels: z.record(z.string(), z.string()).describe('Docker labels, for people who look at a running task'),
  environment: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.string()).describe('Environment name → ARN of the secret'),
  dependsOn: z.array(
    z.strictObject({ container: z.string(), condition: z.enum(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']) }),
  ),
  mounts: z.array(z.strictObject({ volume: z.string(), path: z.string(), readOnly: z.boolean() })),
});

export const taskSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  aws: z.strictObject({ region: z.string(), account: z.string() }),
  gateway: z.strictObject({ port: z.int(), opsPort: z.int() }),
  health: z.strictObject({ port: z.int(), path: z.string() }).describe('What the load balancer asks'),
  volumes: z.array(z.string()),
  containers: z.array(container).min(1),
});

export type Task = z.infer<typeof taskSchema>;
