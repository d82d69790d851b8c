import type { Origin } from '../../diagnostics/finding.ts';
import { at, type Resource, type Resources } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { hostOf } from '../host-of.ts';

interface Use {
  readonly who: string;
  /** Whom the key is shown to. */
  readonly domain: string;
  readonly at: Origin;
}

/** A key is one party's: whoever else is sent it can use it, and one of the two refuses it. */
export const referenceSharedSecret: TreeCheck = function* ({ resources }) {
  const first = new Map<string, Use>();
  for (const [secret, use] of usesOf(resources)) {
    const other = first.get(secret);
    if (other === undefined) first.set(secret, use);
    if (other === undefined || other.domain === use.domain) continue;
    yield {
      code: 'reference/shared-secret',
      message: `${use.who} sends secret ${secret} to ${use.domain}, and ${other.who} sends it to ${other.domain}: one of them gets a key of the other`,
      at: use.at,
      hint: 'give each its own secret',
      related: [{ message: 'the other use', at: other.at }],
    };
  }
};

function* usesOf({ providers, federation }: Resources): Iterable<readonly [secret: string, Use]> {
  for (const provider of providers.values()) {
    const { spec } = provider;
    if (spec.type === 'bedrock') continue;
    const where = at(provider, 'spec', 'credentials', 'secret');
    yield [spec.credentials.secret, { who: `provider ${provider.name}`, domain: domainOf(spec), at: where }];
  }
  if (federation === undefined) return;
  for (const [index, idp] of federation.spec.identityProviders.entries()) {
    if (idp.type !== 'oidc') continue;
    const where = at(federation, 'spec', 'identityProviders', index, 'secret');
    yield [idp.secret, { who: `identity provider ${idp.name}`, domain: lastLabels(hostOf(idp.issuer)), at: where }];
  }
}

function domainOf(spec: Exclude<Resource<'Provider'>['spec'], { readonly type: 'bedrock' }>): string {
  switch (spec.type) {
    case 'anthropic':
      return 'anthropic.com';
    case 'openai':
      return 'openai.com';
    case 'azure':
      return 'azure.com';
    case 'vertex':
    case 'gemini':
      return 'googleapis.com';
    case 'custom':
      return lastLabels(hostOf(spec.host));
  }
}

/** Parts of one company's domain may share a key. */
function lastLabels(host: string): string {
  return host.split('.').slice(-2).join('.');
}
