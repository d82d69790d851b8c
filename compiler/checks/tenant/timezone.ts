import { closest } from '../../diagnostics/suggest.ts';
import type { EnvironmentCheck } from '../check.ts';

export const tenantTimezone: EnvironmentCheck = function* ({ model }) {
  const known = new Map<string, boolean>();
  for (const tenant of model.tenants) {
    const { timezone } = tenant.budget;
    if (!known.has(timezone)) known.set(timezone, isTimezone(timezone));
    if (known.get(timezone)) continue;
    const at = tenant.origin('budget', 'timezone');
    const suggestion = suggestionFor(timezone);
    yield {
      code: 'tenant/timezone',
      message: `${JSON.stringify(timezone)} is no IANA time zone`,
      at,
      hint:
        suggestion === undefined
          ? 'write it as Region/City, such as Europe/Zurich, or UTC'
          : `did you mean ${suggestion}?`,
      // Two zones never differ in case alone.
      ...(suggestion?.toLowerCase() === timezone.toLowerCase() ? { fix: { at, text: suggestion } } : {}),
    };
  }
};

/** Zones that were renamed of late. Which of the two names Node's ICU has depends on its age; both mean the same. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['America/Nuuk', 'America/Godthab'],
  ['Asia/Kolkata', 'Asia/Calcutta'],
  ['Asia/Yangon', 'Asia/Rangoon'],
  ['Europe/Kyiv', 'Europe/Kiev'],
  ['Pacific/Kanton', 'Pacific/Enderbury'],
]);
const formerly = new Map([...renamed].map(([now, before]) => [before, now]));

/**
 * Names only: offsets such as +01:00 have no calendar of their own. Node takes names in any case, others do not: where
 * only the case differs from a name, it is none.
 */
function isTimezone(name: string): boolean {
  if (renamed.has(name) || formerly.has(name)) return true;
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name)) return false;
  const canonical = canonicalName(name);
  if (canonical === undefined) return false;
  const spellings = [canonical, ...renamed.keys(), ...formerly.keys()];
  return canonical === name || !spellings.some((spelling) => spelling.toLowerCase() === name.toLowerCase());
}

/** undefined where Node knows no such zone. */
function canonicalName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Of a renamed zone the newer name. */
function suggestionFor(name: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => !formerly.has(zone));
  return closest(name, [...zones, ...renamed.keys()]);
}
