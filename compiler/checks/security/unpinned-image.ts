import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const securityUnpinnedImage: TreeCheck = function* ({ resources: { environments } }) {
  for (const environment of environments.values()) {
    if (environment.spec.class !== 'prod' || environment.spec.gateway.image.includes('@sha256:')) continue;
    yield {
      code: 'security/unpinned-image',
      message: `environment ${environment.name} is of class prod, but its gateway image is not pinned by digest: what runs could change without a review`,
      at: at(environment, 'spec', 'gateway', 'image'),
      hint: 'write registry/name@sha256:…',
    };
  }
};
