import type { Field } from '../field.ts';

export const providerFields: readonly Field[] = [
  // Nothing goes there before a route does; one that goes takes its routes along.
  { path: '', label: 'provider', risk: { set: 'safe', otherwise: 'caution' }, brief: ['spec.type', 'spec.residency'] },
  // Another host, account or kind of service receives the requests and the key.
  { path: 'spec.type', label: 'type', risk: 'dangerous' },
  { path: 'spec.host', label: 'host', risk: 'dangerous' },
  { path: 'spec.resourceName', label: 'Azure resource', risk: 'dangerous' },
  { path: 'spec.projectId', label: 'Google Cloud project', risk: 'dangerous' },
  // The label promises where data stays; every tenant bound to a residency relies on it.
  { path: 'spec.residency', label: 'residency', risk: 'dangerous' },
  // Within the same residency; otherwise the label changes too.
  { path: 'spec.region', label: 'region', risk: 'caution' },
  { path: 'spec.credentials', label: 'reference to credentials', risk: 'caution', whole: true },
  { path: 'spec.pathPrefix', label: 'path prefix', risk: 'caution' },
  { path: 'spec.deployment', label: 'default deployment', risk: 'caution' },
  { path: 'spec.formats', label: 'payload formats', risk: 'caution' },
  // Logs, spend and prices are booked under another name.
  { path: 'spec.reportsAs', label: 'name in log and price catalogue', risk: 'caution' },
  { path: 'spec.prices', label: 'price list', risk: 'caution' },
];
