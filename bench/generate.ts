import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Size } from './measure.ts';
import { tenantFile } from './tenant-file.ts';

/** Of the example: everything that is not a tenant, and the one tenant that its environments name as administrator. */
const shared = [
  'gatewright.yaml',
  'guardrails',
  'infra/environments',
  'pricing',
  'routing/profiles',
  'routing/providers',
  'tenants/tiers.yaml',
  'tenants/federation.yaml',
  'tenants/platform.yaml',
];

/**
 * Writes a configuration tree below `root`: the example's, grown to so many tenants, and to so many classes where they
 * are given. Byte for byte the same each time.
 */
export function generate(example: string, root: string, { tenants, classes }: Size): void {
  for (const part of shared) cpSync(join(example, part), join(root, part), { recursive: true });
  makeRoom(join(root, 'infra/environments'));
  denyFreely(join(root, 'gatewright.yaml'));
  for (let index = 1; index < tenants; index += 1) {
    const { path, text } = tenantFile(index, classes);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/**
 * A gateway counts for a few tenants only by itself, and a user pool holds a thousand app clients unless AWS was asked
 * for more: the sizes must differ in nothing but their number.
 */
function makeRoom(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8')
      .replace('{backend: local}', '{backend: global}')
      .replace('aws: {', 'aws: {quotas: {appClients: 10000}, ');
    writeFileSync(file, text);
  }
}

/** What tenants deny makes classes here, and is no statement about upstream models that other names lead to. */
function denyFreely(file: string): void {
  const text = readFileSync(file, 'utf8').trimEnd();
  const checks = text.includes('\n  checks:\n') ? text : `${text}\n  checks:`;
  writeFileSync(file, `${checks.replace('\n  checks:', '\n  checks:\n    access/deny-reachable: off')}\n`);
}
