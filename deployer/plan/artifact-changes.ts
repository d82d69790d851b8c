import { type ReleaseArtifact, releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import type { Json, JsonObject } from '../../contract/canonical.ts';
import type { Release } from '../release.ts';
import { sha256 } from '../sha256.ts';
import type { ArtifactChange } from './action.ts';
import { jsonDiff } from './json-diff.ts';

/** Text of the last applied release's artifacts, only of those that differ from the desired ones. */
export type PreviousArtifacts = Readonly<Partial<Record<ReleaseArtifact, string>>>;

/** Empty where nothing was applied before: then everything is new, and the plan says so once. */
export function artifactChanges(previous: PreviousArtifacts, desired: Release): ArtifactChange[] {
  return releaseArtifacts.flatMap((artifact) => {
    const text = previous[artifact];
    if (text === undefined) return [];
    const changes = jsonDiff(JSON.parse(text) as Json, JSON.parse(desired.artifacts[artifact]) as Json);
    return changes.map((change): ArtifactChange => ({ artifact, ...shortened(change) }));
  });
}

type Change = ReturnType<typeof jsonDiff>[number];

function shortened(change: Change): Change {
  switch (change.kind) {
    case 'added':
      return { ...change, after: shorten(change.after) };
    case 'removed':
      return { ...change, before: shorten(change.before) };
    case 'changed':
      return { ...change, before: shorten(change.before), after: shorten(change.after) };
  }
}

/** Some texts of the gateway config hold a line for each tenant; nobody reads one inside a plan. */
const longText = 2000;

function shorten(value: Json): Json {
  if (typeof value === 'string') {
    if (value.length <= longText) return value;
    return `(${value.length} characters, sha256 ${sha256(value)})`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(shorten);
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, member]) => [key, shorten(member)]));
}
