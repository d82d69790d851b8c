import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const federationDuplicateProvider: TreeCheck = function* ({ resources: { federation } }) {
  if (federation === undefined) return;
  const names = federation.spec.identityProviders.map((provider) => provider.name);
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first === index) continue;
    yield {
      code: 'federation/duplicate-provider',
      message: `two identity providers are named ${name}: Cognito knows them by their names`,
      at: at(federation, 'spec', 'identityProviders', index, 'name'),
      hint: 'give one of them another name',
      related: [{ message: 'the first', at: at(federation, 'spec', 'identityProviders', first, 'name') }],
    };
  }
};
