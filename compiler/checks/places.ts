/** Residencies that name the same part of the world as AWS's own prefixes; other labels are free. */
export const knownPlaces: ReadonlySet<string> = new Set(['us', 'eu', 'ca', 'ap', 'sa']);

/** The part of the world of an AWS region: `eu` of `eu-central-1`. */
export function placeOfRegion(region: string): string {
  return region.split('-')[0] ?? region;
}
