import type { Field } from '../field.ts';

/** Who is believed about people, and where their tokens go. */
export const federationFields: readonly Field[] = [
  { path: '', label: 'federation', risk: 'dangerous' },
  // Another name is another app client: the one before is deleted.
  { path: 'spec.client.name', label: 'workforce client', risk: 'dangerous' },
  {
    path: 'spec.client.scopes',
    label: 'scopes of the workforce client',
    risk: { gained: 'dangerous', lost: 'caution', otherwise: 'safe' },
  },
  {
    path: 'spec.client.accessTokenMinutes',
    label: 'lifetime of access tokens of people',
    order: 'number',
    unit: 'minutes',
    risk: 'caution',
  },
  // Codes are sent there.
  {
    path: 'spec.client.callbackUrls',
    label: 'callback URLs',
    risk: { gained: 'dangerous', lost: 'caution', otherwise: 'safe' },
  },
  {
    path: 'spec.client.logoutUrls',
    label: 'logout URLs',
    risk: { gained: 'caution', lost: 'caution', otherwise: 'safe' },
  },
  // Who can write this claim decides as whom people act.
  { path: 'spec.tenantClaim', label: 'tenant claim', risk: 'dangerous' },
  {
    path: 'spec.identityProviders.*',
    label: 'identity provider {0}',
    risk: { set: 'dangerous', otherwise: 'caution' },
    brief: ['type'],
  },
  { path: 'spec.identityProviders.*.type', label: 'type of identity provider {0}', risk: 'dangerous' },
  { path: 'spec.identityProviders.*.metadataUrl', label: 'metadata of identity provider {0}', risk: 'dangerous' },
  {
    path: 'spec.identityProviders.*.groupsAttribute',
    label: 'groups attribute of identity provider {0}',
    risk: 'dangerous',
  },
  { path: 'spec.identityProviders.*.issuer', label: 'issuer of identity provider {0}', risk: 'dangerous' },
  { path: 'spec.identityProviders.*.clientId', label: 'client id at identity provider {0}', risk: 'dangerous' },
  {
    path: 'spec.identityProviders.*.secret',
    label: 'client secret (reference) of identity provider {0}',
    risk: 'caution',
  },
  { path: 'spec.identityProviders.*.scopes', label: 'scopes asked of identity provider {0}', risk: 'caution' },
  { path: 'spec.identityProviders.*.groupsClaim', label: 'groups claim of identity provider {0}', risk: 'dangerous' },
];
