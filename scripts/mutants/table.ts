import { type Mutant, mutantsOf } from './mutant.ts';

export const tableMutants: readonly Mutant[] = [
  ...mutantsOf('compiler/table/build.ts', {
    'a suspended tenant is active': ["if (tenant.status === 'suspended') return denials.suspended;", ''],
    'a limit of zero is none': ['tenant.limits.requestsPerMinute === 0 ||', ''],
    'a retired tenant stays': ["model.tenants.filter((tenant) => tenant.status !== 'retired')", '[...model.tenants]'],
    'tenants of two profiles share a class': ['    references.profile,\n', ''],
    'tenants with other deny lists share a class': ['    references.deny,\n', ''],
    'a class forgets its guardrails': ['    guardrails: tenant.guardrails,\n', '    guardrails: [],\n'],
    'the alias map is turned around': ['aliases.push([name, routed.name])', 'aliases.push([routed.name, name])'],
    'the workforce client is a tenant': [
      'federation.spec.client.name), claimedTenant]',
      "federation.spec.client.name), tenants[0]?.name ?? '']",
    ],
  }),
  ...mutantsOf('compiler/table/permission.ts', {
    'deny lists are ignored': ['for (const deniedBy of deny) {', 'for (const deniedBy of deny.slice(0, 0)) {'],
    'allow lists are ignored': [
      "return allowed ? undefined : 'not-allowed';",
      'return allowed ? undefined : undefined;',
    ],
    'a denied model is reached by its alias': [
      'const names = isWildcard(routed.name) ? [name] : routed.publicNames;',
      'const names = [name];',
    ],
  }),
  ...mutantsOf('compiler/table/answers.ts', {
    'a zero limit is another status': ['status: 429', 'status: 403'],
  }),
  ...mutantsOf('compiler/table/rule.ts', {
    'residency holds for first targets only': [
      'branch.targets.filter(allowed)',
      'branch.targets.slice(0, 1).some(allowed) ? branch.targets : []',
    ],
    'residency is ignored': ['if (residency === undefined) return routed.cases;', 'if (routed) return routed.cases;'],
    'a conditional may lose its last case': [' || cases.at(-1)?.when !== undefined', ''],
    'guardrails make no rule of their own': [
      'variant.guardrails.join() === mandatory.join()',
      'variant.guardrails.join() !== undefined',
    ],
    'the shortest branch decides the retries': ['Math.max(...failing', 'Math.min(...failing'],
  }),
  ...mutantsOf('compiler/table/surfaces.ts', {
    'Anthropic serves Responses clients': [
      "case 'anthropic':\n      return [...chat, ...tokenCount];",
      "case 'anthropic':\n      return [...chat, ...tokenCount, ...responses];",
    ],
    'embeddings are chat': ["['embeddings'] : []", "['completions'] : []"],
  }),
];
