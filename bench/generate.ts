import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tenantFile } from './tenant-file.ts';

/** Of the example: everything that is not a tenant, and the one tenant that its environments name as administrator. */
const shared = [
  'gatewright.yaml',
  'guardrails',
  'infra/environments',
  'pricing',
  'routing',
  'tenants/tiers.yaml',
  'tenants/federation.yaml',
  'tenants/platform.yaml',
];

/** Writes a configuration tree with `tenants` tenants below `root`: the example's, grown. Byte for byte the same each time. */
export function generate(example: string, root: string, tenants: number): void {
  for (const part of shared) cpSync(join(example, part), join(root, part), { recursive: true });
  for (let index = 1; index < tenants; index += 1) {
    const { path, text } = tenantFile(index);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
