import { digest } from '../../../contract/canonical.ts';
import { anchorOf, type Code, codes, isCode } from '../codes.ts';
import type { Finding, Place, Range, Severity } from '../finding.ts';
import { jsonText } from './json-text.ts';
import type { RenderContext, Renderer } from './renderer.ts';
import { uriOf } from './uri.ts';
import { visible } from './visible.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

const ruleIds: readonly Code[] = Object.keys(codes).filter(isCode);
const ruleIndexes: ReadonlyMap<Code, number> = new Map(ruleIds.map((code, index) => [code, index]));

/** SARIF 2.1.0, for code scanning. */
export const sarif: Renderer = (findings, context) => {
  const fingerprints = fingerprinting();
  const driver = {
    name: 'gatewright',
    ...(context.toolVersion === undefined ? {} : { semanticVersion: context.toolVersion }),
    rules: ruleIds.map((code) => rule(code, context)),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository' } } },
    results: findings.map((finding) => result(finding, fingerprints(finding), context)),
  };
  return `${jsonText({ $schema: schema, version: '2.1.0', runs: [run] })}\n`;
};

function rule(code: Code, { documentation }: RenderContext): object {
  const { law, severity } = codes[code];
  const anchor = `#${anchorOf(code)}`;
  const page = `docs/checks.md${anchor}`;
  return {
    id: code,
    shortDescription: { text: law },
    help: { text: `${law} See ${page}`, markdown: `${law} See [${page}](${page}).` },
    // Absolute or not at all, says the standard.
    ...(documentation === undefined ? {} : { helpUri: `${documentation}${anchor}` }),
    defaultConfiguration: { level: levels[severity] },
  };
}

function result(finding: Finding, fingerprint: string, context: RenderContext): object {
  const { code, severity, message, place, related, hint, fix } = finding;
  const location = (where: Place) => physicalLocation(where, context);
  return {
    ruleId: code,
    ruleIndex: ruleIndexes.get(code),
    level: levels[severity],
    message: { text: plain(hint === undefined ? message : `${message}. Fix: ${hint}`) },
    locations: [{ physicalLocation: location(place) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((one, index) => ({
            id: index + 1,
            message: { text: plain(one.message) },
            physicalLocation: location(one.place),
          })),
        }),
    ...(fix === undefined ? {} : { fixes: [replacement(fix.place, fix.text, hint, context)] }),
    partialFingerprints: { 'gatewright/v1': fingerprint },
  };
}

function physicalLocation({ file, range }: Place, context: RenderContext): object {
  return { artifactLocation: artifact(file, context), region: region(range) };
}

function artifact(file: string, { folder = '' }: RenderContext): object {
  return { uri: uriOf(folder === '' ? file : `${folder}/${file}`), uriBaseId: '%SRCROOT%' };
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function replacement({ file, range }: Place, text: string, hint: string | undefined, context: RenderContext): object {
  const replacements = [{ deletedRegion: region(range), insertedContent: { text } }];
  return {
    ...(hint === undefined ? {} : { description: { text: plain(hint) } }),
    artifactChanges: [{ artifactLocation: artifact(file, context), replacements }],
  };
}

/** In a message of SARIF `[words](place)` is a link. */
function plain(text: string): string {
  return visible(text).replaceAll('](', '\\](');
}

/**
 * What stays the same when lines move or items are put in before: code, file and keys; of equal ones the first, the
 * second and so on. Where the file could not be read there are no keys, and the words decide.
 */
function fingerprinting(): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ code, message, place: { file, path } }) => {
    const steps = path?.map((step) => (typeof step === 'number' ? '*' : step)) ?? message;
    const identity = JSON.stringify([code, file, steps]);
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    return digest(JSON.stringify([identity, count])).slice(0, 32);
  };
}
