import type { Finding, Place, PlacedFix } from '../finding.ts';
import { isSecretField, withoutKeys, withoutSecretFields, withoutSecrets } from '../secret.ts';
import type { Renderer } from './renderer.ts';

/** The same renderer, which is never told what looks like a secret: not in words, keys, file names, fixes or code frames. */
export function veiling(render: Renderer): Renderer {
  return (findings, context) => {
    const files = new Map<string, string>();
    for (const { place, related } of findings) {
      for (const { file } of [place, ...related.map((one) => one.place)]) files.set(withoutKeys(file), file);
    }
    const sources = new Map<string, string | undefined>();
    const unnamed = findings.some(
      ({ code, place }) => code === 'schema/unknown-field' && place.path?.at(-1) === 'secret',
    );
    const sourceOf = (file: string): string | undefined => {
      if (!sources.has(file)) sources.set(file, veiledSource(context.sourceOf(files.get(file) ?? file), unnamed));
      return sources.get(file);
    };
    return render(findings.map(veiled), { ...context, sourceOf });
  };
}

/** As a whole: a key can go over several lines. */
function veiledSource(source: string | undefined, unnamed: boolean): string | undefined {
  return source === undefined ? undefined : withoutSecretFields(source, unnamed);
}

export function veiled(finding: Finding): Finding {
  const { fix, ...rest } = finding;
  const field = finding.place.path?.findLast((step) => typeof step === 'string');
  const confides = typeof field === 'string' && isSecretField(field);
  return {
    ...rest,
    message: confides ? withoutQuoted(withoutSecrets(finding.message), field) : withoutSecrets(finding.message),
    place: veiledPlace(finding.place),
    related: finding.related.map(({ message, place }) => ({
      message: withoutSecrets(message),
      place: veiledPlace(place),
    })),
    ...(finding.hint === undefined ? {} : { hint: withoutSecrets(finding.hint) }),
    ...(fix === undefined || confides || !isShowable(fix) ? {} : { fix: { ...fix, place: veiledPlace(fix.place) } }),
  };
}

/** What a message quotes of a field that holds a secret is the secret, but for the field's own name. */
function withoutQuoted(message: string, field: string): string {
  return message.replace(/"([^"]*)"/g, (quoted, text: string) => (text === field ? quoted : '"•••"'));
}

/** Half a fix would be applied by somebody. */
function isShowable({ text }: PlacedFix): boolean {
  return withoutSecrets(text) === text;
}

function veiledPlace({ file, range, path }: Place): Place {
  return {
    file: withoutKeys(file),
    range,
    ...(path === undefined
      ? {}
      : { path: path.map((step) => (typeof step === 'string' ? withoutSecrets(step) : step)) }),
  };
}
