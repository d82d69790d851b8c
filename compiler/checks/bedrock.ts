/** Residencies that name the same part of the world as AWS's own prefixes; other labels are free. */
export const knownPlaces: ReadonlySet<string> = new Set(['us', 'eu', 'ca', 'ap', 'sa']);

/** The part of the world of an AWS region: `eu` of `eu-central-1`. */
export function placeOfRegion(region: string): string {
  return region.split('-')[0] ?? region;
}

/** Where the cross-Region inference profiles of a prefix send requests; undefined: anywhere. */
const placeOfPrefix: Readonly<Record<string, string | undefined>> = {
  us: 'us',
  'us-gov': 'us',
  eu: 'eu',
  ca: 'ca',
  apac: 'ap',
  jp: 'ap',
  au: 'ap',
  global: undefined,
};

/** A model, profile or deployment by its ARN lives in the Region that stands there, whatever is called. */
function arnOf(name: string): { readonly region: string; readonly model: string } | undefined {
  const [, region, model] = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d*:[a-z-]+\/(.+)$/.exec(name) ?? [];
  return region === undefined || model === undefined ? undefined : { region, model };
}

/** Splits `eu.anthropic.claude-sonnet-5-5` into where it is processed and the model; undefined: it crosses no Region. */
export function crossRegion(name: string): { readonly place: string | undefined; readonly bare: string } | undefined {
  const { region, model } = arnOf(name) ?? { region: undefined, model: name };
  const dot = model.indexOf('.');
  const prefix = model.slice(0, Math.max(0, dot));
  if (!Object.hasOwn(placeOfPrefix, prefix))
    return region === undefined ? undefined : { place: placeOfRegion(region), bare: model };
  return { place: placeOfPrefix[prefix], bare: model.slice(dot + 1) };
}

/** Whose prompts the gateway caches: Claude but its first versions, and Nova. */
export function cachedFamily(model: string): 'claude' | 'nova' | undefined {
  if (/anthropic\.claude(?!-(instant|v1|v2))/.test(model)) return 'claude';
  return model.includes('amazon.nova') ? 'nova' : undefined;
}
