import type { Report } from '../../diagnostics/finding.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import { knownPlaces, placeOfRegion } from '../bedrock.ts';
import type { TreeCheck } from '../check.ts';

/** The residency is what tenants rely on; the region is where requests really go. */
export const routingResidencyRegion: TreeCheck = function* ({ resources: { providers } }) {
  yield* ofRegions([...providers.values()]);
  yield* ofHosts([...providers.values()]);
};

type Provider = Resource<'Provider'>;

function* ofRegions(providers: readonly Provider[]): Iterable<Report> {
  for (const provider of providers) {
    const { residency } = provider.spec;
    const named = regionOf(provider);
    if (named === undefined || !knownPlaces.has(residency)) continue;
    const actual = placeOf(named);
    if (actual === residency) continue;
    const place = named.field === 'host' ? `its host is in ${named.region}, which` : `its region ${named.region}`;
    const reality =
      actual === undefined ? `${place} lets Google process requests anywhere` : `${place} is in ${actual}`;
    yield {
      code: 'routing/residency-region',
      message: `provider ${provider.name} says residency ${residency}, but ${reality}`,
      at: at(provider, 'spec', 'residency'),
      hint: `write residency: ${actual ?? 'global'}, or choose a region in ${residency}`,
      related: [{ message: `the ${named.field}`, at: at(provider, 'spec', named.field) }],
    };
  }
}

/** One host is in one part of the world, unless its path names another. */
function* ofHosts(providers: readonly Provider[]): Iterable<Report> {
  const first = new Map<string, Provider>();
  for (const provider of providers) {
    const { spec } = provider;
    const host = hostOf(spec);
    if (host === undefined || (spec.type === 'custom' && placed(spec.pathPrefix, spec.residency))) continue;
    const other = first.get(host);
    if (other === undefined) first.set(host, provider);
    if (other === undefined || other.spec.residency === spec.residency) continue;
    yield {
      code: 'routing/residency-region',
      message: `provider ${provider.name} says residency ${spec.residency}, but ${other.name} reaches the same host and says ${other.spec.residency}: one of them is wrong`,
      at: at(provider, 'spec', 'residency'),
      hint: 'write where the host processes requests, in both',
      related: [{ message: 'the other provider', at: at(other, 'spec', 'residency') }],
    };
  }
}

function placed(path: string | undefined, residency: string): boolean {
  return (path ?? '').split(/[^a-z]+/).includes(residency);
}

/** Google's names for what AWS calls otherwise. */
const placeOfGoogle: Readonly<Record<string, string>> = {
  europe: 'eu',
  northamerica: 'ca',
  southamerica: 'sa',
  asia: 'ap',
  australia: 'ap',
};

interface NamedRegion {
  readonly cloud: 'aws' | 'google';
  readonly region: string;
  readonly field: 'region' | 'host';
}

/** Hosts of AWS and Google that carry their region. */
const awsHost =
  /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d)\.(?:[a-z0-9-]+\.)*(?:api\.aws|on\.aws|amazonaws\.com(?:\.cn)?)(?::|$)/;
const googleHost = /(?:^|\.)([a-z]+-[a-z]+\d+)-[a-z]+\.googleapis\.com(?::|$)/;

function regionOf({ spec }: Provider): NamedRegion | undefined {
  if (spec.type === 'bedrock') return { cloud: 'aws', region: spec.region, field: 'region' };
  if (spec.type === 'vertex') return { cloud: 'google', region: spec.region, field: 'region' };
  if (spec.type !== 'custom') return undefined;
  const aws = awsHost.exec(spec.host)?.[1];
  if (aws !== undefined) return { cloud: 'aws', region: aws, field: 'host' };
  const google = googleHost.exec(spec.host)?.[1];
  return google === undefined ? undefined : { cloud: 'google', region: google, field: 'host' };
}

/** undefined: anywhere. */
function placeOf({ cloud, region }: NamedRegion): string | undefined {
  const prefix = placeOfRegion(region);
  if (cloud === 'aws') return prefix;
  return prefix === 'global' ? undefined : (placeOfGoogle[prefix] ?? prefix);
}

function hostOf(spec: Provider['spec']): string | undefined {
  if (spec.type === 'azure') return `${spec.resourceName}.openai.azure.com`;
  return spec.type === 'custom' ? spec.host.replace(/:\d+$/, '') : undefined;
}
