import type { Origin } from '../../diagnostics/finding.ts';
import { at, type Resource, type Resources } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { hostOf } from '../host-of.ts';

/** Names and numbers of the machine itself and of its link: whoever listens there would get tokens, keys or prompts. */
const local =
  /^(localhost|0|127|0\.0\.0\.0|(0|127|169\.254)\..*|2130706433|(.*\.)?localhost|localhost\.localdomain|local|localdomain)$/;

export const securityLocalAddress: TreeCheck = function* ({ resources }) {
  const prod = [...resources.environments.values()].find(({ spec }) => spec.class === 'prod');
  if (prod === undefined) return;
  for (const [address, where] of addresses(resources)) {
    const host = hostOf(address);
    if (!local.test(host)) continue;
    yield {
      code: 'security/local-address',
      message: `${host} is the machine itself, whoever runs there, but environment ${prod.name} of class prod would use it`,
      at: where,
      hint: 'name a host that others cannot stand in for',
      related: [{ message: 'the environment', at: at(prod, 'spec', 'class') }],
    };
  }
};

/** That all of them are https is the schema's. */
function* addresses({
  environments,
  federation,
  providers,
  guardrails,
}: Resources): Iterable<readonly [string, Origin]> {
  for (const environment of environments.values()) {
    if (environment.spec.class !== 'prod') continue;
    yield [environment.spec.access.resourceServer, at(environment, 'spec', 'access', 'resourceServer')];
  }
  if (federation !== undefined) yield* ofFederation(federation);
  for (const provider of providers.values()) {
    if (provider.spec.type === 'custom') yield [provider.spec.host, at(provider, 'spec', 'host')];
  }
  for (const guardrail of guardrails.values()) {
    const backend = guardrail.spec.webhook?.backend;
    if (backend !== undefined) yield [backend, at(guardrail, 'spec', 'webhook', 'backend')];
  }
}

function* ofFederation(federation: Resource<'Federation'>): Iterable<readonly [string, Origin]> {
  const { client, identityProviders } = federation.spec;
  for (const list of ['callbackUrls', 'logoutUrls'] as const) {
    for (const [index, url] of client[list].entries()) yield [url, at(federation, 'spec', 'client', list, index)];
  }
  for (const [index, provider] of identityProviders.entries()) {
    const field = provider.type === 'saml' ? 'metadataUrl' : 'issuer';
    const url = provider.type === 'saml' ? provider.metadataUrl : provider.issuer;
    yield [url, at(federation, 'spec', 'identityProviders', index, field)];
  }
}
