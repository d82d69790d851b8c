import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const securityUnpinnedImage: TreeCheck = function* ({ resources: { project, environments } }) {
  for (const environment of environments.values()) {
    const { class: written, gateway } = environment.spec;
    const fault = written === 'prod' ? faultOf(gateway.image, project?.spec.gatewayVersion) : undefined;
    if (fault === undefined) continue;
    yield {
      code: 'security/unpinned-image',
      message: `environment ${environment.name} is of class prod, but its gateway image ${fault}`,
      at: at(environment, 'spec', 'gateway', 'image'),
      hint: 'write registry/name@sha256:… of the image that was tried in dev',
    };
  }
};

function faultOf(image: string, version: string | undefined): string | undefined {
  const [, tag, hash] = /(?::([^:/@]+))?@sha256:([0-9a-f]+)$/.exec(image) ?? [];
  if (hash === undefined) return 'is not pinned by digest: what runs could change without a review';
  if (/^(.)\1*$/.test(hash)) return 'has the digest of nothing: a stand-in was left where the real one belongs';
  if (tag === undefined || version === undefined || sameVersion(tag, version)) return undefined;
  return `is tagged ${tag}, and the project is made for ${version}: the digest is all that counts, and one of them misleads`;
}

/** `v1.4.1-musl` is a build of `v1.4.1`; what is no version says nothing. */
function sameVersion(tag: string, version: string): boolean {
  const [, of] = /^v?(\d+\.\d+\.\d+)(?:$|[^0-9.])/.exec(tag) ?? [];
  return of === undefined || `v${of}` === version;
}
