import { byCodeUnit } from '../../contract/canonical.ts';
import type { Report } from '../diagnostics/finding.ts';
import { conform } from '../diagnostics/zod.ts';
import { type Kind, kindNames, kindOf, kinds, type Parsed } from '../schema/kinds.ts';
import type { SourceDocument } from '../source/document.ts';
import { at, type Resource, type Resources } from './resources.ts';

export interface Loaded {
  readonly resources: Resources;
  readonly reports: readonly Report[];
}

/** Parsed files → typed resources. `files` are the paths of all files, also of those that could not be parsed. */
export function load(files: readonly string[], documents: ReadonlyMap<string, SourceDocument>): Loaded {
  const collection = new Collection();
  // In one order, so that which of two duplicates counts as the first never depends on the reader.
  for (const file of [...files].sort(byCodeUnit)) {
    const kind = kindOf(file.replace(/(\.[^./]*)?$/, '.yaml'));
    if (kind === undefined) collection.reports.push(unplaced(file));
    else collection.take(kind, file, documents.get(file));
  }
  collection.requireEssentials();
  return { resources: collection.resources(), reports: collection.reports };
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
  #complete = true;

  take<K extends Kind>(kind: K, file: string, document: SourceDocument | undefined): void {
    this.#declared[kind].add(fileName(file));
    const parsed = document?.value === undefined ? undefined : this.#parse(kind, document);
    if (parsed === undefined || document?.complete === false) this.#complete = false;
    if (parsed === undefined) return;
    const resource = { kind, name: parsed.metadata.name, file, ...pick(parsed) } as Resource<K>;
    this.#declared[kind].add(resource.name);
    const first = this.#byKind[kind].get(resource.name);
    if (first !== undefined) {
      this.reports.push(duplicate(resource, first));
      return;
    }
    this.#checkName(resource);
    this.#byKind[kind].set(resource.name, resource);
  }

  /** A misspelt field is reported, then read as what it was meant to be, so that the rest is checked in the same run. */
  #parse<K extends Kind>(kind: K, { file, value, complete, textOf }: SourceDocument): Parsed<K> | undefined {
    const mismatch = wrongKind(kind, file, value);
    if (mismatch !== undefined) {
      this.reports.push(mismatch);
      return undefined;
    }
    const { data, reports } = conform(kinds[kind].schema, { file, value, textOf });
    // Where a part of the file could not be read, the rest is a guess: the syntax error comes first.
    if (complete) this.reports.push(...reports);
    return data as Parsed<K> | undefined;
  }

  #checkName(resource: Resource<Kind>): void {
    const expected = fileName(resource.file);
    if (resource.kind === 'Project' || resource.name === expected) return;
    this.reports.push({
      code: 'resource/name-mismatch',
      message: `the resource is named ${resource.name}, but its file ${expected}: one could not be found by the other`,
      at: at(resource, 'metadata', 'name'),
      hint: `rename the file to ${resource.name}.yaml, or the resource to ${expected}`,
    });
  }

  requireEssentials(): void {
    const missingKind = (kind: Kind) => this.#declared[kind].size === 0;
    if (missingKind('Project')) this.reports.push(missing('gatewright.yaml', 'there is no gatewright.yaml'));
    if (missingKind('Tiers')) this.reports.push(missing('tenants/tiers.yaml', 'there is no tenants/tiers.yaml'));
    if (missingKind('Environment')) {
      this.reports.push(missing('gatewright.yaml', 'there is no environment in infra/environments/'));
    }
  }

  resources(): Resources {
    const {
      Project,
      Tiers,
      Federation,
      Tenant,
      Provider,
      RoutingProfile,
      Guardrail,
      PriceList,
      Environment,
      ConfigTest,
    } = this.#byKind;
    return {
      project: [...Project.values()][0],
      tiers: [...Tiers.values()][0],
      federation: [...Federation.values()][0],
      tenants: Tenant,
      providers: Provider,
      profiles: RoutingProfile,
      guardrails: Guardrail,
      priceLists: PriceList,
      environments: Environment,
      configTests: ConfigTest,
      declared: this.#declared,
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

function unplaced(file: string): Report {
  const places = kindNames.map((kind) => kinds[kind].example).join(', ');
  const asTest = file.replace(/\.yaml$/, '.test.yaml');
  return {
    code: 'resource/unplaced',
    message: 'no kind of resource lives here, so nothing would read this file',
    at: { file, path: [] },
    hint: kindOf(asTest) === undefined ? `move it to one of ${places}` : `rename it to ${asTest}`,
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
