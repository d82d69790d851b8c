import { byCodeUnit } from '../../contract/canonical.ts';
import type { Report } from '../diagnostics/finding.ts';
import { closest } from '../diagnostics/suggest.ts';
import { conform } from '../diagnostics/zod.ts';
import { type Memory, noMemory } from '../memory.ts';
import { type Kind, kindNames, kindOf, kinds, type Parsed } from '../schema/kinds.ts';
import type { SourceDocument } from '../source/document.ts';
import { at, type Resource, type Resources } from './resources.ts';

export interface Loaded {
  readonly resources: Resources;
  readonly reports: readonly Report[];
}

/** Parsed files → typed resources. `files` are the paths of all files, also of those that could not be parsed. */
export function load(
  files: readonly string[],
  documents: ReadonlyMap<string, SourceDocument>,
  memory: Memory = noMemory,
): Loaded {
  const collection = new Collection();
  // In one order, so that which of two duplicates counts as the first never depends on the reader.
  for (const file of [...files].sort(byCodeUnit)) {
    const document = documents.get(file);
    collection.take(memory.recall(`resource of ${file}`, [document], () => readResource(file, document)));
  }
  collection.requireEssentials();
  return { resources: collection.resources(memory), reports: collection.reports };
}

/** What one file says by itself. */
interface Read {
  readonly kind: Kind | undefined;
  readonly fileName: string;
  readonly resource: Resource<Kind> | undefined;
  /** Of a folder that could not be listed: the kinds of what may be in it. */
  readonly below: readonly Kind[];
  /** Nothing of the file is missing in the resource. */
  readonly whole: boolean;
  readonly reports: readonly Report[];
}

function readResource(file: string, document: SourceDocument | undefined): Read {
  const kind = kindOf(file.replace(/(\.[^./]*)?$/, '.yaml'));
  const nothing = { fileName: fileName(file), resource: undefined, below: [], whole: false };
  if (kind === undefined) {
    const below = kindsBelow(file);
    return { ...nothing, kind, below, reports: below.length > 0 ? [] : [unplaced(file)] };
  }
  if (document?.value === undefined) return { ...nothing, kind, reports: [] };
  const mismatch = wrongKind(kind, file, document.value);
  if (mismatch !== undefined) return { ...nothing, kind, reports: [mismatch] };
  return { ...nothing, kind, ...conformed(kind, document) };
}

/** A misspelt field is reported, then read as what it was meant to be, so that the rest is checked in the same run. */
function conformed<K extends Kind>(
  kind: K,
  { file, value, complete, textOf }: SourceDocument,
): Pick<Read, 'resource' | 'whole' | 'reports'> {
  const { data, reports } = conform(kinds[kind].schema, { file, value, textOf });
  const parsed = data as Parsed<K> | undefined;
  return {
    resource: parsed && ({ kind, name: parsed.metadata.name, file, ...pick(parsed) } as Resource<K>),
    whole: parsed !== undefined && complete,
    // Where a part of the file could not be read, the rest is a guess: the syntax error comes first.
    reports: complete ? reports : [],
  };
}

class Collection {
  readonly reports: Report[] = [];
  readonly #byKind = Object.fromEntries(kindNames.map((kind) => [kind, new Map()])) as {
    readonly [K in Kind]: Map<string, Resource<K>>;
  };
  readonly #declared = Object.fromEntries(kindNames.map((kind) => [kind, new Set<string>()])) as Record<
    Kind,
    Set<string>
  >;
  readonly #unlisted = new Set<Kind>();
  #complete = true;

  take({ kind, fileName, resource, below, whole, reports }: Read): void {
    this.reports.push(...reports);
    if (!whole) this.#complete = false;
    for (const hidden of below) this.#unlisted.add(hidden);
    if (kind === undefined) return;
    this.#declared[kind].add(fileName);
    if (resource === undefined) return;
    this.#declared[kind].add(resource.name);
    const ofKind = this.#byKind[kind] as Map<string, Resource<Kind>>;
    const first = ofKind.get(resource.name);
    if (first !== undefined) {
      this.reports.push(duplicate(resource, first));
      return;
    }
    this.#checkName(resource, fileName);
    ofKind.set(resource.name, resource);
  }

  #checkName(resource: Resource<Kind>, expected: string): void {
    if (resource.kind === 'Project' || resource.name === expected) return;
    this.reports.push({
      code: 'resource/name-mismatch',
      message: `the resource is named ${resource.name}, but its file ${expected}: one could not be found by the other`,
      at: at(resource, 'metadata', 'name'),
      hint: `rename the file to ${resource.name}.yaml, or the resource to ${expected}`,
    });
  }

  requireEssentials(): void {
    const missingKind = (kind: Kind) => this.#declared[kind].size === 0 && !this.#unlisted.has(kind);
    if (missingKind('Project')) this.reports.push(missing('gatewright.yaml', 'there is no gatewright.yaml'));
    if (missingKind('Tiers')) this.reports.push(missing('gatewright.yaml', 'there is no tenants/tiers.yaml'));
    if (missingKind('Environment')) {
      this.reports.push(missing('gatewright.yaml', 'there is no environment in infra/environments/'));
    }
  }

  /** Maps and sets that hold the same as before are the same objects: what follows from them can be recalled. */
  resources(memory: Memory): Resources {
    const of = <K extends Kind>(kind: K): ReadonlyMap<string, Resource<K>> => {
      const found: ReadonlyMap<string, Resource<K>> = this.#byKind[kind];
      return memory.recall(`resources of kind ${kind}`, [...found.values()], () => found);
    };
    const declared = Object.fromEntries(
      kindNames.map((kind) => {
        const names: ReadonlySet<string> = this.#declared[kind];
        return [kind, memory.recall(`names of kind ${kind}`, [...names], () => names)];
      }),
    ) as Record<Kind, ReadonlySet<string>>;
    const only = <K extends Kind>(kind: K): Resource<K> | undefined => [...of(kind).values()][0];
    return {
      project: only('Project'),
      tiers: only('Tiers'),
      federation: only('Federation'),
      tenants: of('Tenant'),
      providers: of('Provider'),
      profiles: of('RoutingProfile'),
      guardrails: of('Guardrail'),
      priceLists: of('PriceList'),
      environments: of('Environment'),
      configTests: of('ConfigTest'),
      declared: memory.recall('declared names', Object.values(declared), () => declared),
      unlisted: memory.recall('unlisted kinds', [...this.#unlisted], () => this.#unlisted),
      complete: this.#complete,
      sound: this.#complete,
    };
  }
}

function pick<K extends Kind>({ metadata, spec }: Parsed<K>): Pick<Parsed<K>, 'metadata' | 'spec'> {
  return { metadata, spec };
}

function fileName(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return base.replace(kindOf(path) === 'ConfigTest' ? /\.test\.yaml$/ : /\.[^.]+$/, '');
}

function wrongKind(expected: Kind, file: string, value: unknown): Report | undefined {
  const kind = typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;
  const actual = kindNames.find((name) => name === kind);
  if (actual === undefined || actual === expected) return undefined;
  return {
    code: 'resource/wrong-kind',
    message: `a ${actual} does not live here: ${kinds[expected].example} holds a ${expected}`,
    at: { file, path: ['kind'] },
    hint: `move the file to ${kinds[actual].example}, or write kind: ${expected}`,
  };
}

/** Kinds whose files live at or below a path: of `routing` three, of a file none. */
function kindsBelow(path: string): readonly Kind[] {
  return kindNames.filter((kind) => `${folderOf(kinds[kind].example)}/`.startsWith(`${path}/`));
}

const placesOfKinds = kindNames.map((kind) => folderOf(kinds[kind].example)).filter((folder) => folder !== '');

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function unplaced(file: string): Report {
  const places = kindNames.map((kind) => kinds[kind].example).join(', ');
  const asTest = file.replace(/\.yaml$/, '.test.yaml');
  const meant = closest(folderOf(file), placesOfKinds);
  const move = meant === undefined ? `move it to one of ${places}` : `did you mean the folder ${meant}?`;
  return {
    code: 'resource/unplaced',
    message: 'no kind of resource lives here, so nothing would read this file',
    at: { file, path: [] },
    hint: kindOf(asTest) === undefined ? move : `rename it to ${asTest}`,
  };
}

function duplicate(resource: Resource<Kind>, first: Resource<Kind>): Report {
  return {
    code: 'resource/duplicate-name',
    message: `there are two resources of kind ${resource.kind} named ${resource.name}`,
    at: at(resource, 'metadata', 'name'),
    hint:
      resource.name === fileName(resource.file)
        ? 'rename one of them'
        : `name it ${fileName(resource.file)}, as its file`,
    related: [{ message: 'the first', at: at(first, 'metadata', 'name') }],
  };
}

function missing(file: string, message: string): Report {
  return {
    code: 'project/missing',
    message,
    at: { file, path: [] },
    hint: 'is --root the folder that holds gatewright.yaml?',
  };
}
