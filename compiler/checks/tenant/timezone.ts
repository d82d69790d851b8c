import { closest } from '../../diagnostics/suggest.ts';
import type { EnvironmentCheck } from '../check.ts';

export const tenantTimezone: EnvironmentCheck = function* ({ model }) {
  const known = new Map<string, boolean>();
  for (const tenant of model.tenants) {
    const { timezone } = tenant.budget;
    if (!known.has(timezone)) known.set(timezone, isTimezone(timezone));
    if (known.get(timezone)) continue;
    yield {
      code: 'tenant/timezone',
      message: `${JSON.stringify(timezone)} is no IANA time zone`,
      at: tenant.origin('budget', 'timezone'),
      hint: hintFor(timezone),
    };
  }
};

/**
 * Names only: offsets such as +01:00 have no calendar of their own. Node takes names in any case, others do not: where
 * only the case differs from the canonical name, it is not the name.
 */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return canonical === name || canonical.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

function hintFor(name: string): string {
  const suggestion = closest(name, Intl.supportedValuesOf('timeZone'));
  return suggestion === undefined
    ? 'write it as Region/City, such as Europe/Zurich, or UTC'
    : `did you mean ${suggestion}?`;
}
