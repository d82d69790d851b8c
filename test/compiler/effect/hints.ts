import type { Kind } from '../../../compiler/schema/kinds.ts';

/** Values for leaves that take no generated text: what they name has to exist, or has to mean something. */
export const hints: Readonly<Record<string, readonly unknown[]>> = {
  'Tenant.spec.environments.*<absent>': [{}],
  // Fewer than there are.
  'Environment.spec.aws.quotas.appClients': [1],
  // Too narrow to be measured: the model alone meets every share exactly.
  'ConfigTest.spec.cases[].expect.tolerance': [1],
  'ConfigTest.spec.cases[].expect.limits.requestsPerMinute<1>': [7],
  'ConfigTest.spec.cases[].expect.limits.tokensPerDay<1>': [7],
  // What the pattern hits.
  'Guardrail.spec.examples.allowed[]': ['AKIAIOSFODNN7EXAMPLE'],
};

/** Other names that the complete project has, by the end of a leaf's name. */
export const references: Readonly<Record<string, readonly string[]>> = {
  '.routing': ['base', 'wide'],
  '.extends': ['spare-profile'],
  'guardrails[]': ['main', 'other'],
  'mandatory[]': ['other'],
  'adminTenants[]': ['plain'],
  'promotion[]': ['dev'],
  '.provider': ['p-openai', 'p-anthropic', 'p-gemini'],
  '.prices': ['main', 'aws', 'spare'],
  '.tenant': ['full', 'free'],
  '.client': ['nightly'],
  'shares.{}': ['p-azure'],
  'spec.environments[]': ['prod'],
  '.tier': ['standard', 'open'],
  'environments.{}': ['dev', 'prod'],
};

/** Fields in which other resources name one of this kind. */
export const renames: Partial<Readonly<Record<Kind, readonly string[]>>> = {
  Tenant: ['adminTenants'],
  Provider: ['provider'],
  RoutingProfile: ['routing', 'extends'],
  Guardrail: ['guardrails', 'mandatory'],
  PriceList: ['prices'],
  Environment: ['promotion', 'environments'],
};

/** There is nothing to change: the value says what the resource is, which branch of a choice, or which one version. */
export const onlyOneValue: readonly RegExp[] = [
  /^[A-Za-z]+\.(apiVersion|kind)$/,
  /^(Tiers|Federation)\.metadata\.name$/,
  /^Project\.spec\.gatewayVersion$/,
  /^Provider\.spec<\w+>\.type$/,
  /^Provider\.spec<bedrock>\.credentials$/,
  /^Federation\.spec\.identityProviders\[\]<\w+>\.type$/,
  /^Environment\.spec\.limits<\w+>\.backend$/,
  /^Environment\.spec\.safety\.acknowledge\[\]\.change$/,
];

const inTenant = String.raw`^Tenant\.spec(\.environments\.\*<1>)?`;
const inTierDefaults = String.raw`^Tiers\.spec\.\*\.defaults`;

/** tenants.json alone carries these. Who reads them there: */
export const readBy: readonly (readonly [RegExp, string])[] = [
  [/^Tenant\.metadata\.(displayName|owners\[\])$/, 'the portal and alerts: whom a tenant is, and whom to tell'],
  [/^Tenant\.metadata\.orgUnit$/, 'cost reports by organisational unit'],
  [/^Tiers\.spec\.\{\}$/, 'reports by tier'],
  [/^Tenant\.spec\.groups\[\]$/, 'the pre-token function: group → tenant'],
  [new RegExp(`(${inTenant}|${inTierDefaults})\\.budget\\.`), 'the budget service and its alerts'],
  [/^Federation\.spec\.identityProviders\[\]<\w+>\.(?!name$|type$)/, 'Terraform: identity providers of the user pool'],
];
