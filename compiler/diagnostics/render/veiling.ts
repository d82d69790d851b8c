import type { Finding, Place, PlacedFix } from '../finding.ts';
import { withoutSecrets } from '../secret.ts';
import type { Renderer } from './renderer.ts';

/** The same renderer, which is never told what looks like a secret: not in words, keys, file names, fixes or code frames. */
export function veiling(render: Renderer): Renderer {
  return (findings, context) => {
    const files = new Map<string, string>();
    for (const { place, related } of findings) {
      for (const { file } of [place, ...related.map((one) => one.place)]) files.set(withoutSecrets(file), file);
    }
    const sources = new Map<string, string | undefined>();
    const sourceOf = (file: string): string | undefined => {
      if (!sources.has(file)) sources.set(file, veiledSource(context.sourceOf(files.get(file) ?? file)));
      return sources.get(file);
    };
    return render(findings.map(veiled), { ...context, sourceOf });
  };
}

/** As a whole: a key can go over several lines. */
function veiledSource(source: string | undefined): string | undefined {
  return source === undefined ? undefined : withoutSecrets(source);
}

export function veiled(finding: Finding): Finding {
  const { fix, ...rest } = finding;
  return {
    ...rest,
    message: withoutSecrets(finding.message),
    place: veiledPlace(finding.place),
    related: finding.related.map(({ message, place }) => ({
      message: withoutSecrets(message),
      place: veiledPlace(place),
    })),
    ...(finding.hint === undefined ? {} : { hint: withoutSecrets(finding.hint) }),
    ...(fix === undefined || !isShowable(fix) ? {} : { fix: { ...fix, place: veiledPlace(fix.place) } }),
  };
}

/** Half a fix would be applied by somebody. */
function isShowable({ text }: PlacedFix): boolean {
  return withoutSecrets(text) === text;
}

function veiledPlace({ file, range, path }: Place): Place {
  return {
    file: withoutSecrets(file),
    range,
    ...(path === undefined
      ? {}
      : { path: path.map((step) => (typeof step === 'string' ? withoutSecrets(step) : step)) }),
  };
}
